#include <hallmark/noise/cellular_3d.hpp>

#include "volume_laws.hpp"

using namespace hallmark;

namespace {
// The definition: all points within two cells, in double, from the same hashes.
template <cellular_value Value, cellular_metric Metric>
auto reference(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) -> double {
    std::vector<double> distances;
    for (int p = 0; p < 125; ++p) {
        int const  a = p % 5 - 2, b = p / 5 % 5 - 2, c = p / 25 - 2;
        auto const at = [](std::uint32_t v, int step) { return ((v >> 16) + static_cast<std::uint32_t>(step)) & 0xffffu; };
        auto const h  = detail::hash3(laws::lattice, at(x, a), at(y, b), at(z, c));
        auto const to = [](int step, std::uint32_t bits, std::uint32_t v) { return std::abs(step + bits * 0x1p-10 - (v & 0xffffu) * 0x1p-16); };
        auto const dx = to(a, h >> 22, x), dy = to(b, h >> 12 & 1023u, y), dz = to(c, h >> 2 & 1023u, z);
        distances.push_back(Metric == cellular_metric::euclidean ? std::sqrt(dx * dx + dy * dy + dz * dz)
                                                                 : (Metric == cellular_metric::manhattan ? dx + dy + dz : std::max({dx, dy, dz})));
    }
    std::sort(distances.begin(), distances.end());
    double const f1 = std::min(distances[0], 1.0), f2 = std::min(distances[1], 1.0);
    return 2 * (Value == cellular_value::f1 ? f1 : (Value == cellular_value::f2 ? f2 : f2 - f1)) - 1;
}

template <cellular_value Value, cellular_metric Metric>
void check(double mean) {
    auto const field = cellular_3d<Value, Metric>(laws::lattice);
    double     worst = 0;
    for (auto const z : laws::positions(6)) {
        for (auto const y : laws::positions(6)) {
            for (auto const x : laws::positions(6)) {
                worst = std::max(worst, std::abs(field(x, y, z) * 0x1p-30 - reference<Value, Metric>(x, y, z)));
            }
        }
    }
    CHECK(worst < 0x1p-10);
    laws::check_volume(field, 0.0015, mean);
    laws::check_periodic(slice_field(field, 0x12345));
    CHECK(field.octave(3) == cellular_3d<Value, Metric>(laws::lattice.octave(3)));
}
}  // namespace

TEST_CASE("golden fields") {
    using enum cellular_value;
    using enum cellular_metric;
    CHECK(laws::volume_fingerprint(cellular_3d<f1, euclidean>(laws::lattice)) == "3dbbfa29474a3e0de43f99f3226b6dd25ebe2955d1bfb7b1f0810152b2c38f07");
    CHECK(laws::volume_fingerprint(cellular_3d<f2, manhattan>(laws::lattice)) == "e9e28f7f037a2c246e108715ca6c5570f0e7a63b233b03e0be7d30579e0348d1");
    CHECK(laws::volume_fingerprint(cellular_3d<f2_minus_f1, chebyshev>(laws::lattice)) == "c1425306090510a38f205a85e619c04330ba4690f8ec78e47003734dab39fe52");
}

TEST_CASE("the nearest points, by definition, and the laws") {
    using enum cellular_value;
    using enum cellular_metric;
    check<f1, euclidean>(0.05);
    check<f2, manhattan>(0.9);
    check<f2_minus_f1, chebyshev>(-0.7);
}

TEST_CASE("no direction is preferred, z no more than others") { laws::check_isotropic(cellular_3d<>(laws::lattice), 1.08); }
