// Scores from losses that were computed elsewhere: a table from an API, a column of a file.
#pragma once

#include <hallmark/error.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// −losses[i]: a loss is small on what the model has learnt, and a score must be large there. For numbers that are
/// scores already, larger = member, this is the wrong function. Throws if there are none, or one is not finite.
template <std::floating_point Scalar>
[[nodiscard]] auto evaluate_losses(std::span<Scalar const> losses) -> std::vector<double> {
    detail::require(!losses.empty(), errc::empty_input, "hallmark::evaluate_losses: there are no losses; allowed is 1 or more");
    std::vector<double> out(losses.size());
    for (std::size_t n = 0; n < losses.size(); ++n) {
        detail::require(detail::is_number(losses[n]), errc::not_a_number, "hallmark::evaluate_losses: the loss of sample ", n, " is ", losses[n],
                        "; allowed is any finite number");
        out[n] = -static_cast<double>(losses[n]);
    }
    return out;
}

}  // namespace hallmark::inline v0
