// The sine map of procedural adversarial noise (Co et al., CCS 2019): a smooth field becomes wavy bands.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/grid.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// v → sin(π · half_cycles · v), where v is the sample moved to [0, 1] by the picture's own range. Pure
/// integer arithmetic; exact to 2^-24. A picture whose samples are all equal has v = 0 everywhere.
class sine_map {
public:
    /// `half_cycles` in [1, 65535]: how many half waves there are between the least and the greatest sample.
    HALLMARK_HD constexpr sine_map(std::uint32_t half_cycles, noise_range range) noexcept : least_(range.least) {
        auto const width = static_cast<std::uint64_t>(std::int64_t{range.greatest} - range.least);
        scale_           = width == 0 ? 0 : (static_cast<std::uint64_t>(half_cycles) << 32) / width;
    }

    /// The wave itself, Q1.30.
    [[nodiscard]] HALLMARK_HD constexpr auto wave(noise_sample n) const noexcept -> noise_sample {
        auto const p    = phase(n);
        auto const sine = half_wave(static_cast<std::int64_t>(p & 0xffffffffu) >> 2);
        return static_cast<noise_sample>(p >> 32 & 1u ? -sine : sine);
    }
    /// +1 where the wave is positive or 0, −1 where it is negative: the parity of the half wave, no sine needed.
    [[nodiscard]] HALLMARK_HD constexpr auto sign(noise_sample n) const noexcept -> noise_sample { return phase(n) >> 32 & 1u ? -noise_one : noise_one; }

private:
    // Half waves since the least sample, Q32.32. (n - least) < 2^32 and scale < 2^48 / width, so nothing overflows.
    [[nodiscard]] HALLMARK_HD constexpr auto phase(noise_sample n) const noexcept -> std::uint64_t {
        return static_cast<std::uint64_t>(std::int64_t{n} - least_) * scale_;
    }

    // sin(πt) = cos(π(t − ½)) for t in [0, 1), Q30, by the cosine's series up to the 12th power: error 7e-9.
    HALLMARK_HD static constexpr auto half_wave(std::int64_t t) noexcept -> std::int64_t {
        // (−1)^k π^(2k) / (2k)!, Q30, highest power first: each rounded to nearest.
        constexpr std::int64_t term[] = {2071865, -27709939, 252684340, -1433727481, 4358008962, -5298703516, 1073741824};
        auto const             z      = t - (noise_one >> 1);
        auto const             z2     = (z * z) >> 30;
        auto                   sum    = term[0];
        for (int k = 1; k < 7; ++k) {
            sum = ((sum * z2) >> 30) + term[k];
        }
        return sum < 0 ? 0 : (sum > noise_one ? noise_one : sum);
    }

    noise_sample  least_ = 0;
    std::uint64_t scale_ = 0;
};

namespace detail {
template <class F>
void transform(tensor_view<noise_sample> plane, F f) {
    for (std::size_t h = 0; h < plane.height(); ++h) {
        for (std::size_t w = 0; w < plane.width(); ++w) {
            auto& v = plane.at(0, 0, h, w);
            v       = f(v);
        }
    }
}
}  // namespace detail

/// Replaces every sample of a plane by its wave.
inline void apply_sine(std::uint32_t half_cycles, tensor_view<noise_sample> plane) {
    auto const map = sine_map(half_cycles, range_of(plane));
    detail::transform(plane, [&](noise_sample n) { return map.wave(n); });
}

/// Replaces every sample of a plane by the sign of its wave, ±1.
inline void apply_sine_sign(std::uint32_t half_cycles, tensor_view<noise_sample> plane) {
    auto const map = sine_map(half_cycles, range_of(plane));
    detail::transform(plane, [&](noise_sample n) { return map.sign(n); });
}

}  // namespace hallmark::inline v0
