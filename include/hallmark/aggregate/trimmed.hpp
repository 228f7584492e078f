// Means that do not listen to the ends of a set: trimmed and winsorised.
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/aggregate/exact_sum.hpp>
#include <hallmark/aggregate/kept_scores.hpp>
#include <hallmark/error.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// What the two means share: the share that is cut at each end, and the scores.
class cut_mean {
public:
    cut_mean(double fraction, std::string_view who) : fraction_(fraction) {
        require(fraction >= 0.0 && fraction < 0.5, errc::out_of_domain, who, ": fraction is ", fraction, "; allowed is 0 or more, and less than 0.5");
    }
    void push(double score, std::string_view who) { scores_.push(score, who); }
    void merge(cut_mean const& other, std::string_view who) {
        require(fraction_ == other.fraction_, errc::shape_mismatch, who, ": fraction is ", fraction_, " here and ", other.fraction_,
                " there; only equal ones merge");
        scores_.merge(other.scores_);
    }
    [[nodiscard]] auto count() const noexcept -> std::size_t { return scores_.size(); }
    [[nodiscard]] auto fraction() const noexcept -> double { return fraction_; }

    /// The mean without the cut scores, or with the nearest kept score in place of each of them.
    [[nodiscard]] auto value(bool replace, std::string_view who) const -> double {
        auto xs = scores_.values();
        require(!xs.empty(), errc::empty_input, who, ": the set is empty, so it has no mean");
        std::sort(xs.begin(), xs.end());
        auto const n   = xs.size();
        auto const cut = static_cast<std::size_t>(fraction_ * static_cast<double>(n));  // 2 · cut < n, as fraction < ½
        exact_sum  sum;
        for (std::size_t i = cut; i < n - cut; ++i) {
            sum.push(xs[i]);
        }
        for (std::size_t i = 0; replace && i < cut; ++i) {
            sum.push(xs[cut]);
            sum.push(xs[n - cut - 1]);
        }
        auto const total = sum.value();
        require(is_number(total), errc::out_of_domain, who, ": the sum of the ", n, " scores is too large for a double");
        return total / static_cast<double>(replace ? n : n - 2 * cut);
    }

    friend auto operator==(cut_mean const&, cut_mean const&) -> bool = default;

private:
    double      fraction_;
    kept_scores scores_;
};
}  // namespace detail

/// The mean of what is left when the ⌊fraction · count⌋ least scores and as many of the largest are dropped; scipy's
/// trim_mean. `fraction` is of each end: 0.1 drops 20 % of the set.
class trimmed_mean {
public:
    explicit trimmed_mean(double fraction = 0.1) : set_(fraction, "hallmark::trimmed_mean") {}
    void               push(double score) { set_.push(score, "hallmark::trimmed_mean"); }
    void               merge(trimmed_mean const& other) { set_.merge(other.set_, "hallmark::trimmed_mean"); }
    [[nodiscard]] auto value() const -> double { return set_.value(false, "hallmark::trimmed_mean"); }  ///< O(count log count)
    [[nodiscard]] auto count() const noexcept -> std::size_t { return set_.count(); }
    [[nodiscard]] auto fraction() const noexcept -> double { return set_.fraction(); }

    friend auto operator==(trimmed_mean const&, trimmed_mean const&) -> bool = default;

private:
    detail::cut_mean set_;
};
static_assert(aggregator<trimmed_mean>);

/// The mean after the ⌊fraction · count⌋ least scores are replaced by the least of the others, and as many of the
/// largest by the largest of the others (Tukey 1962; scipy's winsorize). `fraction` is of each end.
class winsorised_mean {
public:
    explicit winsorised_mean(double fraction = 0.1) : set_(fraction, "hallmark::winsorised_mean") {}
    void               push(double score) { set_.push(score, "hallmark::winsorised_mean"); }
    void               merge(winsorised_mean const& other) { set_.merge(other.set_, "hallmark::winsorised_mean"); }
    [[nodiscard]] auto value() const -> double { return set_.value(true, "hallmark::winsorised_mean"); }  ///< O(count log count)
    [[nodiscard]] auto count() const noexcept -> std::size_t { return set_.count(); }
    [[nodiscard]] auto fraction() const noexcept -> double { return set_.fraction(); }

    friend auto operator==(winsorised_mean const&, winsorised_mean const&) -> bool = default;

private:
    detail::cut_mean set_;
};
static_assert(aggregator<winsorised_mean>);

}  // namespace hallmark::inline v0
