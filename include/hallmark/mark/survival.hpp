// How much of a mark is left after an attack.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/attack.hpp>
#include <hallmark/mark/quality.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

/// Correlation (Pearson), in [-1, 1], of the mark, marked - original, with what is left of it: attacked(marked) - attacked(original). 1: the attack did
/// nothing to the mark; 0: there is nothing of it where it was. An attack that leaves no difference at all gives 0. The pictures must
/// differ in more than a constant.
[[nodiscard]] inline auto correlation_of_residual(tensor_view<std::uint8_t const> original, tensor_view<std::uint8_t const> marked,
                                                  tensor_view<std::uint8_t const> attacked_original, tensor_view<std::uint8_t const> attacked_marked)
    -> double {
    constexpr std::string_view who = "hallmark::survival";
    detail::require_pair(original, marked, who);
    detail::require_pair(original, attacked_original, who);
    detail::require_pair(original, attacked_marked, who);
    // Whole numbers up to the last step: nothing depends on the order of the sum.
    std::int64_t x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (std::size_t n = 0; n < original.samples(); ++n) {
        for (std::size_t c = 0; c < original.channels(); ++c) {
            for (std::size_t h = 0; h < original.height(); ++h) {
                for (std::size_t w = 0; w < original.width(); ++w) {
                    auto const mark = int{marked.at(n, c, h, w)} - original.at(n, c, h, w);
                    auto const left = int{attacked_marked.at(n, c, h, w)} - attacked_original.at(n, c, h, w);
                    x += mark, y += left, xx += mark * mark, yy += left * left, xy += mark * left;
                }
            }
        }
    }
    auto const count  = static_cast<double>(original.size());
    auto const spread = [&](std::int64_t squares, std::int64_t sum) {
        return static_cast<double>(squares) - static_cast<double>(sum) * static_cast<double>(sum) / count;
    };
    auto const of_mark = spread(xx, x), of_rest = spread(yy, y);
    detail::require(of_mark > 0.0, errc::out_of_domain, who,
                    ": the marked pictures differ from the originals by a constant at most, so there is no mark to follow");
    if (of_rest <= 0.0) {
        return 0.0;
    }
    return (static_cast<double>(xy) - static_cast<double>(x) * static_cast<double>(y) / count) / std::sqrt(of_mark * of_rest);
}

/// The same, with the attack made here.
template <attack A>
[[nodiscard]] auto survival(tensor_view<std::uint8_t const> original, tensor_view<std::uint8_t const> marked, A const& a) -> double {
    auto const before = a(original), after = a(marked);
    return correlation_of_residual(original, marked, before.view(), after.view());
}

/// With an attack for each side, where they draw: noise that is the same on both would fall out of the difference.
template <attack A>
[[nodiscard]] auto survival(tensor_view<std::uint8_t const> original, tensor_view<std::uint8_t const> marked, A const& on_original, A const& on_marked)
    -> double {
    auto const before = on_original(original), after = on_marked(marked);
    return correlation_of_residual(original, marked, before.view(), after.view());
}

}  // namespace hallmark::inline v0
