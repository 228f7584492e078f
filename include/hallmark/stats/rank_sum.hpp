// Many independent items, each ranked among its own withheld versions: the exact tail of the sum of ranks.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/stats/choose.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

struct rank_sum_result {
    std::uint64_t statistic;   ///< the sum of the ranks, 0 to items·withheld
    double        p_value;     ///< P(sum of `items` independent uniforms on {0, ..., withheld} >= statistic)
    std::size_t   items;       ///< K
    std::size_t   withheld;    ///< B
    double        smallest_p;  ///< (B + 1)^-K

    friend auto operator==(rank_sum_result const&, rank_sum_result const&) -> bool = default;
};

namespace detail {

/// Below this, p-values are rounded *up* to it: a p-value that is too large is valid, 0 never is.
inline constexpr auto least_p = std::numeric_limits<double>::min();

/// Replaces masses[s], s = 0 ... last, by the sum of masses[s - width + 1] ... masses[s] (those below
/// 0 count as 0) times `scale`. The window sum is the tail of one block of `width` entries plus the head of the
/// next (van Herk 1992), so it costs three additions per entry whatever the width, and nothing is
/// ever subtracted: every entry keeps its relative accuracy however small it is.
inline void sum_over_window(std::vector<double>& masses, std::vector<double>& tails, std::size_t width, double scale) {
    auto const size = masses.size();
    for (std::size_t block = 0; block < size; block += width) {
        auto const end  = width < size - block ? block + width : size;
        auto       head = 0.0;
        auto       tail = 0.0;
        // tails[] still holds the suffix sums of the block before; each is read before it is overwritten below.
        for (auto s = block; s < end; ++s) {
            head += masses[s];
            auto const from_before = block == 0 || s - block + 1 == width ? 0.0 : tails[s - block + 1];
            auto const window      = head + from_before;
            tails[s - block]       = masses[s];
            masses[s]              = window * scale;
        }
        for (auto s = end - block; s-- > 0;) {
            tail += tails[s];
            tails[s] = tail;
        }
    }
}

/// P(S <= r) for S the sum of `items` independent uniforms on {0, ..., withheld}, or with a scale of 1 in how many of the (withheld + 1)^items ways that is.
/// O(items·r) time, O(r) space.
[[nodiscard]] inline auto uniform_sum_lower(std::size_t items, std::size_t withheld, std::uint64_t r, double scale) -> double {
    auto masses = std::vector<double>(static_cast<std::size_t>(r) + 1);
    auto tails  = std::vector<double>(withheld + 1);
    masses[0]   = 1.0;
    for (std::size_t k = 0; k < items; ++k) {
        sum_over_window(masses, tails, withheld + 1, scale);
    }
    auto sum = 0.0;
    for (auto const m : masses) {  // ascending: the smallest first
        sum += m;
    }
    return sum;
}

}  // namespace detail

/// The exact test of the *independent* design: K items, each published in one of B + 1 exchangeable
/// versions chosen by its own coin. `below[i]` is the number of item i's B withheld scores strictly
/// below its published score, so a tie counts against the auditor. The statistic is their sum.
///
/// H0: within each item the published score is exchangeable with the withheld ones, and the items'
/// choices are independent. Then each rank is at most uniform on {0, ..., B}, so the p-value is
/// super-uniform in finite samples, whatever the scores are. One choice shared by several items
/// (the *shared* design) makes them one item: use rank_test on their aggregate there.
///
/// Larger = member; there is no other side. p reaches down to (B + 1)^-K, and is rounded up to
/// 2.2e-308 where that is less. Right to the last bit while (B + 1)^K is at most 2^53; else the relative accuracy is 1e-10 for p > 1e-300.
/// Cost O(K²B) time, O(KB) space; K·B up to 2^26.
/// Throws errc::empty_input without items, errc::out_of_domain for withheld = 0 or a rank above it.
[[nodiscard]] inline auto rank_sum_test(std::span<std::size_t const> below, std::size_t withheld) -> rank_sum_result {
    detail::require(!below.empty(), errc::empty_input, "hallmark::rank_sum_test: below is empty; 1 item is needed at least");
    detail::require(withheld > 0, errc::out_of_domain, "hallmark::rank_sum_test: withheld is 0; allowed is 1 or more");
    // Half of the null distribution must fit in memory (256 MiB here); this also keeps K·B far from overflow.
    constexpr auto most = std::size_t{1} << 26;
    detail::require(withheld <= most / below.size(), errc::out_of_domain, "hallmark::rank_sum_test: ", below.size(), " items with ", withheld,
                    " withheld versions each were given; allowed is a product up to ", most);

    std::uint64_t statistic = 0;
    auto          ways = 1.0, smallest_p = 1.0;
    for (std::size_t i = 0; i < below.size(); ++i) {
        detail::require(below[i] <= withheld, errc::out_of_domain, "hallmark::rank_sum_test: below[", i, "] is ", below[i],
                        "; allowed is 0 to withheld = ", withheld);
        statistic += below[i];
        ways *= static_cast<double>(withheld) + 1.0;
        smallest_p /= static_cast<double>(withheld) + 1.0;
    }
    // Few enough ways are counted, and there is one division, of whole numbers; else the chances themselves are summed.
    auto const counted = ways <= detail::most_exact_count;
    auto const whole   = counted ? ways : 1.0;
    smallest_p         = counted ? 1.0 / ways : smallest_p;
    auto const lower   = [&](std::uint64_t sum) {
        return detail::uniform_sum_lower(below.size(), withheld, sum, counted ? 1.0 : 1.0 / (static_cast<double>(withheld) + 1.0));
    };
    // The null distribution is symmetric: P(S >= t) = P(S <= KB - t).
    auto const top = static_cast<std::uint64_t>(below.size()) * withheld;
    auto const r   = top - statistic;
    auto       p   = 1.0;
    if (r < top) {
        // Above the middle, the other side has fewer terms, and 1 - (less than 1/2) loses nothing.
        p = (2 * r < top ? lower(r) : whole - lower(top - r - 1)) / whole;
    }
    smallest_p = smallest_p < detail::least_p ? detail::least_p : smallest_p;
    // The best outcome has exactly the smallest p; sums of the same masses may be a rounding off it.
    return {statistic, r == 0 || p < smallest_p ? smallest_p : p, below.size(), withheld, smallest_p};
}

}  // namespace hallmark::inline v0
