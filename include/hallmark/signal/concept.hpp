// What a signal is: one number per sample, from a model's logits; larger means more likely trained on.
#pragma once

#include <hallmark/config.hpp>

#include <concepts>
#include <cstddef>

namespace hallmark::inline v0 {

/// The logits of one sample: at least two, all finite.
template <class Scalar>
struct logit_row {
    Scalar const*  data;
    std::size_t    classes;
    std::ptrdiff_t stride;  // in elements

    [[nodiscard]] HALLMARK_HD constexpr auto operator[](std::size_t c) const noexcept -> double {
        return static_cast<double>(data[static_cast<std::ptrdiff_t>(c) * stride]);
    }
};

/// `s(row, label)` with label < row.classes. Larger = member, always: a loss enters with a minus sign.
template <class S>
concept signal = requires(S const s, logit_row<float> f, logit_row<double> d, std::size_t label) {
    { s(f, label) }
    noexcept->std::same_as<double>;
    { s(d, label) }
    noexcept->std::same_as<double>;
};

}  // namespace hallmark::inline v0
