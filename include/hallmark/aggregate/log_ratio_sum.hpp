// The sum of log-likelihood ratios: the evidence of independent samples, put together.
#pragma once

#include <hallmark/aggregate/concept.hpp>
#include <hallmark/aggregate/exact_groups.hpp>
#include <hallmark/aggregate/exact_sum.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <span>

namespace hallmark::inline v0 {

/// Σ of the scores, each the logarithm of (likelihood as a member / likelihood as none), as LiRA gives them: the
/// most powerful statistic for a set whose samples are independent (Neyman & Pearson 1933; Carlini et al. 2022).
/// Grows with the set: compare sets of one size only. The exact sum, rounded once: the same bits in any order.
class log_ratio_sum {
public:
    void push(double score) {
        sum_.push(score);
        ++count_;
    }
    void merge(log_ratio_sum const& other) {
        sum_.merge(other.sum_);
        count_ += other.count_;
    }
    [[nodiscard]] auto value() const -> double {
        detail::require(count_ > 0, errc::empty_input, "hallmark::log_ratio_sum: the set is empty, so it is no evidence");
        auto const sum = sum_.value();
        detail::require(detail::is_number(sum), errc::out_of_domain, "hallmark::log_ratio_sum: the sum of the ", count_, " scores is too large for a double");
        return sum;
    }
    [[nodiscard]] auto count() const noexcept -> std::size_t { return count_; }

    /// As mean::values_of.
    [[nodiscard]] static auto values_of(std::span<double const> scores, std::span<std::size_t const> offsets, std::span<double> out) -> bool {
        bool finite = detail::exact_sums(scores, offsets, out);
        for (std::size_t g = 0; finite && g < out.size(); ++g) {
            finite = detail::is_number(out[g]);
        }
        return finite;
    }

    friend auto operator==(log_ratio_sum const&, log_ratio_sum const&) -> bool = default;

private:
    exact_sum   sum_;
    std::size_t count_ = 0;
};
static_assert(aggregator<log_ratio_sum>);

}  // namespace hallmark::inline v0
