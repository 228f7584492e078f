// The mean of the k least, or the k largest, scores of a set.
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
/// What the two means share: k, and the scores.
class end_mean {
public:
    end_mean(std::size_t k, std::string_view who) : k_(k) { require(k >= 1, errc::out_of_domain, who, ": k is 0; allowed is 1 or more"); }
    void push(double score, std::string_view who) { scores_.push(score, who); }
    void merge(end_mean const& other, std::string_view who) {
        require(k_ == other.k_, errc::shape_mismatch, who, ": k is ", k_, " here and ", other.k_, " there; only equal ones merge");
        scores_.merge(other.scores_);
    }
    [[nodiscard]] auto count() const noexcept -> std::size_t { return scores_.size(); }
    [[nodiscard]] auto k() const noexcept -> std::size_t { return k_; }

    [[nodiscard]] auto value(bool largest, std::string_view who) const -> double {
        auto xs = scores_.values();
        require(!xs.empty(), errc::empty_input, who, ": the set is empty, so it has no mean");
        require(k_ <= xs.size(), errc::out_of_domain, who, ": k is ", k_, " and the set has ", xs.size(), " scores; allowed is as many or fewer");
        auto const at    = largest ? xs.size() - k_ : k_ - 1;
        auto const first = largest ? at : 0;
        std::nth_element(xs.begin(), xs.begin() + static_cast<std::ptrdiff_t>(at), xs.end());
        exact_sum sum;  // in any order: it is exact
        for (std::size_t i = first; i < first + k_; ++i) {
            sum.push(xs[i]);
        }
        auto const total = sum.value();
        require(is_number(total), errc::out_of_domain, who, ": the sum of ", k_, " scores is too large for a double");
        return total / static_cast<double>(k_);
    }

    friend auto operator==(end_mean const&, end_mean const&) -> bool = default;

private:
    std::size_t k_;
    kept_scores scores_;
};
}  // namespace detail

/// The mean of the k least scores: large only where even the least member-like samples look learnt. Sets of fewer
/// than k scores have none.
class lowest_k_mean {
public:
    explicit lowest_k_mean(std::size_t k = 1) : set_(k, "hallmark::lowest_k_mean") {}
    void               push(double score) { set_.push(score, "hallmark::lowest_k_mean"); }
    void               merge(lowest_k_mean const& other) { set_.merge(other.set_, "hallmark::lowest_k_mean"); }
    [[nodiscard]] auto value() const -> double { return set_.value(false, "hallmark::lowest_k_mean"); }  ///< O(count)
    [[nodiscard]] auto count() const noexcept -> std::size_t { return set_.count(); }
    [[nodiscard]] auto k() const noexcept -> std::size_t { return set_.k(); }

    friend auto operator==(lowest_k_mean const&, lowest_k_mean const&) -> bool = default;

private:
    detail::end_mean set_;
};
static_assert(aggregator<lowest_k_mean>);

/// The mean of the k largest scores: large where a part of the set was learnt, whatever became of the rest. Sets of
/// fewer than k scores have none.
class highest_k_mean {
public:
    explicit highest_k_mean(std::size_t k = 1) : set_(k, "hallmark::highest_k_mean") {}
    void               push(double score) { set_.push(score, "hallmark::highest_k_mean"); }
    void               merge(highest_k_mean const& other) { set_.merge(other.set_, "hallmark::highest_k_mean"); }
    [[nodiscard]] auto value() const -> double { return set_.value(true, "hallmark::highest_k_mean"); }  ///< O(count)
    [[nodiscard]] auto count() const noexcept -> std::size_t { return set_.count(); }
    [[nodiscard]] auto k() const noexcept -> std::size_t { return set_.k(); }

    friend auto operator==(highest_k_mean const&, highest_k_mean const&) -> bool = default;

private:
    detail::end_mean set_;
};
static_assert(aggregator<highest_k_mean>);

}  // namespace hallmark::inline v0
