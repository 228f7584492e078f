// The rates people quote from a ROC curve, by selection: no curve is made, and nothing is sorted.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/finite.hpp>

#include <algorithm>
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
/// How many of the scores are above a bar (AlsoEqual: at or above it), the least of those, and whether all scores are finite.
struct above {
    std::size_t count  = 0;
    double      least  = std::numeric_limits<double>::infinity();
    bool        finite = true;
};

template <bool AlsoEqual>
[[nodiscard]] HALLMARK_INLINE auto is_above(double score, double bar) noexcept -> bool {
    return AlsoEqual ? score >= bar : score > bar;
}

template <bool AlsoEqual>
HALLMARK_INLINE void count_one(double score, double bar, above& out) noexcept {
    auto const in        = is_above<AlsoEqual>(score, bar);
    auto const candidate = in ? score : std::numeric_limits<double>::infinity();
    out.count += in ? 1u : 0u;
    out.least  = candidate < out.least ? candidate : out.least;
    out.finite = out.finite && is_finite(score);
}

/// Sets the sign bit of a lane of `seen` where a score is NaN or infinity: their exponent overflows when 1 is added to it.
template <class Set>
HALLMARK_INLINE void look_for_infinity(typename Set::f64 const& score, typename Set::u64& seen) noexcept {
    seen |= ((typename Set::u64)score & 0x7fffffffffffffffu) + 0x0010000000000000u;
}

/// How many scores come before the first vector that lies in one line of the cache: one across two lines costs two reads.
template <class Set>
[[nodiscard]] HALLMARK_INLINE auto before_first_line(std::span<double const> scores) noexcept -> std::size_t {
    auto const past = reinterpret_cast<std::uintptr_t>(scores.data()) / sizeof(double) % Set::template count<double>;
    return std::min(scores.size(), past == 0 ? 0 : Set::template count<double> - past);
}

template <class Set, bool AlsoEqual>
HALLMARK_INLINE void count_lanes(std::span<double const> scores, double bar, above& out) noexcept {
    using f64                   = typename Set::f64;
    using i64                   = typename Set::i64;
    using u64                   = typename Set::u64;
    constexpr auto        lanes = Set::template count<double>;
    constexpr std::size_t ways  = 2;  // two sums that do not wait for each other
    f64                   bars, infinity, least[ways];
    Set::splat(bars, bar);
    Set::splat(infinity, std::numeric_limits<double>::infinity());
    i64 count[ways] = {};
    u64 seen[ways]  = {};
    for (auto& l : least) {
        l = infinity;
    }
    std::size_t i = 0;
    for (auto const before = before_first_line<Set>(scores); i < before; ++i) {
        count_one<AlsoEqual>(scores[i], bar, out);
    }
    for (; i + ways * lanes <= scores.size(); i += ways * lanes) {
        for (std::size_t w = 0; w < ways; ++w) {
            f64 x;
            simd::load(x, scores.data() + i + w * lanes);
            look_for_infinity<Set>(x, seen[w]);
            i64 in;
            if constexpr (AlsoEqual) {
                in = ~(x < bars);
            } else {
                in = x > bars;
            }
            count[w] -= in;
            f64 const candidate = (f64)(((i64)x & in) | ((i64)infinity & ~in));
            least[w]            = candidate < least[w] ? candidate : least[w];
        }
    }
    for (; i < scores.size(); ++i) {
        count_one<AlsoEqual>(scores[i], bar, out);
    }
    for (std::size_t w = 0; w < ways; ++w) {
        for (std::size_t k = 0; k < lanes; ++k) {
            out.count += static_cast<std::size_t>(count[w][k]);
            out.least  = least[w][k] < out.least ? least[w][k] : out.least;
            out.finite = out.finite && seen[w][k] >> 63 == 0;
        }
    }
}

template <bool AlsoEqual>
[[nodiscard]] auto count_above(std::span<double const> scores, double bar, std::string_view function, std::string_view name) -> above {
    auto out = above{};
    if (!simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { count_lanes<decltype(set), AlsoEqual>(scores, bar, out); })) {
        for (auto const x : scores) {
            count_one<AlsoEqual>(x, bar, out);
        }
    }
    if (!out.finite) {
        require_sample(scores, function, name);
    }
    return out;
}

/// Appends the scores at or above the bar, in their order. False where not all are finite.
template <class Set>
HALLMARK_INLINE auto keep_lanes(std::span<double const> scores, double bar, std::vector<double>& kept) -> bool {
    using f64                   = typename Set::f64;
    using i64                   = typename Set::i64;
    using u64                   = typename Set::u64;
    constexpr auto        lanes = Set::template count<double>;
    constexpr std::size_t group = 64;  // looked at as one: few have any
    f64                   bars;
    Set::splat(bars, bar);
    auto const keep_some = [&](std::size_t from, std::size_t to) HALLMARK_INLINE_LAMBDA {
        for (auto k = from; k < to; ++k) {
            if (scores[k] >= bar) {
                kept.push_back(scores[k]);
            }
        }
    };
    auto i      = before_first_line<Set>(scores);
    auto finite = all_finite(scores.first(i));
    keep_some(0, i);
    u64 seen = {};
    for (; i + group <= scores.size(); i += group) {
        f64 most;
        simd::load(most, scores.data() + i);
        for (std::size_t k = 0; k < group; k += lanes) {
            f64 x;
            simd::load(x, scores.data() + i + k);
            look_for_infinity<Set>(x, seen);
            most = x > most ? x : most;
        }
        i64 const in = most >= bars;
        if (Set::any(in)) {
            keep_some(i, i + group);
        }
    }
    keep_some(i, scores.size());
    finite = finite && all_finite(scores.subspan(i));
    for (std::size_t k = 0; k < lanes; ++k) {
        finite = finite && seen[k] >> 63 == 0;
    }
    return finite;
}

[[nodiscard]] inline auto keep_above(std::span<double const> scores, double bar, std::vector<double>& kept) -> bool {
    auto finite = true;
    if (!simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { finite = keep_lanes<decltype(set)>(scores, bar, kept); })) {
        std::copy_if(scores.begin(), scores.end(), std::back_inserter(kept), [bar](double x) { return x >= bar; });
        finite = all_finite(scores);
    }
    return finite;
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
            if (!keep_above(scores, *at, kept)) {
                require_sample(scores, function, name);
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

/// Of a -0 and a 0 the first that is met may be the threshold: it is always 0, as on a curve.
[[nodiscard]] inline auto rate_of(std::size_t hits, std::size_t trials, double confidence, double threshold) -> rate {
    return {static_cast<double>(hits) / static_cast<double>(trials), hits, trials, clopper_pearson(hits, trials, confidence), threshold + 0.0};
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
