// Internal to the audits: self-checks that look at numbers alone: halves, the wrong end, and a score that needs no model.
#pragma once

#include <hallmark/audit/self_check.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/mark/parameters.hpp>
#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/stats/friedman.hpp>
#include <hallmark/stats/kolmogorov_smirnov.hpp>
#include <hallmark/stats/rank_sum.hpp>
#include <hallmark/stats/sequential_rank.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace hallmark::inline v0::detail {

/// The least number of things to compare with at which a one-sided rank can reach self_check_level.
inline constexpr std::size_t ranks_needed = 199;

/// A/A: what the set is compared with, in the order given, first half against second half. A model that changes its answers
/// while it is asked, or nulls glued together from two sources, shows here.
/// `may_be_sorted`: the order is the caller's, so a sorted one says nothing; the order in which a model was asked always does.
inline void check_homogeneity(verdict& v, silenced_checks const& silenced, std::span<double const> compared, std::string_view what, bool may_be_sorted) {
    constexpr std::size_t least = 20;
    if (compared.size() < least) {
        report_not_run(v, silenced, self_check::null_homogeneity, sentence("it needs at least ", least, " ", what, " and there are ", compared.size()));
        return;
    }
    if (may_be_sorted && (std::is_sorted(compared.begin(), compared.end()) || std::is_sorted(compared.rbegin(), compared.rend()))) {
        report_not_run(v, silenced, self_check::null_homogeneity, sentence("the ", what, " are sorted, so that their order does not say where they come from"));
        return;
    }
    auto const half = compared.size() / 2;
    auto const p    = kolmogorov_smirnov{}(compared.first(half), compared.subspan(half), alternative::two_sided).p_value;
    report(v, silenced, self_check::null_homogeneity, p > self_check_level,
           sentence("in the order given, the first and the second half of the ", what, " differ with p = ", p, " (Kolmogorov-Smirnov)"));
}

/// Null sets of other sizes than the set's: their means spread more or less than its own. Within a tenth that is hardly seen, and no more than a warning; so it
/// is where the set is as large as some null sets are.
inline void check_sizes(verdict& v, silenced_checks const& silenced, std::size_t samples, std::span<std::size_t const> sizes) {
    if (samples == 0 || sizes.empty()) {
        report_not_run(v, silenced, self_check::set_size, "it needs to know how many samples the set and each null set have");
        return;
    }
    auto const [least, most] = std::minmax_element(sizes.begin(), sizes.end());
    auto const tenths        = 10.0 * static_cast<double>(samples);
    auto const passed        = tenths >= 9.0 * static_cast<double>(*least) && tenths <= 11.0 * static_cast<double>(*most);
    auto const range         = *least == *most ? sentence(*least) : sentence(*least, " to ", *most);
    if ((*least != samples || *most != samples) && (passed || silenced.contains(self_check::set_size))) {
        v.warnings.push_back(
            sentence("The set has ", samples, " samples and the null sets have ", range, "; the p-value is right only for sets of the same size."));
    }
    report(v, silenced, self_check::set_size, passed, sentence("the set has ", samples, " samples and the null sets have ", range));
}

/// Losses given for scores put a set that was trained on at the low end, where p is near 1 and nobody looks.
inline void check_orientation(verdict& v, silenced_checks const& silenced, double observed, std::span<double const> compared, std::string_view what) {
    if (compared.size() < ranks_needed) {
        report_not_run(v, silenced, self_check::orientation, sentence("it needs at least ", ranks_needed, " ", what, " and there are ", compared.size()));
        return;
    }
    auto const lower = static_cast<std::size_t>(std::count_if(compared.begin(), compared.end(), [&](double x) { return x <= observed; }));
    auto const p     = (static_cast<double>(lower) + 1.0) / (static_cast<double>(compared.size()) + 1.0);
    report(v, silenced, self_check::orientation, p > self_check_level,
           sentence(lower, " of the ", compared.size(), " ", what, " score as low as the set or lower; larger must mean member, so losses need a minus sign"));
}

/// The same where each picture is ranked among its own withheld versions: the sum of the ranks from the other end. `above`: for each picture, the withheld
/// versions that score higher.
inline void check_low_ranks(verdict& v, silenced_checks const& silenced, rank_sum_result const& r, std::span<std::size_t const> above) {
    if (r.smallest_p > self_check_level) {
        report_not_run(v, silenced, self_check::orientation,
                       sentence("it needs more pictures or withheld versions: ranks as low as they can be have p = ", r.smallest_p));
        return;
    }
    auto const p = r.p_value <= 0.5 ? 1.0 : rank_sum_test(above, r.withheld).p_value;  // at the upper end it cannot be small
    report(v, silenced, self_check::orientation, p > self_check_level,
           sentence("the published versions beat ", r.statistic, " of ", r.items * r.withheld,
                    " withheld ones; larger must mean member, so losses need a minus sign"));
}

/// A number that was made without asking the model ranks the published set as an audit would: at either end, the set can be told
/// from what it is compared with by its looks alone.
inline void check_blind(verdict& v, silenced_checks const& silenced, double observed, std::span<double const> compared, std::string_view what) {
    if (compared.empty()) {
        report_not_run(v, silenced, self_check::blind_baseline, "it needs a score that was made without the model, of the set and of what it is compared with");
        return;
    }
    if (compared.size() < 2 * ranks_needed + 1) {
        report_not_run(v, silenced, self_check::blind_baseline,
                       sentence("it needs at least ", 2 * ranks_needed + 1, " ", what, " and there are ", compared.size()));
        return;
    }
    std::size_t above = 0, below = 0;
    for (auto const x : compared) {
        above += x >= observed ? 1u : 0u;
        below += x <= observed ? 1u : 0u;
    }
    auto const p = std::min(1.0, 2.0 * (static_cast<double>(std::min(above, below)) + 1.0) / (static_cast<double>(compared.size()) + 1.0));
    report(v, silenced, self_check::blind_baseline, p > self_check_level,
           sentence("by a score made without the model, the published set stands out from the ", what, " with p = ", p));
}

/// p-value of Friedman's statistic. With ties its chi-squared approximation rejects far too often where most values are equal, as they are for
/// signals from labels alone; then rows are shuffled, by draws of a fixed key, until 10 of them spread as far or 1,999 were made.
[[nodiscard]] inline auto common_movement(std::span<double const> values, std::size_t columns) -> double {
    auto ranks = rank_rows(values, columns);
    if (!ranks.ties) {
        return friedman_test(values, columns).p_value;
    }
    auto rank  = sequential_rank(column_spread(ranks.doubled, columns), 10, 1999);
    auto draws = stream(chacha_key{{0x434f494eu, 0, 0, 0, 0, 0, 0, 0}});  // "COIN"
    while (!rank.stopped()) {
        for (std::size_t first = 0; first < ranks.doubled.size(); first += columns) {
            for (auto left = columns; left > 1; --left) {
                auto const other = uniform_below(draws, static_cast<std::uint32_t>(left));
                std::swap(ranks.doubled[first + left - 1], ranks.doubled[first + other]);
            }
        }
        rank.push(column_spread(ranks.doubled, columns));
    }
    return rank.result().p_value;
}

/// `values`: one row for each sample, a column for each withheld version. Samples that share a key rise and fall together from
/// version to version, so the same columns are high in many rows.
inline void check_coins(verdict& v, silenced_checks const& silenced, std::span<double const> values, std::size_t versions) {
    if (versions < 3 || values.size() / versions < 2) {
        report_not_run(v, silenced, self_check::independent_coins, "it needs at least two samples and three withheld versions");
        return;
    }
    auto const p = common_movement(values, versions);
    report(v, silenced, self_check::independent_coins, p > self_check_level,
           sentence("the samples' withheld scores move together with p = ", p, " (Friedman); pictures with one key need the shared design"));
}

/// Of an audit that marked the pictures itself, with a key for each: pictures with one number have one key, and so one draw between them. `numbers` are those
/// the caller gave, or none.
inline void check_sample_numbers(verdict& v, silenced_checks const& silenced, std::span<std::uint64_t const> numbers, std::size_t pictures) {
    auto const distinct = std::unordered_set<std::uint64_t>(numbers.begin(), numbers.end()).size();
    report(v, silenced, self_check::shared_pictures, distinct == numbers.size(),
           sentence(numbers.size() - distinct, " of the ", pictures, " pictures have the number, and so the key, of another"));
}

/// Two versions of each picture: won pairs are all there is, and pictures that share a key win or lose together whether the model was trained on them or not.
inline void report_unseen_coins(verdict& v, silenced_checks const& silenced) {
    report_not_run(v, silenced, self_check::independent_coins,
                   "scores of two versions cannot show whether the pictures share a key; if they do, there is one coin for all and the p-value is wrong");
}

/// The same of an audit that marked the pictures itself: the marker's design takes the place of what scores cannot show.
inline void report_known_coins(verdict& v, silenced_checks const& silenced, key_design design) {
    std::erase_if(v.checks, [](check_result const& c) { return c.which == self_check::independent_coins; });
    report(v, silenced, self_check::independent_coins, design == key_design::independent,
           sentence("the marker's design is ", name_of(design), "; twins need a key of its own for each picture"));
}

}  // namespace hallmark::inline v0::detail
