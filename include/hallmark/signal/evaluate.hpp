// A signal for every row of a matrix of logits.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/concept.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace hallmark::inline v0 {

/// s(row i, labels[i]) for each sample i. Throws if the counts differ, a label is not a class, a logit is not
/// finite, or there are fewer than two classes. Cost: samples · classes exponentials.
template <signal Signal, logits Logits>
[[nodiscard]] auto evaluate(Signal const& s, Logits const& z, std::span<std::size_t const> labels) -> std::vector<double> {
    return detail::with_view(z, [&](auto v) -> std::vector<double> {
        using scalar = typename decltype(v)::value_type;
        if constexpr (std::floating_point<scalar>) {
            auto const m = as_logit_matrix(v);
            detail::require(m.samples == labels.size(), errc::shape_mismatch, "hallmark::evaluate: there are ", m.samples, " rows of logits and ",
                            labels.size(), " labels");
            detail::require(m.classes >= 2, errc::shape_mismatch, "hallmark::evaluate: the logits have ", m.classes, " classes; allowed is 2 or more");
            std::vector<double> out(m.samples);
            for (std::size_t n = 0; n < m.samples; ++n) {
                detail::require(labels[n] < m.classes, errc::out_of_domain, "hallmark::evaluate: the label of sample ", n, " is ", labels[n],
                                "; allowed is 0 to ", m.classes - 1);
                auto const row = logit_row<scalar>{m.data + static_cast<std::ptrdiff_t>(n) * m.sample_stride, m.classes, m.class_stride};
                for (std::size_t c = 0; c < m.classes; ++c) {
                    detail::require(detail::is_number(row[c]), errc::not_a_number, "hallmark::evaluate: the logit of sample ", n, " for class ", c, " is ",
                                    row[c], "; allowed is any finite number");
                }
                out[n] = s(row, labels[n]);
                detail::require(detail::is_number(out[n]), errc::out_of_domain, "hallmark::evaluate: the signal of sample ", n, " is ", out[n],
                                "; the differences of its logits must fit in a double");
            }
            return out;
        } else {
            detail::fail(errc::bad_format, "hallmark::evaluate: the logits are 8-bit integers; allowed are floating-point numbers");
        }
    });
}

}  // namespace hallmark::inline v0
