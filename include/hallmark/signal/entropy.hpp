// Signals from the entropy of the predicted classes: with and without a look at the label.
#pragma once

#include <hallmark/signal/concept.hpp>
#include <hallmark/signal/cross_entropy.hpp>

#include <cmath>
#include <cstddef>

namespace hallmark::inline v0 {

namespace detail {
/// The class with the largest logit, the first of them where several tie.
template <class Scalar>
auto top_class(logit_row<Scalar> z) noexcept -> std::size_t {
    std::size_t top = 0;
    for (std::size_t c = 1; c < z.classes; ++c) {
        top = z[c] > z[top] ? c : top;
    }
    return top;
}
}  // namespace detail

/// Σ p log p, in [−log classes, 0]: 0 where the model is certain, of whichever class. Does not use the label.
///
/// With m the largest logit and S = Σ exp(z_c − m), this is −(log S + Σ p_c · (m − z_c)): all terms have one sign,
/// so no digits cancel.
struct neg_entropy {
    template <class Scalar>
    [[nodiscard]] auto operator()(logit_row<Scalar> z, std::size_t /*label*/) const noexcept -> double {
        auto const top  = detail::top_class(z);
        double     rest = 0.0, fall = 0.0;  // S − 1, and Σ exp(z_c − m)(m − z_c)
        for (std::size_t c = 0; c < z.classes; ++c) {
            if (c != top) {
                auto const below = z[top] - z[c];
                auto const e     = std::exp(-below);
                rest += e;
                fall += e > 0.0 ? e * below : 0.0;  // 0 · ∞ where the difference of two logits overflows
            }
        }
        return -(std::log1p(rest) + fall / (1.0 + rest));
    }
};
static_assert(signal<neg_entropy>);

/// (1 − p_y) log p_y + Σ_{c≠y} p_c log(1 − p_c), in (−∞, 0]: 0 where the model is certain of the label, far below
/// where it is certain of another class. Song & Mittal (2021), with their sign turned round.
///
/// 1 − p is never formed: for the class on top it is Σ of the others, for the rest p ≤ ½ and log1p(−p) keeps its
/// digits.
struct neg_modified_entropy {
    template <class Scalar>
    [[nodiscard]] auto operator()(logit_row<Scalar> z, std::size_t label) const noexcept -> double {
        auto const top  = detail::top_class(z);
        auto const rest = detail::sum_exp(z, z[top], top);
        auto const all  = 1.0 + rest;
        double     sum  = 0.0;
        double     miss = 0.0;  // 1 − p_y
        for (std::size_t c = 0; c < z.classes; ++c) {
            if (c == label) {
                continue;
            }
            auto const p = std::exp(z[c] - z[top]) / all;
            miss += p;
            sum += p * (c == top ? log_without(z, top, all) : std::log1p(-p));
        }
        auto const log_p = label == top ? -std::log1p(rest) : (z[label] - z[top]) - std::log(all);
        return miss * log_p + sum;
    }

private:
    // log(1 − p_top): the others' largest logit is taken out, so that it does not end where exp underflows.
    template <class Scalar>
    static auto log_without(logit_row<Scalar> z, std::size_t top, double all) noexcept -> double {
        auto const next = detail::largest(z, top);
        return (next - z[top]) + std::log(detail::sum_exp(z, next, top)) - std::log(all);
    }
};
static_assert(signal<neg_modified_entropy>);

}  // namespace hallmark::inline v0
