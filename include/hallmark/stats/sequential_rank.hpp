// The rank test that stops asking once the answer is clear: sequential Monte Carlo p-values.
#pragma once

#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/rank.hpp>

#include <cstddef>

namespace hallmark::inline v0 {

/// Where one score stands among scores from nothing, drawn one at a time: withheld keys, other users' sets. Drawing stops at the
/// `stop_hits`-th null at or above the observed score, or after `most` nulls.
///
/// p = h/l after l nulls of which h = stop_hits hit, else (hits + 1)/(most + 1). Valid at that moment, and at no other: H0 as in rank_test (the
/// observed score and all nulls are exchangeable), P(p <= alpha) <= alpha. A clear non-member costs about
/// stop_hits nulls instead of all: with stop_hits = 10, some 20 instead of 999 when nothing is there. p is as good as with all nulls where it is
/// small, and coarse (1/l) where it is large.
///
/// Both designs of the counterfactual audit can use it: a null is the aggregate of *one whole version* of the set, made with the shared key's
/// or the independent keys' version number. (The stronger rank_sum_test of the independent design needs all versions.)
/// Larger = member; ties count against the auditor. Source: Besag & Clifford 1991.
class sequential_rank {
public:
    /// `stop_hits` and `most` are 1 or more. Throws errc::out_of_domain, errc::not_a_number.
    sequential_rank(double observed, std::size_t stop_hits, std::size_t most) : observed_(observed), stop_hits_(stop_hits), most_(most) {
        detail::require_finite(observed, "hallmark::sequential_rank", "observed");
        detail::require(stop_hits > 0, errc::out_of_domain, "hallmark::sequential_rank: stop_hits is 0; allowed is 1 or more");
        detail::require(most > 0, errc::out_of_domain, "hallmark::sequential_rank: most is 0; allowed is 1 or more");
    }

    /// Takes the next null. Throws errc::out_of_domain when it has stopped already: a null more would make p invalid.
    void push(double null) {
        detail::require_finite(null, "hallmark::sequential_rank", "null");
        detail::require(!stopped(), errc::out_of_domain, "hallmark::sequential_rank: it has stopped after ", nulls_, " nulls; no more are allowed");
        hits_ += null >= observed_ ? 1u : 0u;
        nulls_ += 1;
    }

    [[nodiscard]] auto stopped() const noexcept -> bool { return hits_ >= stop_hits_ || nulls_ >= most_; }

    /// The p-value, once it has stopped. `smallest_p` is 1/(most + 1). Throws errc::out_of_domain before.
    [[nodiscard]] auto result() const -> rank_result {
        detail::require(stopped(), errc::out_of_domain, "hallmark::sequential_rank: it has not stopped after ", nulls_,
                        " nulls; allowed is a result at the end only");
        auto const p = hits_ >= stop_hits_ ? static_cast<double>(hits_) / static_cast<double>(nulls_)
                                           : (static_cast<double>(hits_) + 1.0) / (static_cast<double>(most_) + 1.0);
        return {p, hits_, nulls_, 1.0 / (static_cast<double>(most_) + 1.0)};
    }

private:
    double      observed_;
    std::size_t stop_hits_, most_, hits_ = 0, nulls_ = 0;
};

}  // namespace hallmark::inline v0
