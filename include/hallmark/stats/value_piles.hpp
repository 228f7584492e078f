// Many values dealt to piles that fit into a cache, by rising value: the first half of sorting them (internal).
//
// Piles come out about equal whatever the shape of the values, because a regular sample of them says where one pile ends and the next begins.
// A value finds its pile by the leading bits of its magnitude in a table. Its item, the bits that are left without the sign, joins others in a line of
// the cache, and eight leave together. Values that sit closer than the table can tell make a large pile: slower, not wrong.
#pragma once

#include <hallmark/core/memory.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace hallmark::inline v0::detail {

/// A value without its sign in 63 bits, of rising order among values of one sign; the bit below says which sample it is from. −0 is 0.
class value_item {
public:
    static constexpr auto sign = std::uint64_t{1} << 63;

    /// All ones for a negative value: the larger its bits, the smaller it is.
    [[nodiscard]] static auto flip(std::uint64_t bits) noexcept -> std::uint64_t { return bits > sign ? ~std::uint64_t{0} : 0; }
    [[nodiscard]] static auto of(std::uint64_t bits, std::uint64_t sample) noexcept -> std::uint64_t { return (bits ^ flip(bits)) << 1 | sample; }
    /// The value behind it, by the flip of its sign.
    [[nodiscard]] static auto value(std::uint64_t item, std::uint64_t flip) noexcept -> double { return std::bit_cast<double>((item >> 1) ^ flip); }
};

/// Every item of a pile is below, or equals, every item of the next; within a pile they are in the order they were given, the first sample before the second.
class value_piles {
public:
    struct extent {
        std::size_t begin, end;  // of items()
    };

    /// No NaN. O(n); 10 bytes for each value while it deals, 8 later (10 if `keep_places`).
    value_piles(std::span<double const> first, std::span<double const> second, bool keep_places = false)
        : size_(first.size() + second.size()), places_(0), items_(0) {
        size_ < many ? split(first, second) : deal(first, second, keep_places);
        for (auto const& p : piles_) {
            largest_ = std::max(largest_, p.end - p.begin);
        }
    }
    [[nodiscard]] auto items() const noexcept -> std::uint64_t* { return items_.data(); }
    [[nodiscard]] auto piles() const noexcept -> std::span<extent const> { return piles_; }
    [[nodiscard]] auto largest() const noexcept -> std::size_t { return largest_; }
    /// The flip of all items of a pile.
    [[nodiscard]] auto flip(std::size_t k) const noexcept -> std::uint64_t { return k < negative_ ? ~std::uint64_t{0} : 0; }
    /// The pile of each value.
    [[nodiscard]] auto places() const noexcept -> std::uint16_t const* { return places_.data(); }

private:
    static constexpr std::size_t many = std::size_t{1} << 14, per_pile = 4096, most_piles = 8192, half = std::size_t{1} << 15, in_line = 8;
    struct alignas(cache_line) line {
        std::uint64_t items[in_line];
    };

    /// Which of 2·half bins a value is in. Bins rise with the values, and share out their magnitudes from `least` on, 2^shift to each.
    struct bins {
        std::uint64_t least;
        int           shift;

        [[nodiscard]] auto of(std::uint64_t bits) const noexcept -> std::size_t {
            auto const magnitude = bits & ~value_item::sign;
            auto const away      = magnitude > least ? (magnitude - least) >> shift : 0;
            auto const bin       = away < half ? away : half - 1;
            return static_cast<std::size_t>((bin ^ value_item::flip(bits)) + half);
        }
    };

    /// The bits of about 2^15 values at regular places.
    [[nodiscard]] static auto sample_of(std::span<double const> first, std::span<double const> second) -> std::vector<std::uint64_t> {
        auto const size = first.size() + second.size(), step = std::max<std::size_t>(1, size >> 15);
        auto       out = std::vector<std::uint64_t>();
        for (std::size_t i = 0; i < size; i += step) {
            out.push_back(std::bit_cast<std::uint64_t>(i < first.size() ? first[i] : second[i - first.size()]));
        }
        return out;
    }

    [[nodiscard]] static auto bins_for(std::span<std::uint64_t const> sample) -> bins {
        auto magnitudes = std::vector<std::uint64_t>();
        for (auto const bits : sample) {
            magnitudes.push_back(bits & ~value_item::sign);
        }
        auto const hundredth = magnitudes.begin() + static_cast<std::ptrdiff_t>(magnitudes.size() / 100);
        std::nth_element(magnitudes.begin(), hundredth, magnitudes.end());
        auto const most  = *std::max_element(hundredth, magnitudes.end());
        auto const least = *std::min_element(magnitudes.begin(), hundredth + 1);
        // Sixteen powers of two below the largest, or more where more than a hundredth of the values is below those.
        constexpr auto usual = std::uint64_t{16} << 52;
        auto const     from  = std::max(least, std::min(*hundredth, most > usual ? most - usual : 0));
        auto const     width = static_cast<int>(std::bit_width(most - from));
        return {from, width > 15 ? width - 15 : 0};
    }

    /// The table from bins to piles. Bins of either sign have no pile in common.
    [[nodiscard]] static auto table_for(bins const& bin, std::span<std::uint64_t const> sample, std::size_t piles) -> std::vector<std::uint16_t> {
        auto counts = std::vector<std::uint32_t>(2 * half);
        for (auto const bits : sample) {
            ++counts[bin.of(bits)];
        }
        auto        out    = std::vector<std::uint16_t>(2 * half);
        std::size_t before = 0;
        for (std::size_t b = 0; b < 2 * half; ++b) {
            out[b] = static_cast<std::uint16_t>(before * piles / sample.size() + (b < half ? 0 : 1));
            before += counts[b];
        }
        return out;
    }

    void deal(std::span<double const> first, std::span<double const> second, bool keep_places) {
        auto const sample = sample_of(first, second);
        auto const bin    = bins_for(sample);
        auto const piles  = std::min(size_ / per_pile, most_piles);
        auto const table  = table_for(bin, sample, piles);
        negative_         = table[half];

        auto       places = block<std::uint16_t>(size_);
        auto       sizes  = std::vector<std::size_t>(piles + 2);
        auto const count  = [&](std::span<double const> values, std::uint16_t* out) {
            for (auto const x : values) {
                auto const pile = table[bin.of(std::bit_cast<std::uint64_t>(x))];
                *out++          = pile;
                ++sizes[pile];
            }
        };
        count(first, places.data());
        count(second, places.data() + first.size());

        auto        next = std::vector<std::size_t>(sizes.size());
        std::size_t room = 0;
        for (std::size_t k = 0; k < sizes.size(); ++k) {
            next[k] = room;
            piles_.push_back({room, room + sizes[k]});
            room += (sizes[k] + in_line - 1) / in_line * in_line;  // a pile begins with a line
        }
        items_           = block<std::uint64_t>(room);
        auto       lines = std::vector<line>(sizes.size());
        auto const put   = [&, items = items_.data()](std::span<double const> values, std::uint16_t const* pile_of, std::uint64_t from) {
            for (auto const x : values) {
                auto const pile                 = *pile_of++;
                auto const at                   = next[pile]++;
                lines[pile].items[at % in_line] = value_item::of(std::bit_cast<std::uint64_t>(x), from);
                if (at % in_line == in_line - 1) {
                    write_line(items + (at - (in_line - 1)), lines[pile].items);
                }
            }
        };
        put(first, places.data(), 0);
        put(second, places.data() + first.size(), 1);
        lines_written();
        for (std::size_t k = 0; k < sizes.size(); ++k) {
            std::copy_n(lines[k].items, next[k] % in_line, items_.data() + next[k] / in_line * in_line);
        }
        if (keep_places) {
            places_ = std::move(places);
        }
    }

    /// Two piles, one of each sign.
    void split(std::span<double const> first, std::span<double const> second) {
        auto const is_negative = [](double x) { return value_item::flip(std::bit_cast<std::uint64_t>(x)) != 0; };
        auto const below =
            static_cast<std::size_t>(std::count_if(first.begin(), first.end(), is_negative) + std::count_if(second.begin(), second.end(), is_negative));
        negative_          = 1;
        piles_             = {{0, below}, {below, size_}};
        items_             = block<std::uint64_t>(size_);
        places_            = block<std::uint16_t>(size_);
        std::size_t next[] = {0, below}, i = 0;
        auto const  put = [&](std::span<double const> values, std::uint64_t from) {
            for (auto const x : values) {
                std::uint16_t const pile = is_negative(x) ? 0 : 1;
                places_[i++]             = pile;
                items_[next[pile]++]     = value_item::of(std::bit_cast<std::uint64_t>(x), from);
            }
        };
        put(first, 0);
        put(second, 1);
    }

    std::size_t          size_, negative_ = 0, largest_ = 0;
    block<std::uint16_t> places_;
    block<std::uint64_t> items_;
    std::vector<extent>  piles_;
};

}  // namespace hallmark::inline v0::detail
