// A Gabor kernel as an array: a wave under a bell, as OpenCV's getGaborKernel defines it, in whole numbers.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/noise/rotate.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0 {

/// `sides` kernels, turned by 180° / sides each, are added up, so that 1 is a wave in one direction and many are rings.
struct gabor_kernel_options {
    std::uint32_t size       = 23;   ///< odd, 3 to 255 pixels
    double        sigma      = 4.0;  ///< of the bell, in pixels, 0.25 to 64
    double        degrees    = 0.0;  ///< the direction of the wave, counterclockwise as OpenCV's theta, -360 to 360
    double        wavelength = 8.0;  ///< in pixels, 1 to 1024
    double        ratio      = 1.0;  ///< how much narrower the bell is across the wave, 1/16 to 16
    std::uint32_t sides      = 1;    ///< 1 to 36
};

/// exp(-(x'² + ratio² y'²) / (2 sigma²)) · cos(2π x' / wavelength), where x' = x cos θ + y sin θ and y' = y cos θ - x sin θ, summed over the
/// sides; Q.24, within 2^-22 a side. Symmetric about its middle: row r and column c are those of size - 1 - r and size - 1 - c.
class gabor_kernel {
public:
    gabor_kernel() : gabor_kernel(gabor_kernel_options{}) {}
    explicit gabor_kernel(gabor_kernel_options const& o) {
        detail::require(o.size % 2 == 1 && o.size >= 3 && o.size <= 255, errc::out_of_domain, "hallmark::gabor_kernel: size is ", o.size,
                        "; allowed are odd numbers from 3 to 255");
        detail::require(detail::is_number(o.sigma) && o.sigma >= 0.25 && o.sigma <= 64.0, errc::out_of_domain, "hallmark::gabor_kernel: sigma is ", o.sigma,
                        "; allowed is 0.25 to 64");
        detail::require(detail::is_number(o.degrees) && o.degrees >= -360.0 && o.degrees <= 360.0, errc::out_of_domain, "hallmark::gabor_kernel: degrees is ",
                        o.degrees, "; allowed is -360 to 360");
        detail::require(detail::is_number(o.wavelength) && o.wavelength >= 1.0 && o.wavelength <= 1024.0, errc::out_of_domain,
                        "hallmark::gabor_kernel: wavelength is ", o.wavelength, "; allowed is 1 to 1024");
        detail::require(detail::is_number(o.ratio) && o.ratio >= 0.0625 && o.ratio <= 16.0, errc::out_of_domain, "hallmark::gabor_kernel: ratio is ", o.ratio,
                        "; allowed is 1/16 to 16");
        detail::require(o.sides >= 1 && o.sides <= 36, errc::out_of_domain, "hallmark::gabor_kernel: sides is ", o.sides, "; allowed is 1 to 36");
        size_ = o.size;
        elements_.assign(std::size_t{size_} * size_, 0);
        auto const half = static_cast<std::int64_t>(o.size / 2);
        auto const bell = static_cast<std::int64_t>(0x1p28 / (o.sigma * std::sqrt(2.0)));            // Q.28, below 2^30
        auto const deep = static_cast<std::int64_t>(0x1p28 * o.ratio / (o.sigma * std::sqrt(2.0)));  // Q.28, below 2^34
        auto const wave = static_cast<std::int64_t>(0x1p30 / o.wavelength);                          // turns a pixel, Q.30
        for (std::uint32_t side = 0; side < o.sides; ++side) {
            auto const  d  = detail::direction_of(o.degrees + 180.0 * side / o.sides);
            std::size_t at = 0;
            for (auto y = half; y >= -half; --y) {
                for (auto x = half; x >= -half; --x, ++at) {
                    auto const along = (x * d.cosine + y * d.sine) >> 6, across = (y * d.cosine - x * d.sine) >> 6;  // Q.24, below 2^32
                    auto const power = squared(along, bell) + squared(across, deep);
                    auto const turn  = static_cast<std::uint32_t>((along * wave) >> 22);  // Q.32, whole turns dropped
                    elements_[at] += static_cast<std::int32_t>((falling(power) * detail::cosine30(turn)) >> 36);
                }
            }
        }
        for (auto const e : elements_) {
            greatest_ = std::max(greatest_, e < 0 ? -e : e);
        }
    }
    [[nodiscard]] auto size() const noexcept -> std::uint32_t { return size_; }
    /// The size of its greatest element, Q.24.
    [[nodiscard]] auto greatest() const noexcept -> std::int32_t { return greatest_; }
    [[nodiscard]] auto row(std::size_t r) const noexcept -> std::int32_t const* { return elements_.data() + r * size_; }

    friend auto operator==(gabor_kernel const&, gabor_kernel const&) -> bool = default;

private:
    // The square, Q.28, of a place, Q.24, times a factor, Q.28; no more than 25, where the bell is nothing.
    static auto squared(std::int64_t place, std::int64_t factor) noexcept -> std::int64_t {
        constexpr auto most = std::int64_t{5} << 28;
        auto const     size = place < 0 ? -place : place;
        // Without this the product could pass 2^63.
        auto const s = size > (most << 24) / factor ? most : (size * factor) >> 24;
        return (s * s) >> 28;
    }
    // exp(-power), Q.28 to Q.30, to 2^-28: a power of two and a series.
    static auto falling(std::int64_t power) noexcept -> std::int64_t {
        auto const   halvings = (power * 387270501) >> 28;                         // power · log2(e), Q.28
        auto const   y        = ((halvings & ((1 << 28) - 1)) * 744261118) >> 28;  // the rest, times ln 2, Q.30
        std::int64_t sum      = noise_one;
        for (std::int64_t k = 11; k > 0; --k) {
            sum = noise_one - ((sum * y) >> 30) / k;
        }
        return (halvings >> 28) > 40 ? 0 : sum >> (halvings >> 28);
    }

    std::uint32_t             size_     = 0;
    std::int32_t              greatest_ = 0;
    std::vector<std::int32_t> elements_;
};

}  // namespace hallmark::inline v0
