// The exact test of twins: of two versions of each picture one was published by a fair coin; does the published one score higher?
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/side.hpp>
#include <hallmark/stats/tail.hpp>

#include <cstddef>
#include <span>

namespace hallmark::inline v0 {

/// H0: the model never saw the published versions. Then each pair's order is its coin's, whatever the model and the pictures are, and the wins are
/// binomial with chance 1/2. `greater`: the published version (a) tends to score higher, which is what training on it looks like (larger = member);
/// `less`: lower; `two_sided`: either, at twice the smaller tail.
///
/// The statistic is the number of pairs with a > b and n the number of all pairs. A tied pair counts against the side that
/// is looked for; sign_test drops it, which is as valid, and more powerful where many pairs tie. Exact for every n. O(n).
///
/// Each pair needs its own coin: pictures that share one key share one coin, and are one pair. Of 25 pairs, 18 wins reach 0.05 (the
/// published sequential cut-off asks for 24).
/// Throws errc::shape_mismatch, errc::empty_input, errc::not_a_number. Source: Huang, Gong & Reiter 2024 (the design); Clopper & Pearson 1934.
struct twin_test {
    [[nodiscard]] auto operator()(std::span<double const> published, std::span<double const> withheld, alternative alt) const -> test_result {
        auto const c = count(published, withheld);
        auto const n = published.size();
        // Upwards a tie is a loss; downwards it is a win.
        auto const p = detail::p_of_side(detail::binomial_upper(c.losses, n, 0.5), detail::binomial_upper(c.wins, n, 0.5), alt);
        return {static_cast<double>(c.wins), p, n, alt};
    }

    /// The natural logarithm of p, also where p itself is too small for a double. Errors as above.
    [[nodiscard]] auto log_p_value(std::span<double const> published, std::span<double const> withheld, alternative alt) const -> double {
        auto const c = count(published, withheld);
        auto const n = published.size();
        return detail::log_p_of_side(detail::log_binomial_upper(c.losses, n, 0.5), detail::log_binomial_upper(c.wins, n, 0.5), alt);
    }

private:
    struct counts {
        std::size_t wins = 0, losses = 0;
    };
    static auto count(std::span<double const> published, std::span<double const> withheld) -> counts {
        detail::require_pairs(published, withheld, "hallmark::twin_test");
        auto out = counts{};
        for (std::size_t i = 0; i < published.size(); ++i) {
            out.wins += published[i] > withheld[i] ? 1u : 0u;
            out.losses += published[i] < withheld[i] ? 1u : 0u;
        }
        return out;
    }
};
static_assert(two_sample_test<twin_test>);

}  // namespace hallmark::inline v0
