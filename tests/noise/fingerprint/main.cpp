// The fingerprints of pictures of every noise field, sum and warp, of planes and blocks of fields in space, and of stretched planes, beside
// ../fingerprints.txt.
#include <hallmark/noise/blue_noise.hpp>
#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/cellular_3d.hpp>
#include <hallmark/noise/domain_warp.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/normalise.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/perlin_3d.hpp>
#include <hallmark/noise/perlin_classic.hpp>
#include <hallmark/noise/rotate.hpp>
#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/simplex_3d.hpp>
#include <hallmark/noise/sine_map.hpp>
#include <hallmark/noise/sparse_gabor.hpp>
#include <hallmark/noise/sparse_gabor_field.hpp>
#include <hallmark/noise/threshold.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/value_3d.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/random/stream.hpp>

#include <support/fingerprint.hpp>
#include <support/fingerprint_program.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace {
using namespace hallmark;

constexpr auto lattice = keyed_lattice(0x12345678, 0x9abcdef0);
constexpr auto far     = noise_origin{std::numeric_limits<std::int32_t>::max() - 50, std::numeric_limits<std::int32_t>::min(), -5};

struct line {
    std::string name, sha256;
};

/// Pictures of odd sizes, with cells of one pixel to a million, also where places begin anew.
template <class Field>
auto pictures_of(Field const& field) -> std::string {
    struct shape {
        std::size_t   height, width;
        std::uint32_t period;
        noise_origin  origin;
    };
    std::vector<noise_sample> all;
    for (auto const& s : {shape{1, 1, 1, {}}, shape{257, 3, 1'000'000, {}}, shape{33, 67, 13, far}, shape{40, 70, 24, {}}, shape{3, 65, 1, {}}}) {
        std::vector<noise_sample> one(s.height * s.width);
        fill(field, s.period, nchw(one.data(), 1, 1, s.height, s.width), s.origin);
        all.insert(all.end(), one.begin(), one.end());
    }
    return fingerprint(all);
}
/// A plane and a block of a field in space.
template <class Field>
auto space_of(Field const& field) -> std::string {
    std::vector<noise_sample> block(5 * 7 * 9);
    fill_volume(field, 5, nchw(block.data(), 1, 5, 7, 9), far);
    return fingerprint(pictures_of(slice_field<Field>(field, 0x12345)) + fingerprint(block));
}
/// What `change` makes of a plane of 64 by 70 samples of four octaves of Perlin noise.
template <class Change>
auto changed(Change const& change) -> std::string {
    std::vector<noise_sample> samples(64 * 70);
    auto const                plane = nchw(samples.data(), 1, 1, 64, 70);
    fill(fractal(perlin(lattice), 4), 20, plane);
    change(plane);
    return fingerprint(samples);
}

struct entry {
    char const* name;
    std::string (*make)();
};
constexpr entry entries[] = {
    {"perlin", [] { return pictures_of(perlin(lattice)); }},
    {"perlin-classic", [] { return pictures_of(perlin_classic(lattice)); }},
    {"simplex", [] { return pictures_of(simplex(lattice)); }},
    {"value", [] { return pictures_of(value_noise(lattice)); }},
    {"uniform", [] { return pictures_of(uniform_noise(lattice)); }},
    {"blue", [] { return pictures_of(blue_noise(lattice)); }},
    {"cellular", [] { return pictures_of(cellular<>(lattice)); }},
    {"cellular-f2-f1-manhattan", [] { return pictures_of(cellular<cellular_value::f2_minus_f1, cellular_metric::manhattan>(lattice)); }},
    {"cellular-f2-chebyshev", [] { return pictures_of(cellular<cellular_value::f2, cellular_metric::chebyshev>(lattice)); }},
    {"gabor", [] { return pictures_of(make_gabor(lattice, {})); }},
    {"gabor-oriented-poisson",
     [] {
         return pictures_of(make_gabor(lattice, {5.3, 33.3, false, 7, true, true}));
     }},
    {"fractal", [] { return pictures_of(fractal(perlin(lattice), 16)); }},
    {"fractal-simplex", [] { return pictures_of(fractal(simplex(lattice), 4)); }},
    {"fbm",
     [] {
         return pictures_of(fbm(simplex(lattice), {5, 1.9, 0.7}));
     }},
    {"fbm-wrapping",
     [] {
         return pictures_of(fbm(simplex(lattice), {16, 3.7, 0.9}));
     }},
    {"ridged",
     [] {
         return pictures_of(ridged(perlin(lattice), {16, 2.1, 0.5}));
     }},
    {"billow",
     [] {
         return pictures_of(billow(value_noise(lattice), {3, 3.3, 0.3}));
     }},
    {"ping-pong",
     [] {
         return pictures_of(ping_pong(simplex(lattice), {3, 2.0, 0.5}, 2.7));
     }},
    {"warp", [] { return pictures_of(domain_warp(simplex(lattice), value_noise(lattice.octave(20)), 0.8)); }},
    {"scale", [] { return pictures_of(scale(perlin(lattice), 1.7)); }},
    {"rotate", [] { return pictures_of(rotate(perlin(lattice), 33.3)); }},
    {"threshold", [] { return pictures_of(threshold(simplex(lattice), 0.1)); }},
    {"value-3d", [] { return space_of(value_3d(lattice)); }},
    {"perlin-3d", [] { return space_of(perlin_3d(lattice)); }},
    {"simplex-3d", [] { return space_of(simplex_3d(lattice)); }},
    {"cellular-3d", [] { return space_of(cellular_3d<>(lattice)); }},
    {"fbm-3d",
     [] {
         return space_of(fbm(perlin_3d(lattice), {4, 1.9, 0.6}));
     }},
    {"warp-3d", [] { return space_of(domain_warp(simplex_3d(lattice), value_3d(lattice.octave(20)), 0.8)); }},
    {"warp-3d-lanes",
     [] {
         return space_of(domain_warp(fbm(simplex_3d(lattice), {2, 1.9, 0.6}), simplex_3d(lattice.octave(20)), 0.8));
     }},
    {"scale-3d", [] { return space_of(scale(perlin_3d(lattice), 1.7)); }},
    {"rotate-3d", [] { return space_of(rotate(simplex_3d(lattice), 33.3)); }},
    {"threshold-3d", [] { return space_of(threshold(cellular_3d<>(lattice), 0.1)); }},
    {"gabor-sparse",
     [] {
         return changed([](auto plane) {
             auto draws = stream(chacha_key{{1, 2}});
             sparse_gabor{gabor_kernel({23, 3.7, 31.3, 7.9, 0.8, 3}), 13, 2}.fill(draws, plane);
         });
     }},
    {"gabor-sparse-field",
     [] {
         return pictures_of(sparse_gabor_field(lattice, gabor_kernel({23, 3.7, 31.3, 7.9, 0.8, 3}), 13, 2));
     }},
    {"normalise-variance", [] { return changed([](auto plane) { normalise_variance(0.3, plane); }); }},
    {"normalise-range-sine",
     [] {
         return changed([](auto plane) {
             normalise_range(plane);
             apply_sine(33, plane);
         });
     }},
    {"sine-sign", [] { return changed([](auto plane) { apply_sine_sign(59, plane); }); }},
};
}  // namespace

int main(int argc, char** argv) {
    return fingerprints::run(argc, argv, [](auto const& executor) {
        std::vector<line> lines(std::size(entries));
        executor.for_each(lines.size(), [&](std::size_t i) { lines[i] = {entries[i].name, entries[i].make()}; });
        return lines;
    });
}
