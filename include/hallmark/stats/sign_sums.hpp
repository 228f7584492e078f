// Sums of the same values under many signs, for tests that draw millions of arrangements (internal).
#pragma once

#include <hallmark/core/unrolled.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

/// For each `bits` values, 4 or 8, the sums of them under all signs (a set bit is a minus): a look-up instead of `bits` additions. Padded with
/// zeros to whole words of 32 values; 2^bits numbers for each `bits` values.
[[nodiscard]] inline auto signed_sums(std::span<std::int64_t const> x, std::size_t bits) -> std::vector<std::int64_t> {
    auto const ways  = std::size_t{1} << bits;
    auto       table = std::vector<std::int64_t>((x.size() + 31) / 32 * (32 / bits) * ways);
    for (std::size_t i = 0; i < x.size(); ++i) {
        auto* const at   = table.data() + i / bits * ways;
        auto const  half = std::size_t{1} << i % bits;  // so many sums are there; as many again have a minus here
        for (std::size_t k = 0; k < half; ++k) {
            at[half + k] = at[k] - x[i];
            at[k] += x[i];
        }
        for (auto k = 2 * half; i + 1 == x.size() && k < ways; ++k) {
            at[k] = at[k % (2 * half)];  // no more values: their signs do nothing
        }
    }
    return table;
}

/// Rows of signs, and the sums under them. A row is ceil(n/32) words; bit i mod 32 of word i/32 is the sign of value i, and bits beyond do nothing.
class sign_sums {
public:
    explicit sign_sums(std::span<std::int64_t const> x)
        : table_(signed_sums(x, x.size() <= most_by_bytes ? 8 : 4)), values_(x.size()), by_bytes_(x.size() <= most_by_bytes) {}

    [[nodiscard]] auto words() const noexcept -> std::size_t { return (values_ + 31) / 32; }

    /// sums[r] = the sum under row r, for each r. O(rows · n/8).
    void operator()(std::uint32_t const* rows, std::span<std::int64_t> sums) const noexcept { by_bytes_ ? add_up<8>(rows, sums) : add_up<4>(rows, sums); }

private:
    static constexpr std::size_t most_by_bytes = 8192;  // 2 MiB of sums

    // Three words of all rows, then the next three: their 24 KiB of sums stay in the nearest cache. What is left of the last word goes with the words before.
    template <std::size_t Bits>
    void add_up(std::uint32_t const* rows, std::span<std::int64_t> sums) const noexcept {
        constexpr std::size_t each = 32 / Bits, step = 3;
        auto const            groups = (values_ + Bits - 1) / Bits, whole = groups / each, rest = groups % each;
        std::size_t           first = 0;
        std::fill(sums.begin(), sums.end(), 0);
        for (; first + step < whole; first += step) {
            add_words<Bits, step, 0>(first, rows, sums);
        }
        unrolled<step + 1>([&](auto left) {
            unrolled<each>([&](auto parts) {
                if (whole - first == left && rest == parts) {
                    add_words<Bits, left, parts>(first, rows, sums);
                }
            });
        });
    }
    template <std::size_t Bits, std::size_t Words, std::size_t Parts>
    void add_words(std::size_t first, std::uint32_t const* rows, std::span<std::int64_t> sums) const noexcept {
        constexpr std::size_t each = 32 / Bits, ways = std::size_t{1} << Bits;
        auto const            count = words();
        auto const* const     at    = table_.data() + first * each * ways;
        rows += first;
        auto const sum_of = [&](std::uint32_t const* row) {
            std::int64_t sum = 0;
            unrolled<Words>([&](auto w) { sum += sum_of_word<Bits, each>(at + w * each * ways, row[w]); });
            if constexpr (Parts > 0) {
                sum += sum_of_word<Bits, Parts>(at + Words * each * ways, row[Words]);
            }
            return sum;
        };
        std::size_t r = 0;
        for (; r + 2 <= sums.size(); r += 2, rows += 2 * count) {  // two rows that do not wait for each other
            auto const one = sum_of(rows), two = sum_of(rows + count);
            sums[r] += one, sums[r + 1] += two;
        }
        if (r < sums.size()) {
            sums[r] += sum_of(rows);
        }
    }
    template <std::size_t Bits, std::size_t Parts>
    [[nodiscard]] static auto sum_of_word(std::int64_t const* at, std::uint32_t signs) noexcept -> std::int64_t {
        constexpr std::size_t ways = std::size_t{1} << Bits;
        std::int64_t          sum  = 0;
        unrolled<Parts>([&](auto k) { sum += (at + k * ways)[(signs >> (k * Bits)) % ways]; });
        return sum;
    }

    std::vector<std::int64_t> table_;
    std::size_t               values_;
    bool                      by_bytes_;
};

}  // namespace hallmark::inline v0::detail
