// Signals from the log-sum-exp of the logits: the negative cross-entropy and the scaled logit.
#pragma once

#include <hallmark/signal/concept.hpp>

#include <cmath>
#include <cstddef>

namespace hallmark::inline v0 {

namespace detail {
inline constexpr std::size_t no_class = static_cast<std::size_t>(-1);

/// The largest logit, leaving out class `without`.
template <class Scalar>
auto largest(logit_row<Scalar> z, std::size_t without) noexcept -> double {
    double most = -HUGE_VAL;
    for (std::size_t c = 0; c < z.classes; ++c) {
        most = c != without && z[c] > most ? z[c] : most;
    }
    return most;
}

/// Σ exp(z_c − shift) over the classes other than `without`.
template <class Scalar>
auto sum_exp(logit_row<Scalar> z, double shift, std::size_t without) noexcept -> double {
    double sum = 0.0;
    for (std::size_t c = 0; c < z.classes; ++c) {
        if (c != without) {
            sum += std::exp(z[c] - shift);
        }
    }
    return sum;
}
}  // namespace detail

/// log p_y = z_y − log Σ exp z_c, in (−∞, 0]: minus the loss the model was trained with. The signal of Yeom
/// et al. (2018) and of Chen & Pattabiraman (2025).
///
/// Where the label has the largest logit, log p_y = −log1p(Σ_{c≠y} exp(z_c − z_y)), which keeps its digits when
/// the model is certain; elsewhere the largest logit is taken out first, so nothing overflows.
struct neg_cross_entropy {
    template <class Scalar>
    [[nodiscard]] auto operator()(logit_row<Scalar> z, std::size_t label) const noexcept -> double {
        auto const others = detail::largest(z, label);
        if (z[label] >= others) {
            return -std::log1p(detail::sum_exp(z, z[label], label));
        }
        return (z[label] - others) - std::log(detail::sum_exp(z, others, detail::no_class));
    }
};
static_assert(signal<neg_cross_entropy>);

/// log(p_y / (1 − p_y)) = z_y − log Σ_{c≠y} exp z_c, any real number: near normal over models, which the
/// cross-entropy is not (Carlini et al. 2022).
struct logit_scaled {
    template <class Scalar>
    [[nodiscard]] auto operator()(logit_row<Scalar> z, std::size_t label) const noexcept -> double {
        auto const others = detail::largest(z, label);
        return (z[label] - others) - std::log(detail::sum_exp(z, others, label));
    }
};
static_assert(signal<logit_scaled>);

}  // namespace hallmark::inline v0
