// The probability of the label, and its lead over the next class.
#pragma once

#include <hallmark/signal/concept.hpp>
#include <hallmark/signal/cross_entropy.hpp>

#include <cmath>
#include <cstddef>

namespace hallmark::inline v0 {

/// p_y = exp z_y / Σ exp z_c, in [0, 1]. Monotone in the cross-entropy, so a rank test gives the same answer; but
/// means of it are moved by the samples in the middle and not by the ones that the model has learnt by heart.
struct confidence {
    template <class Scalar>
    [[nodiscard]] auto operator()(logit_row<Scalar> z, std::size_t label) const noexcept -> double {
        auto const others = detail::largest(z, label);
        if (z[label] >= others) {
            return 1.0 / (1.0 + detail::sum_exp(z, z[label], label));
        }
        return std::exp(z[label] - others) / detail::sum_exp(z, others, detail::no_class);
    }
};
static_assert(signal<confidence>);

/// z_y − max_{c≠y} z_c, any real number: positive where the model is right. The quantity in a hinge loss; needs
/// no exponential, and has no end where the model is certain.
struct margin {
    template <class Scalar>
    [[nodiscard]] auto operator()(logit_row<Scalar> z, std::size_t label) const noexcept -> double {
        return z[label] - detail::largest(z, label);
    }
};
static_assert(signal<margin>);

}  // namespace hallmark::inline v0
