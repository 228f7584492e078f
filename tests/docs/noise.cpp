// The code of docs/noise.md that combines fields.
#include <hallmark/core/tensor.hpp>
#include <hallmark/noise/cellular_3d.hpp>
#include <hallmark/noise/domain_warp.hpp>
#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/lattice.hpp>
#include <hallmark/noise/normalise.hpp>
#include <hallmark/noise/rotate.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/threshold.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/volume.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

TEST_CASE("fields of fields") {
    auto const lattice = hallmark::keyed_lattice(1, 2);
    // clang-format off
    // [noise-fields]
    std::vector<hallmark::noise_sample> samples(64 * 64);
    auto const plane  = hallmark::nchw(samples.data(), 1, 1, 64, 64);
    auto const clouds = hallmark::fbm(hallmark::simplex(lattice), {5, 2.0, 0.5});  // octaves, lacunarity, gain
    auto const warped = hallmark::domain_warp(clouds, hallmark::value_noise(lattice.octave(20)), 0.8);  // moved by up to 0.8 cells
    hallmark::fill(hallmark::rotate(warped, 30.0), 40, plane);
    hallmark::normalise_range(plane);

    hallmark::gabor_options options;
    options.frequency = 4.0;  // waves per cell
    options.isotropic = false;
    options.orientation = 45.0;
    hallmark::fill(hallmark::threshold(hallmark::make_gabor(lattice, options)), 16, plane);  // bands of +1 and −1

    std::vector<hallmark::noise_sample> block(8 * 32 * 32);
    auto const cells = hallmark::cellular_3d<hallmark::cellular_value::f2_minus_f1>(lattice);
    hallmark::fill_volume(cells, 12, hallmark::nchw(block.data(), 1, 8, 32, 32));  // 8 frames of 32 x 32
    // [/noise-fields]
    // clang-format on
    for (auto v : samples) {
        CHECK((v == hallmark::noise_one || v == -hallmark::noise_one));
    }
    CHECK(*std::min_element(block.begin(), block.end()) < *std::max_element(block.begin(), block.end()));
}
