// The permutation test of two samples: could lot have put the larger values into the first?
#pragma once

#include <hallmark/stats/chacha_lanes.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/resampling.hpp>
#include <hallmark/stats/sign_sums.hpp>
#include <hallmark/stats/split_lanes.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {

/// Counts all sums of `left` of the values from `next` on, plus `sum`.
inline void count_subsets(std::span<std::int64_t const> x, std::size_t next, std::size_t left, std::int64_t sum, std::int64_t observed, std::int64_t slack,
                          tail_counts& out) {
    if (left == 0) {
        out.add(sum, observed, slack);
        return;
    }
    for (auto i = next; i + left <= x.size(); ++i) {
        count_subsets(x, i + 1, left - 1, sum + x[i], observed, slack, out);
    }
}

/// The sums of the values that random splits choose, sixteen draws at a time.
class split_sums {
public:
    split_sums(split_draw const& split, std::span<std::int64_t const> x, std::uint64_t seed)
        : split_(split),
          x_(x),
          under_signs_(split.sparse() ? x.first(0) : x),
          start_(resampling_key(seed, 0, split_draws)),
          lanes_(resampling_key(seed, 0, split_draws)),
          rows_((split.sparse() ? 1 : at_once) * split.words()) {
        for (auto const v : x) {
            total_ += v;
        }
    }

    static constexpr std::size_t at_once = std::size_t{16} * chacha_lanes;

    /// Of draws first, first + 1, …; `first` is a multiple of 16, and there are at most `at_once` sums.
    void operator()(std::uint64_t first, std::span<std::int64_t> sums) {
        auto const sixteens = (sums.size() + chacha_lanes - 1) / chacha_lanes * chacha_lanes;
        auto const drawn    = fits_lanes(split_) && draw_rows(split_, start_, first, sixteens, rows_.data());
        for (std::size_t d = 0; !drawn && d < sums.size(); d += chacha_lanes) {
            auto* const rows = rows_.data() + (split_.sparse() ? 0 : d * split_.words());
            lanes_.open(draw_words, first + d);
            for (std::size_t l = 0; l < chacha_lanes && d + l < sums.size(); ++l) {
                split_.sparse() ? draw_few(lanes_.lane(l), sums[d + l]) : draw(lanes_.lane(l), rows + l * split_.words());
            }
        }
        if (!split_.sparse()) {
            under_signs_(rows_.data(), sums);
            for (auto& sum : sums) {
                sum = (total_ - sum) / 2;  // a chosen value has a minus
            }
        }
    }

private:
    void draw(stream_lanes::reader source, std::uint32_t* row) const noexcept {
        split_(source, [row](std::uint32_t w) noexcept -> std::uint32_t& { return row[w]; });
    }
    // The row is empty before and after, and nobody looks at all of it.
    void draw_few(stream_lanes::reader source, std::int64_t& sum) {
        sum = 0;
        chosen_.clear();
        split_.settle(
            source, [this](std::uint32_t w) noexcept -> std::uint32_t& { return rows_[w]; }, 0,
            [&](std::uint32_t i, bool hit) {
                if (hit) {
                    sum += x_[i];
                    chosen_.push_back(i);
                }
            });
        for (auto const i : chosen_) {
            rows_[i / 32] = 0;
        }
    }

    split_draw                    split_;
    std::span<std::int64_t const> x_;
    sign_sums                     under_signs_;
    chacha_start                  start_;
    stream_lanes                  lanes_;
    std::vector<std::uint32_t>    rows_, chosen_;
    std::int64_t                  total_ = 0;
};

/// Two samples as whole numbers, a first, with what the splits are compared with. Relative to one of the values, so that the sums and their rounding are small.
struct split_values {
    fixed_values fixed;
    std::int64_t observed = 0, total = 0;  ///< the sum of a, and of all
    double       difference;               ///< mean(a) - mean(b)
};
[[nodiscard]] inline auto prepare_split(std::span<double const> a, std::span<double const> b, std::string_view function) -> split_values {
    auto x = std::vector<double>(a.begin(), a.end());
    x.insert(x.end(), b.begin(), b.end());
    auto const pivot   = x.front();
    auto const largest = largest_rounded(x);
    auto       in_a = compensated_sum{}, in_b = compensated_sum{};
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] -= pivot;
        (i < a.size() ? in_a : in_b).add(x[i]);
    }
    auto out =
        split_values{fixed_point(x, largest, function), 0, 0, in_a.value() / static_cast<double>(a.size()) - in_b.value() / static_cast<double>(b.size())};
    for (std::size_t i = 0; i < x.size(); ++i) {
        out.observed += i < a.size() ? out.fixed.x[i] : 0;
        out.total += out.fixed.x[i];
    }
    return out;
}

}  // namespace detail

/// H0: the values of both samples are exchangeable, as if one sample had been split by lot. `greater`:
/// mean(a) is above mean(b); `less`: below; `two_sided`: either, at twice the smaller tail.
///
/// The statistic is mean(a) - mean(b) and n is the number of values in both samples, below 2^32. Exact without
/// any assumption on the distribution. Up to 2^20 splits (20 values in two tens: 184,756) all are tried, and
/// the smallest possible p is 1/C(n, |a|). Beyond, `draws` random splits are counted, and the observed one with them: the smallest p is 1/(draws + 1).
/// Which ones are drawn depends on `seed` and nothing else (stats/resampling.hpp says how); fix it before looking at the data.
/// Cost O(splits), or O(draws · min(|a|, |b|)): some 20 million draws a second of 100 + 100 values.
/// Throws errc::empty_input, errc::not_a_number, errc::out_of_domain for sums that overflow, draws = 0, or too many splits for `enumerate`.
/// Source: Pitman 1937; Phipson & Smyth 2010 (Monte Carlo).
struct permutation_test {
    resampling    method = resampling::automatic;
    std::uint64_t draws  = 9999;
    std::uint64_t seed   = 0;

    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        detail::require_sample(a, "hallmark::permutation_test", "a");
        detail::require_sample(b, "hallmark::permutation_test", "b");
        auto const n = a.size() + b.size();
        detail::require(n <= 0xffffffffu, errc::out_of_domain, "hallmark::permutation_test: there are ", n, " values; allowed are up to 4294967295");
        auto const all = detail::enumerates(method, detail::arrangements(n, a.size()), draws, "hallmark::permutation_test");
        auto const s   = detail::prepare_split(a, b, "hallmark::permutation_test");
        // With the total fixed, the difference of the means grows with the sum of a alone.
        auto const counts = all ? every_split(s.fixed, a.size(), s.observed) : drawn_splits(s.fixed, a.size(), s.observed, s.total);
        return {s.difference, detail::p_of_counts(counts, alt), n, alt};
    }

private:
    static auto every_split(detail::fixed_values const& fixed, std::size_t chosen, std::int64_t observed) -> detail::tail_counts {
        auto counts = detail::tail_counts{};
        detail::count_subsets(fixed.x, 0, chosen, 0, observed, fixed.slack, counts);
        return counts;
    }

    [[nodiscard]] auto drawn_splits(detail::fixed_values const& fixed, std::size_t in_a, std::int64_t observed, std::int64_t total) const
        -> detail::tail_counts {
        auto const   in_b   = fixed.x.size() - in_a;
        auto const   split  = detail::split_draw(static_cast<std::uint32_t>(fixed.x.size()), static_cast<std::uint32_t>(in_a <= in_b ? in_a : in_b));
        auto         drawn  = detail::split_sums(split, fixed.x, seed);
        auto         counts = detail::observed_arrangement();
        std::int64_t room[detail::split_sums::at_once];
        for (std::uint64_t first = 0; first < draws; first += std::size(room)) {
            auto const sums = std::span(room).first(static_cast<std::size_t>(draws - first < std::size(room) ? draws - first : std::size(room)));
            drawn(first, sums);
            for (auto& sum : sums) {
                sum = in_a <= in_b ? sum : total - sum;  // the smaller sample was drawn; the sum of the other one is the rest
            }
            counts.add(sums, observed, fixed.slack);
        }
        return counts;
    }
};
static_assert(two_sample_test<permutation_test>);

}  // namespace hallmark::inline v0
