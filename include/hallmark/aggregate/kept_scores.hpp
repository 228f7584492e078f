// Internal to aggregate/: the scores of a set, kept for aggregators that need their order.
#pragma once

#include <hallmark/error.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace hallmark::inline v0::detail {

/// A multiset of finite scores. 8 bytes a score. −0 is kept as 0: the two are equal, so which of them stands first
/// after sorting would depend on the order they came in.
class kept_scores {
public:
    void push(double score, std::string_view who) {
        require(is_number(score), errc::not_a_number, who, ": the score pushed is ", score, "; allowed is any finite number");
        scores_.push_back(score == 0.0 ? 0.0 : score);
    }
    void merge(kept_scores const& other) {
        auto const  copy = &other == this ? other.scores_ : std::vector<double>();  // a set may be merged with itself
        auto const& from = &other == this ? copy : other.scores_;
        scores_.insert(scores_.end(), from.begin(), from.end());
    }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return scores_.size(); }
    [[nodiscard]] auto values() const noexcept -> std::vector<double> const& { return scores_; }

    friend auto operator==(kept_scores const& a, kept_scores const& b) -> bool {
        auto x = a.scores_, y = b.scores_;
        std::sort(x.begin(), x.end());
        std::sort(y.begin(), y.end());
        return x == y;
    }

private:
    std::vector<double> scores_;
};

}  // namespace hallmark::inline v0::detail
