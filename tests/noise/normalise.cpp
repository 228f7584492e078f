#include <hallmark/noise/normalise.hpp>
#include <hallmark/noise/value.hpp>

#include "field_laws.hpp"

#include <limits>

using namespace hallmark;

namespace {
auto field_plane() -> std::vector<noise_sample> {
    std::vector<noise_sample> memory(40 * 60);
    fill(value_noise(laws::lattice), 7, nchw(memory.data(), 1, 1, 40, 60));
    return memory;
}
}  // namespace

TEST_CASE("the range becomes [-1, 1], linearly") {
    auto const before = field_plane();
    auto       after  = before;
    normalise_range(nchw(after.data(), 1, 1, 40, 60));
    auto const least = *std::min_element(before.begin(), before.end()), greatest = *std::max_element(before.begin(), before.end());
    for (std::size_t i = 0; i < before.size(); ++i) {
        auto const ideal = (static_cast<double>(before[i]) - least) / (static_cast<double>(greatest) - least) * 0x1p31 - 0x1p30;
        REQUIRE(std::abs(after[i] - ideal) <= 0.51);
    }
    CHECK(*std::min_element(after.begin(), after.end()) == -noise_one);
    CHECK(*std::max_element(after.begin(), after.end()) == noise_one);
    std::vector<noise_sample> ends = {-noise_one, noise_one, 0};
    normalise_range(nchw(ends.data(), 1, 1, 1, 3));
    CHECK(ends == std::vector<noise_sample>{-noise_one, noise_one, 0});
}

TEST_CASE("the mean becomes 0 and the deviation what is asked for; what lies beyond ±1 is cut off") {
    for (double const wanted : {0.01, 0.25, 0.4}) {
        auto memory = field_plane();
        normalise_variance(wanted, nchw(memory.data(), 1, 1, 40, 60));
        double sum = 0, squares = 0;
        for (auto const v : memory) {
            sum += v * 0x1p-30;
            squares += v * 0x1p-30 * (v * 0x1p-30);
        }
        CHECK(std::abs(sum / 2400) < 1e-4);
        CHECK(std::sqrt(squares / 2400) == doctest::Approx(wanted).epsilon(wanted < 0.3 ? 0.001 : 0.05));
    }
    auto memory = field_plane();
    normalise_variance(1.0, nchw(memory.data(), 1, 1, 40, 60));
    CHECK(*std::min_element(memory.begin(), memory.end()) == -noise_one);
    CHECK(*std::max_element(memory.begin(), memory.end()) == noise_one);
    // A single pixel in many: its deviation from the mean is far beyond what fits.
    std::vector<noise_sample> spike(1 << 16, -noise_one);
    spike[5] = noise_one;
    normalise_variance(1.0, nchw(spike.data(), 1, 1, 256, 256));
    CHECK(spike[5] == noise_one);
    CHECK(std::abs(spike[6]) < noise_one / 200);
}

TEST_CASE("flat planes become 0, empty ones stay; strides are followed") {
    std::vector<noise_sample> flat(6, 12345), one = flat;
    normalise_range(nchw(flat.data(), 1, 1, 2, 3));
    CHECK(flat == std::vector<noise_sample>(6, 0));
    normalise_variance(0.5, nchw(one.data(), 1, 1, 2, 3));
    CHECK(one == std::vector<noise_sample>(6, 0));
    normalise_range(nchw(static_cast<noise_sample*>(nullptr), 1, 1, 0, 3));
    normalise_variance(0.5, nchw(static_cast<noise_sample*>(nullptr), 1, 1, 3, 0));
    std::vector<noise_sample> wide = {5, 77, 9, 77, 7, 77};
    normalise_range(tensor_view<noise_sample>{wide.data(), {1, 1, 3, 1}, {0, 0, 2, 1}});
    CHECK(wide == std::vector<noise_sample>{-noise_one, 77, noise_one, 77, 0, 77});
}

TEST_CASE("what a caller can get wrong") {
    std::vector<noise_sample> plane(6, 1);
    CHECK_THROWS_WITH_AS(normalise_range(nchw(plane.data(), 1, 2, 1, 3)),
                         "hallmark::normalise_range: the plane has 1 samples and 2 channels; allowed is one of each", error);
    CHECK_THROWS_WITH_AS(normalise_variance(0.5, nchw(plane.data(), 2, 1, 1, 3)),
                         "hallmark::normalise_variance: the plane has 2 samples and 1 channels; allowed is one of each", error);
    auto const view = nchw(plane.data(), 1, 1, 2, 3);
    CHECK_THROWS_WITH_AS(normalise_variance(0.0, view), "hallmark::normalise_variance: deviation is 0; allowed is more than 0, at most 1", error);
    CHECK_THROWS_WITH_AS(normalise_variance(1.5, view), "hallmark::normalise_variance: deviation is 1.5; allowed is more than 0, at most 1", error);
    CHECK_THROWS_WITH_AS(normalise_variance(std::numeric_limits<double>::quiet_NaN(), view),
                         "hallmark::normalise_variance: deviation is nan; allowed is more than 0, at most 1", error);
}
