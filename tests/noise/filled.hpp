// What a noise source writes into a plane, for tests of sources.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/random/chacha20.hpp>
#include <hallmark/random/stream.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

inline auto draws(std::uint32_t seed) -> hallmark::stream { return hallmark::stream(hallmark::chacha_key{{seed, 2, 3, 4, 5, 6, 7, 8}}); }

template <class Noise>
auto filled(Noise const& noise, std::uint32_t seed, std::size_t height, std::size_t width) -> std::vector<hallmark::noise_sample> {
    std::vector<hallmark::noise_sample> plane(height * width, 77);
    auto                                s = draws(seed);
    noise.fill(s, hallmark::nchw(plane.data(), 1, 1, height, width));
    return plane;
}
