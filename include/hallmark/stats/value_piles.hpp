// Many values dealt to piles that fit into a cache, by rising value: the first half of sorting them (internal).
//
// Piles come out about equal whatever the shape of the values, because a regular sample of them says where one pile ends and the next begins.
// A value finds its pile by the leading bits of its magnitude in a table. Its item, the bits that are left without the sign, joins others in a line of
// the cache, and sixteen leave together. Values that sit closer than the table can tell make a large pile: slower, not wrong.
#pragma once

#include <hallmark/core/memory.hpp>
#include <hallmark/stats/value_bins.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace hallmark::inline v0::detail {

/// Every item of a pile is below, or equals, every item of the next; within a pile they are in the order they were given, the first sample before the second.
class value_piles {
public:
    struct extent {
        std::size_t   begin, end;                         // of items()
        std::uint64_t low = 0, high = ~std::uint64_t{0};  // no item is below or above
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
    static constexpr std::size_t many = std::size_t{1} << 14, per_pile = 8192, most_piles = 8192, half = value_bins::half;
    static constexpr std::size_t lines_at_once = 2, in_line = lines_at_once * cache_line / sizeof(std::uint64_t);
    struct alignas(cache_line) line {  // two of the cache's, as they will lie in memory
        std::uint64_t items[in_line];
    };

    /// The table from bins to piles. Bins of either sign have no pile in common.
    [[nodiscard]] static auto table_for(value_bins const& bin, std::span<std::uint64_t const> sample, std::size_t piles) -> std::vector<std::uint16_t> {
        auto counts = std::vector<std::uint32_t>(value_bins::count);
        for (auto const bits : sample) {
            ++counts[bin.of(bits)];
        }
        auto        out    = std::vector<std::uint16_t>(value_bins::count);
        std::size_t before = 0;
        for (std::size_t b = 0; b < value_bins::count; ++b) {
            out[b] = static_cast<std::uint16_t>(before * piles / sample.size() + (b < half ? 0 : 1));
            before += counts[b];
        }
        return out;
    }

    void deal(std::span<double const> first, std::span<double const> second, bool keep_places) {
        auto const sample = sample_of(first, second);
        auto const bin    = value_bins(sample);
        auto const piles  = std::min(size_ / per_pile, most_piles);
        auto const table  = table_for(bin, sample, piles);
        negative_         = table[half];

        auto       places = block<std::uint16_t>(size_);
        auto       sizes  = std::vector<std::size_t>(piles + 2);
        auto const count  = [&](std::span<double const> values, std::uint16_t* out) {
            for (auto const x : values) {
                auto const pile = table[bin.of(x)];
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
        for (std::size_t b = 1; b < value_bins::count; ++b) {
            if (table[b] != table[b - 1]) {
                piles_[table[b]].low      = bin.least_item(b);
                piles_[table[b - 1]].high = b == half ? ~std::uint64_t{0} : bin.least_item(b) - 1;
            }
        }
        items_           = block<std::uint64_t>(room);
        auto       lines = std::vector<line>(sizes.size());
        auto const put   = [&, items = items_.data()](std::span<double const> values, std::uint16_t const* pile_of, std::uint64_t from) {
            for (auto const x : values) {
                auto const pile                 = *pile_of++;
                auto const at                   = next[pile]++;
                lines[pile].items[at % in_line] = value_item::of(std::bit_cast<std::uint64_t>(x), from);
                if (at % in_line == in_line - 1) {
                    for (std::size_t i = 0; i < in_line; i += in_line / lines_at_once) {
                        write_line(items + (at - (in_line - 1) + i), lines[pile].items + i);
                    }
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
