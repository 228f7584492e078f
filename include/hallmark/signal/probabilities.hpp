// Any signal from probabilities, for models that do not show their logits.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/concept.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

namespace hallmark::inline v0 {

/// s(log p of row i, labels[i]) for each sample i: log-probabilities are logits, and every signal is the same for
/// logits that differ by a constant. So a row is divided by its sum first, in effect.
///
/// A probability of 0 is what is left of a small one; it counts as the smallest positive number of its type
/// (1.4e-45 for float), which keeps every score finite. A row must sum to one within `tolerance`: rounding to k
/// digits moves the sum by up to classes · 10^−k / 2. Throws as `evaluate` does, and on negative probabilities,
/// probabilities that are no numbers, rows with another sum, and a matrix without rows. Cost: samples · classes
/// logarithms, and the signal.
template <signal Signal, logits Probabilities>
[[nodiscard]] auto evaluate_probabilities(Signal const& s, Probabilities const& p, std::span<std::size_t const> labels, double tolerance = 1e-3)
    -> std::vector<double> {
    detail::require(tolerance >= 0.0 && tolerance < 1.0, errc::out_of_domain, "hallmark::evaluate_probabilities: tolerance is ", tolerance,
                    "; allowed is 0 or more, and less than 1");
    return detail::with_view(p, [&](auto v) -> std::vector<double> {
        using scalar = typename decltype(v)::value_type;
        if constexpr (std::floating_point<scalar>) {
            auto const m = as_logit_matrix(v);
            detail::require(m.samples >= 1, errc::empty_input, "hallmark::evaluate_probabilities: there are no rows of probabilities; allowed is 1 or more");
            detail::require(m.samples == labels.size(), errc::shape_mismatch, "hallmark::evaluate_probabilities: there are ", m.samples,
                            " rows of probabilities and ", labels.size(), " labels");
            detail::require(m.classes >= 2, errc::shape_mismatch, "hallmark::evaluate_probabilities: the rows have ", m.classes,
                            " classes; allowed is 2 or more");
            std::vector<double> out(m.samples), logs(m.classes);
            for (std::size_t n = 0; n < m.samples; ++n) {
                detail::require(labels[n] < m.classes, errc::out_of_domain, "hallmark::evaluate_probabilities: the label of sample ", n, " is ", labels[n],
                                "; allowed is 0 to ", m.classes - 1);
                auto const row = logit_row<scalar>{m.data + static_cast<std::ptrdiff_t>(n) * m.sample_stride, m.classes, m.class_stride};
                double     sum = 0.0;
                for (std::size_t c = 0; c < m.classes; ++c) {
                    detail::require(detail::is_number(row[c]), errc::not_a_number, "hallmark::evaluate_probabilities: the probability of sample ", n,
                                    " for class ", c, " is ", row[c], "; allowed is 0 to 1");
                    detail::require(row[c] >= 0.0, errc::out_of_domain, "hallmark::evaluate_probabilities: the probability of sample ", n, " for class ", c,
                                    " is ", row[c], "; allowed is 0 to 1");
                    sum += row[c];
                    logs[c] = std::log(row[c] > 0.0 ? row[c] : static_cast<double>(std::numeric_limits<scalar>::denorm_min()));
                }
                detail::require(std::abs(sum - 1.0) <= tolerance, errc::out_of_domain, "hallmark::evaluate_probabilities: the probabilities of sample ", n,
                                " sum to ", sum, "; allowed is 1, give or take ", tolerance);
                out[n] = s(logit_row<double>{logs.data(), m.classes, 1}, labels[n]);
            }
            return out;
        } else {
            detail::fail(errc::bad_format, "hallmark::evaluate_probabilities: the probabilities are 8-bit integers; allowed are floating-point numbers");
        }
    });
}

}  // namespace hallmark::inline v0
