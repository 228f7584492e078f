// What happens to published pictures before somebody trains on them: blur, median, noise, colour changes, few colours.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// `a(pictures)` is every picture, changed, in the same size. An attack that draws takes its draws from the order of the values alone, so the
/// same pictures are changed in the same way. JPEG, resizing and cropping are in io/attacks.hpp.
template <class A>
concept attack = requires(A const& a, tensor_view<std::uint8_t const> pictures) {
    { a(pictures) } -> std::same_as<image_batch<std::uint8_t>>;
};

namespace detail {
[[nodiscard]] inline auto to_byte(double v) noexcept -> std::uint8_t { return static_cast<std::uint8_t>(v <= 0.0 ? 0.0 : v >= 255.0 ? 255.0 : v + 0.5); }

/// A new batch whose value at (n, c, h, w) is f(n, c, h, w).
template <class F>
[[nodiscard]] auto batch_of(tensor_view<std::uint8_t const> like, F f) -> image_batch<std::uint8_t> {
    image_batch<std::uint8_t> out(like.samples(), like.channels(), like.height(), like.width());
    auto                      to = out.elements().begin();
    for (std::size_t n = 0; n < like.samples(); ++n) {
        for (std::size_t c = 0; c < like.channels(); ++c) {
            for (std::size_t h = 0; h < like.height(); ++h) {
                for (std::size_t w = 0; w < like.width(); ++w) {
                    *to++ = f(n, c, h, w);
                }
            }
        }
    }
    return out;
}

/// Index i + offset - reach, held inside [0, extent): edges are repeated.
[[nodiscard]] inline auto held(std::size_t i, std::size_t offset, std::size_t reach, std::size_t extent) noexcept -> std::size_t {
    auto const at = i + offset;
    return at < reach ? 0 : std::min(at - reach, extent - 1);
}
}  // namespace detail

/// A Gaussian of deviation `sigma` pixels, in (0, 100]; edges are repeated.
struct blur_attack {
    double sigma = 1.0;

    [[nodiscard]] auto operator()(tensor_view<std::uint8_t const> pictures) const -> image_batch<std::uint8_t> {
        constexpr std::string_view who = "hallmark::blur_attack";
        detail::require_pictures(pictures, who);
        detail::require(detail::is_number(sigma) && sigma > 0.0 && sigma <= 100.0, errc::out_of_domain, who, ": sigma is ", sigma,
                        " pixels; allowed is more than 0 and at most 100");
        auto const          reach = static_cast<std::size_t>(3.0 * sigma + 1.0);
        std::vector<double> tap(2 * reach + 1);
        double              sum = 0.0;
        for (std::size_t i = 0; i < tap.size(); ++i) {
            auto const d  = static_cast<double>(i) - static_cast<double>(reach);
            sum += tap[i] = std::exp(-0.5 * d * d / (sigma * sigma));
        }
        auto const          height = pictures.height(), width = pictures.width();
        std::vector<double> across(pictures.size());
        auto                to = across.begin();
        (void)detail::batch_of(pictures, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
            double v = 0.0;
            for (std::size_t i = 0; i < tap.size(); ++i) {
                v += tap[i] * pictures.at(n, c, h, detail::held(w, i, reach, width));
            }
            *to++ = v / sum;
            return std::uint8_t{0};
        });
        return detail::batch_of(pictures, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
            auto const* plane = across.data() + (n * pictures.channels() + c) * height * width;
            double      v     = 0.0;
            for (std::size_t i = 0; i < tap.size(); ++i) {
                v += tap[i] * plane[detail::held(h, i, reach, height) * width + w];
            }
            return detail::to_byte(v / sum);
        });
    }
};

/// The median of 3 x 3 pixels of each channel; edges are repeated.
struct median_attack {
    [[nodiscard]] auto operator()(tensor_view<std::uint8_t const> pictures) const -> image_batch<std::uint8_t> {
        detail::require_pictures(pictures, "hallmark::median_attack");
        return detail::batch_of(pictures, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
            std::uint8_t nine[9];
            for (std::size_t i = 0; i < 9; ++i) {
                nine[i] = pictures.at(n, c, detail::held(h, i / 3, 1, pictures.height()), detail::held(w, i % 3, 1, pictures.width()));
            }
            std::nth_element(nine, nine + 4, nine + 9);
            return nine[4];
        });
    }
};

/// Adds noise of deviation `sigma` levels of 255, in [0, 255], to every value: twelve uniform draws less their mean, close to a Gaussian. The draws are
/// those of `key`.
struct noise_attack {
    double     sigma = 8.0;
    chacha_key key{};

    [[nodiscard]] auto operator()(tensor_view<std::uint8_t const> pictures) const -> image_batch<std::uint8_t> {
        constexpr std::string_view who = "hallmark::noise_attack";
        detail::require_pictures(pictures, who);
        detail::require(detail::is_number(sigma) && sigma >= 0.0 && sigma <= 255.0, errc::out_of_domain, who, ": sigma is ", sigma,
                        " levels; allowed is 0 to 255");
        stream draws(key);
        return detail::batch_of(pictures, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
            double sum = -6.0;  // the variance of one draw is 1/12
            for (int i = 0; i < 12; ++i) {
                sum += uniform_double(draws);
            }
            return detail::to_byte(static_cast<double>(pictures.at(n, c, h, w)) + sigma * sum);
        });
    }
};

/// Multiplies brightness, contrast and saturation by 1 + amount, one after the other, as colour jitter does at its upper end; `amount` in [-1, 10].
struct colour_attack {
    double amount = 0.2;

    [[nodiscard]] auto operator()(tensor_view<std::uint8_t const> pictures) const -> image_batch<std::uint8_t> {
        constexpr std::string_view who = "hallmark::colour_attack";
        detail::require_pictures(pictures, who);
        detail::require(detail::is_number(amount) && amount >= -1.0 && amount <= 10.0, errc::out_of_domain, who, ": amount is ", amount,
                        "; allowed is -1 to 10");
        auto const factor = 1.0 + amount;
        auto const held   = [](double v) { return v < 0.0 ? 0.0 : v > 255.0 ? 255.0 : v; };
        auto const bright = [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) { return held(factor * pictures.at(n, c, h, w)); };
        auto const grey   = [&](auto const& value, std::size_t n, std::size_t h, std::size_t w) {
            return pictures.channels() == 1 ? value(n, 0, h, w) : (77.0 * value(n, 0, h, w) + 150.0 * value(n, 1, h, w) + 29.0 * value(n, 2, h, w)) / 256.0;
        };
        std::vector<double> mean(pictures.samples());
        for (std::size_t n = 0; n < pictures.samples(); ++n) {
            for (std::size_t h = 0; h < pictures.height(); ++h) {
                for (std::size_t w = 0; w < pictures.width(); ++w) {
                    mean[n] += grey(bright, n, h, w);
                }
            }
            mean[n] /= static_cast<double>(pictures.height() * pictures.width());
        }
        auto const contrasted = [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
            return held(mean[n] + factor * (bright(n, c, h, w) - mean[n]));
        };
        return detail::batch_of(pictures, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
            auto const middle = grey(contrasted, n, h, w);
            return detail::to_byte(middle + factor * (contrasted(n, c, h, w) - middle));
        });
    }
};

/// Each channel in `levels` equal steps, 2 to 256: as many colours as its third power.
struct palette_attack {
    unsigned levels = 8;

    [[nodiscard]] auto operator()(tensor_view<std::uint8_t const> pictures) const -> image_batch<std::uint8_t> {
        constexpr std::string_view who = "hallmark::palette_attack";
        detail::require_pictures(pictures, who);
        detail::require(levels >= 2 && levels <= 256, errc::out_of_domain, who, ": levels is ", levels, "; allowed is 2 to 256");
        auto const steps = levels - 1;
        return detail::batch_of(pictures, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
            auto const step = (pictures.at(n, c, h, w) * steps + 127u) / 255u;
            return static_cast<std::uint8_t>((step * 255u + steps / 2u) / steps);
        });
    }
};

static_assert(attack<blur_attack> && attack<median_attack> && attack<noise_attack> && attack<colour_attack> && attack<palette_attack>);

}  // namespace hallmark::inline v0
