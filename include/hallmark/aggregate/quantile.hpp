// The median and other quantiles of a set of scores.
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/aggregate/kept_scores.hpp>
#include <hallmark/aggregate/median_groups.hpp>
#include <hallmark/error.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// The middle score; of an even number, half the sum of the two in the middle. Half of the scores may be anything.
class median {
public:
    void push(double score) { scores_.push(score, "hallmark::median"); }
    void merge(median const& other) { scores_.merge(other.scores_); }

    /// O(count).
    [[nodiscard]] auto value() const -> double {
        detail::require(scores_.size() > 0, errc::empty_input, "hallmark::median: the set is empty, so it has no median");
        return middle_of(scores_.values());
    }
    [[nodiscard]] auto count() const noexcept -> std::size_t { return scores_.size(); }

    /// The medians of many sets, with the same bits, in a fraction of the time where sets have up to 64 scores; false,
    /// and `out` of no meaning, where that cannot be done. `aggregate_groups` calls it.
    [[nodiscard]] static auto values_of(std::span<double const> scores, std::span<std::size_t const> offsets, std::span<double> out) -> bool {
        return detail::medians(scores, offsets, out, [](std::span<double const> set) {
            std::vector<double> xs(set.begin(), set.end());
            for (auto& x : xs) {
                x += 0.0;  // −0 becomes 0, as in kept_scores
            }
            return middle_of(std::move(xs));
        });
    }

    friend auto operator==(median const&, median const&) -> bool = default;

private:
    [[nodiscard]] static auto middle_of(std::vector<double> xs) -> double {
        auto const n      = xs.size();
        auto const middle = xs.begin() + static_cast<std::ptrdiff_t>(n / 2);
        std::nth_element(xs.begin(), middle, xs.end());
        return n % 2 == 1 ? *middle : std::midpoint(*std::max_element(xs.begin(), middle), *middle);
    }

    detail::kept_scores scores_;
};
static_assert(aggregator<median>);

/// The score that a share `q` of the set lies below, interpolated between its neighbours at q · (count − 1): R's
/// type 7, numpy's default (Hyndman & Fan 1996). 0 is the least score, 1 the largest.
class quantile {
public:
    explicit quantile(double q = 0.5) : q_(q) {
        detail::require(q >= 0.0 && q <= 1.0, errc::out_of_domain, "hallmark::quantile: q is ", q, "; allowed is 0 to 1");
    }
    void push(double score) { scores_.push(score, "hallmark::quantile"); }
    void merge(quantile const& other) {
        detail::require(q_ == other.q_, errc::shape_mismatch, "hallmark::quantile: q is ", q_, " here and ", other.q_, " there; only equal ones merge");
        scores_.merge(other.scores_);
    }
    /// O(count).
    [[nodiscard]] auto value() const -> double {
        auto xs = scores_.values();
        detail::require(!xs.empty(), errc::empty_input, "hallmark::quantile: the set is empty, so it has no quantile");
        auto const position = q_ * static_cast<double>(xs.size() - 1);
        auto const whole    = std::floor(position);
        auto const low      = xs.begin() + static_cast<std::ptrdiff_t>(whole);
        std::nth_element(xs.begin(), low, xs.end());
        return low + 1 == xs.end() ? *low : std::lerp(*low, *std::min_element(low + 1, xs.end()), position - whole);
    }
    [[nodiscard]] auto count() const noexcept -> std::size_t { return scores_.size(); }
    [[nodiscard]] auto q() const noexcept -> double { return q_; }

    friend auto operator==(quantile const&, quantile const&) -> bool = default;

private:
    double              q_;
    detail::kept_scores scores_;
};
static_assert(aggregator<quantile>);

}  // namespace hallmark::inline v0
