// How sure an AUC is: DeLong's variance and interval, and the bootstrap's.
#pragma once

#include <hallmark/metric/roc.hpp>
#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/stats/bootstrap.hpp>
#include <hallmark/stats/clopper_pearson.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/pooled_order.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// An AUC with its standard error and interval.
struct auc_estimate {
    double   value;           ///< as auc
    double   standard_error;  ///< of the value
    interval ci;              ///< within [0, 1]

    friend auto operator==(auc_estimate const&, auc_estimate const&) -> bool = default;
};

namespace detail {
/// The scores that are equal, from the highest down.
struct score_group {
    std::size_t members, nulls;
};

[[nodiscard]] inline auto score_groups(std::span<double const> members, std::span<double const> nulls) -> std::vector<score_group> {
    auto        order = pooled_order(members, nulls);
    auto        out   = std::vector<score_group>();
    std::size_t tp = 0, fp = 0;
    out.reserve(order.sort());
    order.visit_down([&](std::span<value_group const> groups) {
        for (auto const& g : groups) {
            out.push_back({g.first - tp, g.second - fp});
            tp = g.first;
            fp = g.second;
        }
    });
    return out;
}

/// What one member or one null contributes to the AUC: the share of nulls below a member (and half of those tied), the share of members above a null.
struct placement {
    double member, null;
};

[[nodiscard]] inline auto placements(std::span<score_group const> groups, std::size_t members, std::size_t nulls) -> std::vector<placement> {
    auto        out = std::vector<placement>();
    std::size_t tp = 0, fp = 0;
    for (auto const& g : groups) {
        out.push_back({static_cast<double>(2 * (nulls - fp) - g.nulls) / (2.0 * static_cast<double>(nulls)),
                       static_cast<double>(2 * tp + g.members) / (2.0 * static_cast<double>(members))});
        tp += g.members;
        fp += g.nulls;
    }
    return out;
}

/// The AUC of counts that may be any number of times each group.
[[nodiscard]] inline auto auc_of_groups(std::span<score_group const> groups, std::size_t members, std::size_t nulls) noexcept -> double {
    std::uint64_t doubled = 0, tp = 0;
    for (auto const& g : groups) {
        doubled += g.nulls * (2 * tp + g.members);
        tp += g.members;
    }
    return static_cast<double>(doubled) / (2.0 * static_cast<double>(members) * static_cast<double>(nulls));
}

inline void require_auc_samples(std::span<double const> members, std::span<double const> nulls, double confidence, std::string_view function) {
    require_sample(members, function, "members", 2);
    require_sample(nulls, function, "nulls", 2);
    require_open_fraction(confidence, function, "confidence");
}

inline void require_varying(bool varies, double value, std::string_view function) {
    require(varies, errc::out_of_domain, function, ": the variance is 0 at an AUC of ", value,
            "; allowed are scores of members and nulls that overlap and are not all equal");
}
}  // namespace detail

/// The AUC with DeLong's variance and the normal interval from it, cut to [0, 1]: holds the true AUC with chance about `confidence` for samples of some
/// dozens and an AUC that is not near 0 or 1. 2 members and 2 nulls at least. Throws errc::out_of_domain where
/// the variance is 0 (every member above every null, or all tied): an interval of length 0 would claim to know. Also
/// errc::empty_input, errc::not_a_number. O(n) for most data. Source: DeLong, DeLong & Clarke-Pearson 1988; Sun & Xu 2014 (by ranks).
[[nodiscard]] inline auto auc_delong(std::span<double const> members, std::span<double const> nulls, double confidence = 0.95) -> auc_estimate {
    detail::require_auc_samples(members, nulls, confidence, "hallmark::auc_delong");
    auto const groups = detail::score_groups(members, nulls);
    auto const places = detail::placements(groups, members.size(), nulls.size());
    auto const value  = detail::auc_of_groups(groups, members.size(), nulls.size());
    auto       s10 = detail::compensated_sum{}, s01 = detail::compensated_sum{};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto const m = places[i].member - value, n = places[i].null - value;
        s10.add(static_cast<double>(groups[i].members) * m * m);
        s01.add(static_cast<double>(groups[i].nulls) * n * n);
    }
    auto const n = static_cast<double>(members.size()), m = static_cast<double>(nulls.size());
    auto const variance = s10.value() / (n * (n - 1.0)) + s01.value() / (m * (m - 1.0));
    detail::require_varying(variance > 0.0, value, "hallmark::auc_delong");
    auto const error = std::sqrt(variance);
    auto const half  = error * detail::normal_upper_inverse(0.5 * (1.0 - confidence));
    return {value, error, {std::max(0.0, value - half), std::min(1.0, value + half)}};
}

/// The AUC with its BCa bootstrap interval; members and nulls are resampled each for themselves. The standard error is the replicates'. Draws come from
/// `source`, so the same key gives the same interval on every machine. `replicates` is 20/(1 - confidence) or more and 100 at least; 2000 is usual. Throws
/// errc::out_of_domain where the interval does not exist (every member above every null, all tied, or all replicates on one side), errc::empty_input,
/// errc::not_a_number. O(replicates · n). Source: Efron 1987.
[[nodiscard]] inline auto auc_bootstrap(std::span<double const> members, std::span<double const> nulls, stream source, std::size_t replicates = 2000,
                                        double confidence = 0.95) -> auc_estimate {
    constexpr std::string_view function = "hallmark::auc_bootstrap";
    detail::require_auc_samples(members, nulls, confidence, function);
    detail::require_drawable(members.size(), function, "members");
    detail::require_drawable(nulls.size(), function, "nulls");
    detail::require_replicates(replicates, confidence, function);
    auto const groups = detail::score_groups(members, nulls);
    auto const places = detail::placements(groups, members.size(), nulls.size());
    auto const value  = detail::auc_of_groups(groups, members.size(), nulls.size());

    // Which group each member and each null is in, and what it contributes.
    auto of_member = std::vector<std::uint32_t>(), of_null = std::vector<std::uint32_t>();
    auto influence = std::vector<double>();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        of_member.insert(of_member.end(), groups[i].members, static_cast<std::uint32_t>(i));
        of_null.insert(of_null.end(), groups[i].nulls, static_cast<std::uint32_t>(i));
        influence.insert(influence.end(), groups[i].members, (places[i].member - value) / static_cast<double>(members.size()));
        influence.insert(influence.end(), groups[i].nulls, (places[i].null - value) / static_cast<double>(nulls.size()));
    }
    detail::require_varying(std::any_of(influence.begin(), influence.end(), [](double x) { return x < 0.0 || x > 0.0; }), value, function);
    auto drawn  = std::vector<detail::score_group>(groups.size());
    auto values = std::vector<double>(replicates);
    for (auto& v : values) {
        std::fill(drawn.begin(), drawn.end(), detail::score_group{0, 0});
        for (std::size_t i = 0; i < members.size(); ++i) {
            ++drawn[of_member[uniform_below(source, static_cast<std::uint32_t>(members.size()))]].members;
        }
        for (std::size_t i = 0; i < nulls.size(); ++i) {
            ++drawn[of_null[uniform_below(source, static_cast<std::uint32_t>(nulls.size()))]].nulls;
        }
        v = detail::auc_of_groups(drawn, members.size(), nulls.size());
    }
    auto const ci = bca_interval(values, value, influence, confidence);
    return {value, std::sqrt(detail::moments_about(values, value).variance), ci};
}

}  // namespace hallmark::inline v0
