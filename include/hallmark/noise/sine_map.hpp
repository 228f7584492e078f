// The sine map of procedural adversarial noise (Co et al., CCS 2019): a smooth field becomes wavy bands.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/grid.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

/// v → sin(π · half_cycles · v), where v is the sample moved to [0, 1] by the picture's own range: v =
/// (sample − least) / (greatest − least). Pure integer arithmetic; the wave is exact to 2^-24, and which half
/// wave a sample is in is exact. A picture whose samples are all equal has v = 0 everywhere.
class sine_map {
public:
    /// `half_cycles` in [1, 65535]: how many half waves there are between the least and the greatest sample,
    /// which lie in [-1, 1].
    HALLMARK_HD constexpr sine_map(std::uint32_t half_cycles, noise_range range) noexcept : least_(range.least) {
        auto const width = static_cast<std::uint64_t>(std::int64_t{range.greatest} - range.least);
        if (width == 0) {
            return;
        }
        // half_cycles / (2 width) · 2^64, rounded up, by long division; whole waves fall off at the top.
        auto const waves = static_cast<std::uint64_t>(half_cycles) << 32;
        auto const rest  = (waves % width) << 31;
        scale_           = ((waves / width) << 31) + rest / width + (rest % width != 0 ? 1 : 0);
    }

    /// The wave itself, Q1.30.
    [[nodiscard]] HALLMARK_HD constexpr auto wave(noise_sample n) const noexcept -> noise_sample {
        auto const p    = phase(n);
        auto const sine = half_wave(static_cast<std::int64_t>((p << 1) >> 34));
        return static_cast<noise_sample>(p >> 63 ? -sine : sine);
    }
    /// +1 in the half waves 0, 2, …, −1 in 1, 3, …, no sine needed: half wave k is where k ≤ half_cycles · v < k + 1.
    /// So a sample where the wave is exactly 0 belongs to the half wave that begins there.
    [[nodiscard]] HALLMARK_HD constexpr auto sign(noise_sample n) const noexcept -> noise_sample { return phase(n) >> 63 ? -noise_one : noise_one; }

private:
    // The fraction of the whole wave (two half waves) that the sample is in, Q0.64; whole waves are dropped by the
    // multiplication's overflow. The scale is less than one unit too large, the phase therefore less than (n − least)
    // ≤ 2^31 units: less than the distance from any sample to the next half wave, at least 2^63 / width ≥ 2^32 units.
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
inline void require_half_cycles(std::uint32_t half_cycles, std::string_view who) {
    require(half_cycles >= 1 && half_cycles <= 65535, errc::out_of_domain, who, ": half_cycles is ", half_cycles, "; allowed is 1 to 65535");
}

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

/// Replaces every sample of a plane by its wave. `half_cycles` in [1, 65535].
inline void apply_sine(std::uint32_t half_cycles, tensor_view<noise_sample> plane) {
    detail::require_half_cycles(half_cycles, "hallmark::apply_sine");
    if (plane.size() == 0) {
        return;
    }
    auto const map = sine_map(half_cycles, range_of(plane));
    detail::transform(plane, [&](noise_sample n) { return map.wave(n); });
}

/// Replaces every sample of a plane by the sign of its wave, ±1. `half_cycles` in [1, 65535].
inline void apply_sine_sign(std::uint32_t half_cycles, tensor_view<noise_sample> plane) {
    detail::require_half_cycles(half_cycles, "hallmark::apply_sine_sign");
    if (plane.size() == 0) {
        return;
    }
    auto const map = sine_map(half_cycles, range_of(plane));
    detail::transform(plane, [&](noise_sample n) { return map.sign(n); });
}

}  // namespace hallmark::inline v0
