// The two noises a marker can blend in: ±1 in every pixel, drawn from a key.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/sine_map.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

/// Both ends included.
struct whole_range {
    std::uint32_t         first, last;
    friend constexpr auto operator==(whole_range const&, whole_range const&) -> bool = default;
};

namespace detail {
inline void require_rising(whole_range r, std::string_view name, std::string_view who) {
    require(r.first <= r.last, errc::out_of_domain, who, ": ", name, " is ", r.first, " to ", r.last, "; allowed are rising ranges");
}

/// What fractal noise draws before its lattice, in this order: the size of a cell in pixels, and octaves.
struct octave_draws {
    std::uint32_t period, octaves;
};
[[nodiscard]] inline auto draw_octaves(stream& draws, whole_range period, whole_range octaves, std::string_view who) -> octave_draws {
    require_rising(period, "period", who);
    require_rising(octaves, "octaves", who);
    octave_draws out{};
    out.period  = uniform_between(draws, period.first, period.last);
    out.octaves = uniform_between(draws, octaves.first, octaves.last);
    require(out.octaves >= 1 && out.octaves <= 16, errc::out_of_domain, who, ": octaves is ", out.octaves, "; allowed is 1 to 16");
    return out;
}

/// What sine-mapped noise draws before its lattice: the same, and half waves.
struct wave_draws {
    std::uint32_t period, octaves, half_cycles;
};
[[nodiscard]] inline auto draw_waves(stream& draws, whole_range period, whole_range octaves, whole_range half_cycles, std::string_view who) -> wave_draws {
    require_rising(half_cycles, "half_cycles", who);
    auto const [p, o] = draw_octaves(draws, period, octaves, who);
    return {p, o, uniform_between(draws, half_cycles.first, half_cycles.last)};
}
}  // namespace detail

/// The sign of sine-mapped fractal Perlin noise (Co et al. 2019; Chen & Pattabiraman 2025): bands of ±1 with
/// the widths of the pictures' own texture. Per sample it draws the period (pixels), the octaves, the number
/// of half cycles and a 64-bit lattice, in this order.
struct perlin_sign_noise {
    whole_range period{30, 59};
    whole_range octaves{1, 4};
    whole_range half_cycles{20, 59};

    void fill(stream& draws, tensor_view<noise_sample> plane) const {
        auto const map = waves(draws, plane);
        detail::for_each_row(plane, [&](noise_sample* samples, std::size_t count) { map.signs(samples, count); });
    }
    void fill_signs(stream& draws, tensor_view<noise_sample> plane, std::uint8_t* signs) const {
        auto const map = waves(draws, plane);
        detail::for_each_row(plane, [&](noise_sample const* samples, std::size_t count) {
            map.signs(samples, count, signs);
            signs += count;
        });
    }

private:
    // Fills the plane with the smooth field; returns the map that makes waves of it.
    auto waves(stream& draws, tensor_view<noise_sample> plane) const -> sine_map {
        auto const [p, o, f] = detail::draw_waves(draws, period, octaves, half_cycles, "hallmark::perlin_sign_noise");
        auto const field     = fractal(perlin(keyed_lattice::draw(draws)), o);
        detail::require_grid(p, plane);
        detail::require_half_cycles(f, "hallmark::perlin_sign_noise");
        return plane.size() == 0 ? sine_map(f, {}) : sine_map(f, detail::fill_and_range(field, p, plane));
    }
};
static_assert(sign_noise_source<perlin_sign_noise>);

/// ±1 by a fair coin for each pixel.
struct uniform_sign_noise {
    void fill(stream& draws, tensor_view<noise_sample> plane) const {
        hallmark::fill(uniform_noise(keyed_lattice::draw(draws)), 1, plane);
        detail::transform(plane, [](noise_sample n) { return n < 0 ? -noise_one : noise_one; });
    }
    void fill_signs(stream& draws, tensor_view<noise_sample> plane, std::uint8_t* signs) const {
        hallmark::fill(uniform_noise(keyed_lattice::draw(draws)), 1, plane);
        detail::for_each_row(plane, [&](noise_sample const* samples, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i) {
                *signs++ = samples[i] < 0 ? 255 : 0;
            }
        });
    }
};
static_assert(sign_noise_source<uniform_sign_noise>);

}  // namespace hallmark::inline v0
