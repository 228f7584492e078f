// The rates people quote from a ROC curve, by selection: no curve is made, and nothing is sorted.
#pragma once

#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/finite.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// A rate read off the curve, `hits` of `trials`, at the `threshold` it belongs to. `ci` is its
/// Clopper–Pearson interval for that threshold; the threshold was chosen on the same scores, which the
/// interval does not know: to be strict, choose it on one half and read the rate off the other.
struct rate {
    double      value;
    std::size_t hits;
    std::size_t trials;
    interval    ci;
    double      threshold;  ///< +infinity where nothing at all may be called a member

    friend auto operator==(rate const&, rate const&) -> bool = default;
};

namespace detail {
// A piece of the scores that stays in the first cache while it is looked at twice.
inline constexpr std::size_t piece = 2048;

/// Integer arithmetic that compilers turn into vector code: NaN and infinity are those whose exponent overflows when 1 is added to it.
[[nodiscard]] inline auto all_finite(std::span<double const> xs) noexcept -> bool {
    auto seen = std::uint64_t{0};
    for (auto const x : xs) {
        seen |= (std::bit_cast<std::uint64_t>(x) & 0x7fffffffffffffffu) + 0x0010000000000000u;
    }
    return seen >> 63 == 0;
}

/// How many of the scores are above a bar (AlsoEqual: at or above it), and the least of those.
struct above {
    std::size_t count;
    double      least;
};

template <bool AlsoEqual>
[[nodiscard]] auto count_above(std::span<double const> scores, double bar, std::string_view function, std::string_view name) -> above {
    constexpr std::size_t lanes        = 8;
    double                least[lanes] = {};
    std::uint64_t         count[lanes] = {};
    std::fill(least, least + lanes, std::numeric_limits<double>::infinity());
    for (std::size_t from = 0; from < scores.size(); from += piece) {
        auto const part = scores.subspan(from, std::min(piece, scores.size() - from));
        if (!all_finite(part)) {
            require_sample(scores, function, name);
        }
        auto const step = [&](double x, std::size_t lane) {
            auto const in = AlsoEqual ? x >= bar : x > bar;
            count[lane] += in ? 1u : 0u;
            auto const candidate = in ? x : std::numeric_limits<double>::infinity();
            least[lane]          = candidate < least[lane] ? candidate : least[lane];
        };
        std::size_t i = 0;
        for (; i + lanes <= part.size(); i += lanes) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                step(part[i + lane], lane);
            }
        }
        for (; i < part.size(); ++i) {
            step(part[i], 0);
        }
    }
    auto out = above{0, least[0]};
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        out.count += static_cast<std::size_t>(count[lane]);
        out.least = std::min(out.least, least[lane]);
    }
    return out;
}

/// The value that `rank` others (0 <= rank < n) are at or above: the largest for rank 0. A regular sample says above which value it must
/// lie; what lies there is collected in one pass, and only that is searched. Where the sample was wrong, all is searched.
[[nodiscard]] inline auto ranked_from_top(std::span<double const> scores, std::size_t rank, std::string_view function, std::string_view name) -> double {
    auto const n     = scores.size();
    auto       kept  = std::vector<double>();
    auto const found = [&](std::vector<double>& values) {
        auto const at = values.begin() + static_cast<std::ptrdiff_t>(rank);
        std::nth_element(values.begin(), at, values.end(), [](double x, double y) { return x > y; });
        return *at;
    };
    constexpr std::size_t sample_size = 4096;
    auto const            expected    = static_cast<double>(rank + 1) * static_cast<double>(sample_size) / static_cast<double>(n);
    auto const            safe        = static_cast<std::size_t>(expected + 4.0 * std::sqrt(expected) + 4.0);
    if (n >= 4 * sample_size && safe < sample_size / 2) {
        auto sample = std::vector<double>(sample_size);
        for (std::size_t i = 0; i < sample_size; ++i) {
            sample[i] = scores[i * (n / sample_size)];
        }
        if (all_finite(sample)) {
            auto const at = sample.begin() + static_cast<std::ptrdiff_t>(safe);
            std::nth_element(sample.begin(), at, sample.end(), [](double x, double y) { return x > y; });
            auto const bar = *at;
            for (std::size_t from = 0; from < n; from += piece) {
                auto const part = scores.subspan(from, std::min(piece, n - from));
                if (!all_finite(part)) {
                    require_sample(scores, function, name);
                }
                constexpr std::size_t group = 16;
                for (std::size_t i = 0; i < part.size(); i += group) {
                    auto const  few = part.subspan(i, std::min(group, part.size() - i));
                    std::size_t any = 0;
                    if (few.size() == group) {
                        for (std::size_t k = 0; k < group; ++k) {
                            any += few[k] >= bar ? 1u : 0u;
                        }
                    }
                    if (any > 0 || few.size() < group) {
                        std::copy_if(few.begin(), few.end(), std::back_inserter(kept), [bar](double x) { return x >= bar; });
                    }
                }
            }
            if (kept.size() > rank) {
                return found(kept);
            }
        }
    }
    require_sample(scores, function, name);
    kept.assign(scores.begin(), scores.end());
    return found(kept);
}

/// The largest k with k/n <= share: by division, as the points of a curve have it.
[[nodiscard]] inline auto most_hits(double share, std::size_t n) noexcept -> std::size_t {
    auto const size = static_cast<double>(n);
    auto       k    = std::min(n, static_cast<std::size_t>(share * size));
    while (k > 0 && static_cast<double>(k) / size > share) {
        --k;
    }
    while (k < n && static_cast<double>(k + 1) / size <= share) {
        ++k;
    }
    return k;
}

/// The least k with k/n >= share.
[[nodiscard]] inline auto least_hits(double share, std::size_t n) noexcept -> std::size_t {
    auto const k = most_hits(share, n);
    return static_cast<double>(k) / static_cast<double>(n) >= share ? k : k + 1;
}

[[nodiscard]] inline auto rate_of(std::size_t hits, std::size_t trials, double confidence, double threshold) -> rate {
    return {static_cast<double>(hits) / static_cast<double>(trials), hits, trials, clopper_pearson(hits, trials, confidence), threshold};
}

inline void require_scores(std::span<double const> members, std::span<double const> nulls, std::string_view function) {
    require_sample(members.first(std::min<std::size_t>(1, members.size())), function, "members");
    require_sample(nulls.first(std::min<std::size_t>(1, nulls.size())), function, "nulls");
}
}  // namespace detail

/// The largest TPR over all thresholds with FPR <= `most_fpr`, in [0, 1]; of equally good thresholds
/// the highest. hits and trials count members. Ties are kept together, and no point of the curve is left out: rules that read the
/// rate off a curve with dropped points, or take only FPR < f, lose hits. Throws errc::out_of_domain for a `most_fpr` outside
/// [0, 1] or a confidence outside (0, 1), errc::empty_input, errc::not_a_number. O(n), about two reads of the scores.
[[nodiscard]] inline auto tpr_at_fpr(std::span<double const> members, std::span<double const> nulls, double most_fpr, double confidence = 0.95) -> rate {
    constexpr std::string_view function = "hallmark::tpr_at_fpr";
    detail::require_fraction(most_fpr, function, "most_fpr");
    detail::require_open_fraction(confidence, function, "confidence");
    detail::require_scores(members, nulls, function);
    auto const allowed = detail::most_hits(most_fpr, nulls.size());
    if (allowed == nulls.size()) {
        detail::require_sample(nulls, function, "nulls");
        auto const all = detail::count_above<true>(members, -std::numeric_limits<double>::max(), function, "members");
        return detail::rate_of(all.count, members.size(), confidence, all.least);
    }
    // The first null that may not be called a member: the threshold lies above it and its ties.
    auto const bar  = detail::ranked_from_top(nulls, allowed, function, "nulls");
    auto const over = detail::count_above<false>(members, bar, function, "members");
    return detail::rate_of(over.count, members.size(), confidence, over.least);
}

/// The least FPR over all thresholds with TPR >= `least_tpr`, in [0, 1]; of equally good thresholds the
/// highest. hits and trials count nulls. A value of 0 is not "0 %": its interval says what it is.
/// Errors and cost as tpr_at_fpr.
[[nodiscard]] inline auto fpr_at_tpr(std::span<double const> members, std::span<double const> nulls, double least_tpr, double confidence = 0.95) -> rate {
    constexpr std::string_view function = "hallmark::fpr_at_tpr";
    detail::require_fraction(least_tpr, function, "least_tpr");
    detail::require_open_fraction(confidence, function, "confidence");
    detail::require_scores(members, nulls, function);
    auto const needed = detail::least_hits(least_tpr, members.size());
    if (needed == 0) {
        detail::require_sample(members, function, "members");
        detail::require_sample(nulls, function, "nulls");
        return detail::rate_of(0, nulls.size(), confidence, std::numeric_limits<double>::infinity());
    }
    auto const bar = detail::ranked_from_top(members, needed - 1, function, "members");
    return detail::rate_of(detail::count_above<true>(nulls, bar, function, "nulls").count, nulls.size(), confidence, bar);
}

}  // namespace hallmark::inline v0
