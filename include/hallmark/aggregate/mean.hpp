// The mean of a set of scores, the aggregate of Chen & Pattabiraman (2025).
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/aggregate/exact_groups.hpp>
#include <hallmark/aggregate/exact_sum.hpp>
#include <hallmark/aggregate/float_groups.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <span>

namespace hallmark::inline v0 {

/// The exact sum, rounded once, divided by the count: the same bits in any order and any split.
class mean {
public:
    void push(double score) {
        sum_.push(score);
        ++count_;
    }
    void merge(mean const& other) {
        sum_.merge(other.sum_);
        count_ += other.count_;
    }
    [[nodiscard]] auto value() const -> double {
        detail::require(count_ > 0, errc::empty_input, "hallmark::mean: the set is empty, so it has no mean");
        auto const sum = sum_.value();
        detail::require(detail::is_number(sum), errc::out_of_domain, "hallmark::mean: the sum of the ", count_, " scores is too large for a double");
        return sum / static_cast<double>(count_);
    }
    [[nodiscard]] auto count() const noexcept -> std::size_t { return count_; }

    /// The values of many sets, with the same bits, in a fraction of the time; false, and `out` of no meaning, where
    /// that cannot be done. `aggregate_groups` calls it.
    [[nodiscard]] static auto values_of(std::span<double const> scores, std::span<std::size_t const> offsets, std::span<double> out) -> bool {
        return detail::exact_means(scores, offsets, out);
    }
    [[nodiscard]] static auto values_of(std::span<float const> scores, std::span<std::size_t const> offsets, std::span<double> out) -> bool {
        return detail::exact_means(scores, offsets, out);
    }

    friend auto operator==(mean const&, mean const&) -> bool = default;

private:
    exact_sum   sum_;
    std::size_t count_ = 0;
};
static_assert(aggregator<mean>);

}  // namespace hallmark::inline v0
