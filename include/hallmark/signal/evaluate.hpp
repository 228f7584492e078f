// A signal for every row of a matrix of logits.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/concept.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/signal/label_odds.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// Throws for the first logit of the matrix that is not finite.
template <class Scalar>
void require_finite_logits(logit_matrix<Scalar> const& m) {
    for (std::size_t n = 0; n < m.samples; ++n) {
        auto const row = logit_row<Scalar>{m.data + static_cast<std::ptrdiff_t>(n) * m.sample_stride, m.classes, m.class_stride};
        for (std::size_t c = 0; c < m.classes; ++c) {
            require(is_number(row[c]), errc::not_a_number, "hallmark::evaluate: the logit of sample ", n, " for class ", c, " is ", row[c],
                    "; allowed is any finite number");
        }
    }
}

/// Signals that label_odds.hpp computes in lanes.
template <class Signal>
inline constexpr bool has_lanes = std::same_as<Signal, neg_cross_entropy> || std::same_as<Signal, logit_scaled>;

/// The same for float logits, sixteen samples or sixteen classes at a time; whether logits are finite is seen in the same pass.
template <class Signal>
auto evaluate_lanes(Signal const& s, logit_matrix<float> const& m, std::span<std::size_t const> labels) -> std::vector<double> {
    constexpr bool      log_p = std::same_as<Signal, neg_cross_entropy>;
    std::vector<double> out(m.samples);
    if (!odds::score(m, labels, log_p, out)) {
        require_finite_logits(m);
    }
    for (std::size_t n = 0; !log_p && n < m.samples; ++n) {
        // A scaled logit near 0 is the difference of near numbers: there the error must be small absolutely, too.
        if (out[n] > -1.0 && out[n] < 1.0) {
            out[n] = s(logit_row<float>{m.data + static_cast<std::ptrdiff_t>(n) * m.sample_stride, m.classes, m.class_stride}, labels[n]);
        }
    }
    return out;
}
}  // namespace detail

/// s(row i, labels[i]) for each sample i, one or more. Throws if the counts differ or are 0, a label is not a class, a logit is not
/// finite, or there are fewer than two classes. Cost: samples · classes exponentials.
///
/// The cross-entropy and the scaled logit of float logits are computed in lanes: 2e-6 off relatively at most, with
/// the same bits on every machine and in every batch. Everything else is in double, 1e-12 off at most.
template <signal Signal, logits Logits>
[[nodiscard]] auto evaluate(Signal const& s, Logits const& z, std::span<std::size_t const> labels) -> std::vector<double> {
    return detail::with_view(z, [&](auto v) -> std::vector<double> {
        using scalar = typename decltype(v)::value_type;
        if constexpr (std::floating_point<scalar>) {
            auto const m = as_logit_matrix(v);
            detail::require(m.samples >= 1, errc::empty_input, "hallmark::evaluate: there are no rows of logits; allowed is 1 or more");
            detail::require(m.samples == labels.size(), errc::shape_mismatch, "hallmark::evaluate: there are ", m.samples, " rows of logits and ",
                            labels.size(), " labels");
            detail::require(m.classes >= 2, errc::shape_mismatch, "hallmark::evaluate: the logits have ", m.classes, " classes; allowed is 2 or more");
            for (std::size_t n = 0; n < m.samples; ++n) {
                detail::require(labels[n] < m.classes, errc::out_of_domain, "hallmark::evaluate: the label of sample ", n, " is ", labels[n],
                                "; allowed is 0 to ", m.classes - 1);
            }
            if constexpr (std::same_as<scalar, float> && detail::has_lanes<Signal>) {
                return detail::evaluate_lanes(s, m, labels);
            } else {
                detail::require_finite_logits(m);
                std::vector<double> out(m.samples);
                for (std::size_t n = 0; n < m.samples; ++n) {
                    out[n] = s(logit_row<scalar>{m.data + static_cast<std::ptrdiff_t>(n) * m.sample_stride, m.classes, m.class_stride}, labels[n]);
                    detail::require(detail::is_number(out[n]), errc::out_of_domain, "hallmark::evaluate: the signal of sample ", n, " is ", out[n],
                                    "; the differences of its logits must fit in a double");
                }
                return out;
            }
        } else {
            detail::fail(errc::bad_format, "hallmark::evaluate: the logits are 8-bit integers; allowed are floating-point numbers");
        }
    });
}

}  // namespace hallmark::inline v0
