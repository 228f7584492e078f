// The keyed class-wise convolution of CUDA (Sadasivan, Soltanolkotabi & Feizi 2023).
#pragma once

#include <hallmark/blend/change.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/blend/light.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/pattern/keyed_filter.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0 {

/// What the brightest pixel of a convolved picture becomes: white, as published, or as bright as the picture's brightest pixel was.
enum class brightest : std::uint8_t { white, kept };

/// x' = (filter ⋆ clamp(x + δ)) / its greatest value. The pattern is a `keyed_filter`, the same for each channel; beyond the edges the picture is black (zero
/// padding); the greatest value is that of all channels together. As in neural networks the filter is not turned over: its top left weight meets the pixel
/// above and to the left.
///
/// Sums are exact in integers. In encoded values 8-bit pixels are the exact quotient rounded to nearest, ties up; floats are within 2^-24 of it. In linear
/// light the picture is turned into light first, as a real lens blurs, and back at the end. It makes a set hard to learn rather than traceable, and changes
/// pictures strongly. A black picture stays black. Cost: size² multiplications a pixel.
class convolution {
public:
    explicit constexpr convolution(brightest most = brightest::white, light in = light::encoded) : most_(most), light_(in) {
        if (most != brightest::white && most != brightest::kept) {
            detail::fail(errc::out_of_domain, "hallmark::convolution: brightest is number ", static_cast<unsigned>(most), "; allowed is white or kept");
        }
        if (in != light::encoded && in != light::linear) {
            detail::fail(errc::out_of_domain, "hallmark::convolution: light is number ", static_cast<unsigned>(in), "; allowed is encoded or linear");
        }
    }

    template <class Scalar>
    void operator()(tensor_view<Scalar> out, tensor_view<Scalar const> in, tensor_view<level const> delta, keyed_filter const& filter) const {
        detail::require_one_picture(out, in, delta, "hallmark::convolution");
        auto const         channels = in.channels(), height = in.height(), width = in.width();
        std::vector<level> noisy;
        noisy.reserve(in.size());
        level before = 0;  // the brightest
        for (std::size_t c = 0; c < channels; ++c) {
            for (std::size_t h = 0; h < height; ++h) {
                for (std::size_t w = 0; w < width; ++w) {
                    noisy.push_back(lit(noisy_level(in.at(0, c, h, w), delta.at(0, 0, h, w))));
                    before = noisy.back() > before ? noisy.back() : before;
                }
            }
        }
        std::vector<std::uint64_t> sums(in.size());  // levels, Q32
        std::uint64_t              greatest = 0;
        for (std::size_t c = 0; c < channels; ++c) {
            auto const* plane = noisy.data() + c * height * width;
            for (std::size_t h = 0; h < height; ++h) {
                for (std::size_t w = 0; w < width; ++w) {
                    auto& sum = sums[(c * height + h) * width + w];
                    sum       = around(plane, height, width, h, w, filter.weights().data(), filter.size(), as_it_is{});
                    greatest  = sum > greatest ? sum : greatest;
                }
            }
        }
        for (std::size_t c = 0, i = 0; c < channels; ++c) {
            for (std::size_t h = 0; h < height; ++h) {
                for (std::size_t w = 0; w < width; ++w, ++i) {
                    auto const x       = in.at(0, c, h, w);
                    out.at(0, c, h, w) = convolved(x, noisy_level(x, delta.at(0, 0, h, w)), before, sums[i], greatest);
                }
            }
        }
    }

    /// The pixel with its noise, in encoded values.
    template <class Scalar>
    [[nodiscard]] HALLMARK_HD static constexpr auto noisy_level(Scalar x, level delta) noexcept -> level {
        return detail::clamp_level(detail::to_level(x) + delta);
    }
    /// As what it is convolved.
    [[nodiscard]] HALLMARK_HD constexpr auto lit(level noisy) const noexcept -> level { return light_ == light::linear ? to_linear(noisy) : noisy; }

    /// For `around`, where the levels are lit already.
    struct as_it_is {
        [[nodiscard]] HALLMARK_HD constexpr auto operator()(level v) const noexcept -> level { return v; }
    };
    /// The sum at one pixel, Q32 levels, of size² weights and a plane of noisy levels, of which `lit` makes what is convolved.
    template <class Lit>
    [[nodiscard]] HALLMARK_HD static constexpr auto around(level const* plane, std::size_t height, std::size_t width, std::size_t h, std::size_t w,
                                                           std::uint32_t const* weights, std::size_t size, Lit const& lit) noexcept -> std::uint64_t {
        auto const    reach = size / 2;
        std::uint64_t sum   = 0;
        for (std::size_t r = 0; r < size; ++r) {
            for (std::size_t k = 0; k < size; ++k) {
                // Unsigned, so that what lies above or to the left of the picture is also beyond its extents.
                auto const y = h + r - reach, x = w + k - reach;
                if (y < height && x < width) {
                    sum += static_cast<std::uint64_t>(lit(plane[y * width + x])) * weights[r * size + k];
                }
            }
        }
        return sum;
    }
    /// The pixel x, its noisy level and its sum, where the brightest noisy pixel was `before` and the greatest sum is `greatest`.
    template <class Scalar>
    [[nodiscard]] HALLMARK_HD constexpr auto convolved(Scalar x, level noisy, level before, std::uint64_t sum, std::uint64_t greatest) const noexcept
        -> Scalar {
        auto const top = most_ == brightest::white ? level_white : before;
        auto const v   = greatest == 0 ? 0 : share_of(static_cast<std::uint64_t>(top), sum, greatest);
        return detail::changed(x, change(detail::to_level(x), noisy, v));
    }

private:
    // From the pixel to the convolved level. In linear light the way there and back is the same, so that what did not change does not move.
    [[nodiscard]] HALLMARK_HD constexpr auto change(level x, level y, fine_level convolved) const noexcept -> fine_level {
        if (light_ == light::encoded) {
            return convolved - (fine_level{x} << 16);
        }
        return to_encoded(static_cast<level>((convolved + (1 << 15)) >> 16)) - to_encoded(to_linear(y)) + (fine_level{y - x} << 16);
    }

    // top · sum / greatest as a level, Q32, rounded down; top has 24 bits, the others up to 49.
    HALLMARK_HD static constexpr auto share_of(std::uint64_t top, std::uint64_t sum, std::uint64_t greatest) noexcept -> fine_level {
        // By long division, eight bits of `top` at a time: top = Σ d · 2^(8i). Then sixteen places more.
        std::uint64_t quotient = 0, rest = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            auto const digit = (top >> shift) & 0xff;
            auto const value = (rest << 8) + digit * sum;
            quotient         = (quotient << 8) + value / greatest;
            rest             = value % greatest;
        }
        for (int i = 0; i < 2; ++i) {
            quotient = (quotient << 8) + (rest << 8) / greatest;
            rest     = (rest << 8) % greatest;
        }
        return static_cast<fine_level>(quotient);
    }

    brightest most_;
    light     light_;
};
static_assert(image_blend_with<convolution, keyed_filter>);

}  // namespace hallmark::inline v0
