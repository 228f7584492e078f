#include <hallmark/noise/cellular.hpp>

#include "field_laws.hpp"

using namespace hallmark;

namespace {
// The definition: all points within three cells, in double, from the same hashes.
template <cellular_value Value, cellular_metric Metric>
auto reference(lattice_coordinate x, lattice_coordinate y, double reach) -> double {
    double const        fx = (x & 0xffffu) * 0x1p-16, fy = (y & 0xffffu) * 0x1p-16;
    std::vector<double> distances;
    for (int j = -3; j <= 3; ++j) {
        for (int i = -3; i <= 3; ++i) {
            auto const   h  = laws::lattice(((x >> 16) + static_cast<std::uint32_t>(i)) & 0xffffu, ((y >> 16) + static_cast<std::uint32_t>(j)) & 0xffffu);
            double const dx = std::abs(i + (h >> 19) * 0x1p-13 - fx), dy = std::abs(j + (h & 0x1fffu) * 0x1p-13 - fy);
            distances.push_back(Metric == cellular_metric::euclidean ? std::hypot(dx, dy)
                                                                     : (Metric == cellular_metric::manhattan ? dx + dy : std::max(dx, dy)));
        }
    }
    std::sort(distances.begin(), distances.end());
    double const f1 = std::min(distances[0], reach), f2 = std::min(distances[1], reach);
    double const f = Value == cellular_value::f1 ? f1 : (Value == cellular_value::f2 ? f2 : f2 - f1);
    return 2 * f / reach - 1;
}

template <cellular_value Value, cellular_metric Metric>
void check(double mean) {
    auto const field = cellular<Value, Metric>(laws::lattice);
    double     worst = 0;
    for (auto const y : laws::positions(60)) {
        for (auto const x : laws::positions(60)) {
            worst = std::max(worst, std::abs(field(x, y) * 0x1p-30 - reference<Value, Metric>(x, y, field.reach)));
        }
    }
    CHECK(worst < 0x1p-11);
    laws::check_range(field, 100);
    laws::check_row(field, 300);
    laws::check_periodic(field);
    laws::check_continuous(field, 0.0008, 12);  // at most 2 · 2 units of 2^-13 a step, and as many by rounding
    CHECK(laws::moments_of(field, 200).mean == doctest::Approx(mean).scale(1).epsilon(0.02));
    CHECK(field.octave(3) == cellular<Value, Metric>(laws::lattice.octave(3)));
}
}  // namespace

TEST_CASE("golden fields") {
    using enum cellular_value;
    using enum cellular_metric;
    CHECK(laws::fingerprint_of(cellular<f1, euclidean>(laws::lattice), 90) == "25037f733e8e52b5a927d51cd01166a7da58502789dba64fa18db241a5a92299");
    CHECK(laws::fingerprint_of(cellular<f2, euclidean>(laws::lattice), 90) == "450046f17b835254593b545eb755df87cd05465c462d0a35572bc834325ef111");
    CHECK(laws::fingerprint_of(cellular<f2_minus_f1, euclidean>(laws::lattice), 90) == "f281ffa3a0173b9cc8436d20ef771c343dbaca4a9f86e21292155feee8d5ac92");
    CHECK(laws::fingerprint_of(cellular<f1, manhattan>(laws::lattice), 90) == "55b765d3042d143f455d40be69a0a953b86f9f9214e55b649c6492b4ef0f902e");
    CHECK(laws::fingerprint_of(cellular<f2, manhattan>(laws::lattice), 90) == "999ac17af6a26dd8c6f9e36dc72916bf3f426b28b8d6a3b956b6c82668e6079d");
    CHECK(laws::fingerprint_of(cellular<f2_minus_f1, manhattan>(laws::lattice), 90) == "4a8234abfb71e3409a4318a5c3a5e2fc74f161a5ee4dfcec26c82b59a382c86b");
    CHECK(laws::fingerprint_of(cellular<f1, chebyshev>(laws::lattice), 90) == "0f50f30e6d1d3544b92388f851e9a22f06e994d6b1fd7e31a2d30ade782e38ea");
    CHECK(laws::fingerprint_of(cellular<f2, chebyshev>(laws::lattice), 90) == "a775b3231ecf1c9a5f370e9c6c7adbf60abda1f4ee2a2557861f390c336a4d51");
    CHECK(laws::fingerprint_of(cellular<f2_minus_f1, chebyshev>(laws::lattice), 90) == "3383d5df9c2f94e51950780f92dfcff2338413d7e59f17f16f390e2e1e6856d2");
}

// Searching too few cells is right nearly everywhere: only the definition, over many places, shows the rest.
TEST_CASE("the nearest points, by definition, and the laws") {
    using enum cellular_value;
    using enum cellular_metric;
    check<f1, euclidean>(-0.141);
    check<f2, euclidean>(-0.302);
    check<f2_minus_f1, euclidean>(-0.7);
    check<f1, manhattan>(-0.460);
    check<f2, manhattan>(-0.125);
    check<f2_minus_f1, manhattan>(-0.665);
    check<f1, chebyshev>(-0.236);
    check<f2, chebyshev>(-0.379);
    check<f2_minus_f1, chebyshev>(-0.761);
}

TEST_CASE("a fill is its points") {
    laws::check_fill(cellular<>(laws::lattice));
    CHECK(laws::anisotropy(cellular<>(laws::lattice), 0.3, 150) < 1.08);
}

TEST_CASE("the field can be computed while compiling") { static_assert(cellular<>(laws::lattice)(0x58000, 0x78000) > -noise_one); }
