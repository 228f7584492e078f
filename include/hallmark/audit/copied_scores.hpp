// Part of the population audit: null scores that are there more than once, and whether a signal with few values explains it.
#pragma once

#include <hallmark/stats/radix_sort.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

enum class copied_scores {
    few,       ///< nothing to explain
    discrete,  ///< many, of values that a signal with few values takes: hits, counts, rates, rounded numbers, or where a signal is cut off
    copies,    ///< many, of values that no two pictures share by chance
};

/// No more than 11 significant bits (whole numbers to 2,047, half precision, the float32 losses next to 0).
[[nodiscard]] inline auto is_coarse(double x) noexcept -> bool {
    int        exponent = 0;
    auto const scaled   = std::ldexp(std::frexp(x, &exponent), 11);
    return scaled == std::floor(scaled);
}

/// Are all of them whole multiples of one 1/k, k up to 10,000 (a rate of hits among k) or of 10^-5 or 10^-6? A number with all its digits is that for none: the
/// chance is 2e-9 for each k.
[[nodiscard]] inline auto on_one_lattice(std::span<double const> values) -> bool {
    auto const multiples_of = [&](double k) {
        return std::all_of(values.begin(), values.end(), [k](double x) { return std::abs(x * k - std::nearbyint(x * k)) <= 1e-9; });
    };
    for (int k = 1; k <= 10'000; ++k) {
        if (multiples_of(k)) {
            return true;
        }
    }
    return multiples_of(1e5) || multiples_of(1e6);
}

struct copy_count {
    copied_scores kind;
    std::size_t   distinct;  ///< how many values there are
};

/// Looks at 20 scores or more. Many are a tenth of all. At the least and the greatest value any number may stand: a signal may be cut off there, unless that is
/// all there is. A sort.
[[nodiscard]] inline auto count_copies(std::span<double const> scores) -> copy_count {
    auto const  sorted   = sorted_keys(scores);
    auto const  constant = sorted.front() == sorted.back();
    std::size_t distinct = 0, copies = 0;
    auto        copied = std::vector<double>{};
    for (std::size_t first = 0, end = 0; first < sorted.size(); first = end) {
        while (end < sorted.size() && sorted[end] == sorted[first]) {
            ++end;
        }
        distinct += 1;
        auto const inside = constant || (first > 0 && end < sorted.size());
        if (inside && end - first > 1 && !is_coarse(from_ordered_key(sorted[first]))) {
            copies += end - first - 1;
            copied.push_back(from_ordered_key(sorted[first]));
        }
    }
    auto const many = [&](std::size_t n) { return sorted.size() >= 20 && 10 * n >= sorted.size(); };
    auto const kind = many(copies) && !on_one_lattice(copied) ? copied_scores::copies
                      : many(sorted.size() - distinct)        ? copied_scores::discrete
                                                              : copied_scores::few;
    return {kind, distinct};
}

}  // namespace hallmark::inline v0::detail
