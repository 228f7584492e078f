// LiRA and RMIA on a device, by the emulation: the scores of the CPU.
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/shadow.hpp>
#include <hallmark/signal/rmia.hpp>
#include <hallmark/stats/lira.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
auto numbers(std::size_t n, double from, double to, std::uint32_t state) -> std::vector<double> {
    std::vector<double> out(n);
    for (auto& v : out) {
        state = state * 1664525u + 1013904223u;
        v     = from + (to - from) * static_cast<double>(state >> 8) / 16777216.0;
    }
    return out;
}
auto in(emulated_cuda const& device, std::vector<double> const& x) -> cuda_span<double const> { return device.array(x); }
}  // namespace

// Numbers of models below, at and above a warp, odd ones (whose median is one of them) and even ones, not the same of both kinds; numbers of samples that do
// not fill a block; scores far from 0, and many equal ones, where the two in the middle are one value or two.
TEST_CASE("LiRA of any number of models, with every variance and centre") {
    for (auto const order : {detail::device::thread_order::upwards, detail::device::thread_order::interleaved}) {
        auto const device = emulated_cuda(emulated_cuda::traits{.most_blocks = 3, .order = order});
        for (auto const variance : {lira_variance::per_sample, lira_variance::fixed}) {
            for (auto const centre : {lira_centre::mean, lira_centre::median}) {
                for (std::size_t const n : std::vector<std::size_t>{1, 3, 5, 33}) {
                    for (std::size_t const models : std::vector<std::size_t>{2, 3, 31, 33, 64, 257}) {
                        for (double const step : {0.0, 0.5}) {
                            auto const steps = [step](std::vector<double> x) {
                                for (std::size_t i = 0; step > 0.0 && i < x.size(); ++i) {
                                    x[i] = std::floor(x[i] / step) * step;
                                }
                                return x;
                            };
                            auto const how  = lira{variance, centre};
                            auto const s    = numbers(n, 1e3, 1e3 + 4, 1);
                            auto       with = steps(numbers(n * (models + 1), 1e3 + 1, 1e3 + 5, 2)), without = steps(numbers(n * models, 1e3, 1e3 + 3, 3));
                            for (std::size_t i = 0; i < n; ++i) {
                                with[i * (models + 1)] = 1e3 + 5.5, without[i * models] = 1e3 + 3.5;  // equal to no other
                            }
                            auto const out = device.array<double>(n);
                            cuda_lira(device, in(device, s), in(device, with), in(device, without), out, how);
                            auto const wanted = how.online(s, {with, n}, {without, n});
                            for (std::size_t i = 0; i < n; ++i) {
                                CHECK(std::abs(out.data[i] - wanted[i]) <= 1e-12 * (1.0 + std::abs(wanted[i])));
                            }
                            cuda_lira(device, in(device, s), {}, in(device, without), out, how);
                            auto const far = how.offline(s, {without, n});
                            for (std::size_t i = 0; i < n; ++i) {
                                CHECK(std::abs(detail::log_normal_upper(-out.data[i]) - far[i]) <= 1e-12 * (1.0 + std::abs(far[i])));
                            }
                            CHECK(device.borders_untouched());
                        }
                    }
                }
            }
        }
    }
}

// The order of a sum over samples does not depend on the grid.
TEST_CASE("a fixed variance has the same bits for any number of blocks") {
    std::size_t const   n = 3001, models = 3;
    auto const          s = numbers(n, 0, 4, 1), without = numbers(n * models, 0, 3, 3);
    std::vector<double> before;
    for (auto const blocks : std::vector<std::uint64_t>{1, 7, 1000}) {
        auto const device = emulated_cuda(emulated_cuda::traits{.most_blocks = blocks});
        auto const out    = device.array<double>(n);
        cuda_lira(device, in(device, s), {}, in(device, without), out, {.variance = lira_variance::fixed});
        auto const now = std::vector<double>(out.data, out.data + n);
        CHECK((before.empty() || before == now));
        before = now;
    }
}

// Published with few shadow models: a sample whose scores are all equal has the others' variance.
TEST_CASE("a fixed variance takes samples whose scores are equal") {
    emulated_cuda const device;
    auto const          out = device.array<double>(2);
    cuda_lira(device, in(device, {1, 2}), {}, in(device, {3, 3, 1, 2}), out, {.variance = lira_variance::fixed});
    auto const deviation = std::sqrt(0.25 / 2);
    CHECK(out.data[0] == doctest::Approx(-2 / deviation).epsilon(1e-15));
    CHECK(out.data[1] == doctest::Approx(0.5 / deviation).epsilon(1e-15));
}

TEST_CASE("RMIA with any offset and any gamma") {
    emulated_cuda const device;
    for (double const a : {0.0, 0.3, 1.0}) {
        for (std::size_t const n : std::vector<std::size_t>{1, 127, 129}) {
            auto const t = numbers(n, -3, 0, 1), r = numbers(n * 4, -4, -1, 2), pt = numbers(300, -3, 0, 3), pr = numbers(300 * 2, -4, -1, 4);
            auto const out = device.array<double>(n);
            cuda_rmia(device, in(device, t), in(device, r), in(device, pt), in(device, pr), out, 1.5, a);
            auto const wanted = rmia(1.5, a)({t, r}, {pt, pr});
            CHECK(std::vector<double>(out.data, out.data + n) == wanted);
            CHECK(device.borders_untouched());
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    auto const          s = in(device, {1, 2}), four = in(device, {1, 2, 3, 3}), three = in(device, {1, 2, 3}), low = in(device, {-1, -2});
    auto const          out = device.array<double>(2);
    CHECK_THROWS_WITH_AS(cuda_lira(device, s, {}, three, out),
                         "hallmark::cuda_lira: out has 3 values for 2 samples; allowed is a multiple of them, 2 or more for each", error);
    CHECK_THROWS_WITH_AS(cuda_lira(device, s, s, four, out),
                         "hallmark::cuda_lira: in has 2 values for 2 samples; allowed is a multiple of them, 2 or more for each", error);
    CHECK_THROWS_WITH_AS(
        cuda_lira(device, s, {}, four, out),
        "hallmark::cuda_lira: the scores of sample 1 by the shadow models are all equal, or no numbers; allowed are finite ones with a variance above 0",
        error);
    auto const  fixed = lira{.variance = lira_variance::fixed};
    auto const  nan   = std::numeric_limits<double>::quiet_NaN();
    auto const  equal = in(device, {1, 1, 2, 2});
    auto const* shadows =
        "hallmark::cuda_lira: the scores of sample 1 by the shadow models are no numbers, or too large; allowed are finite ones whose squares are finite";
    CHECK_THROWS_WITH_AS(cuda_lira(device, s, {}, in(device, {1, 2, nan, 2}), out, fixed), shadows, error);
    CHECK_THROWS_WITH_AS(cuda_lira(device, s, in(device, {1, 2, 1e200, -1e200}), equal, out, fixed), shadows, error);
    CHECK_THROWS_WITH_AS(
        cuda_lira(device, s, {}, in(device, {1, 2, 3, nan}), out, {.centre = lira_centre::median}),
        "hallmark::cuda_lira: the scores of sample 1 by the shadow models are all equal, or no numbers; allowed are finite ones with a variance above 0",
        error);
    CHECK_THROWS_WITH_AS(cuda_lira(device, s, four, equal, out, fixed),
                         "hallmark::cuda_lira: all values of out are equal to the others of their sample; allowed is a variance above 0", error);
    CHECK_THROWS_WITH_AS(cuda_lira(device, s, equal, four, out, fixed),
                         "hallmark::cuda_lira: all values of in are equal to the others of their sample; allowed is a variance above 0", error);
    for (auto const how : {lira{}, fixed}) {
        for (double const score : {nan, 1e200}) {
            CHECK_THROWS_WITH_AS(
                cuda_lira(device, in(device, {1, score}), in(device, {1, 2, 3, 4}), in(device, {1, 2, 3, 4}), out, how),
                "hallmark::cuda_lira: the score of sample 1 is no number, or too far from the shadow models' scores; allowed are distances whose squares, "
                "in their deviations, are finite",
                error);
        }
    }
    CHECK_THROWS_WITH_AS(cuda_rmia(device, low, low, low, low, out, 0.0), "hallmark::cuda_rmia: gamma is 0; allowed is any finite number above 0", error);
    CHECK_THROWS_WITH_AS(cuda_rmia(device, low, low, low, low, out, 2.0, 1.5), "hallmark::cuda_rmia: a is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(cuda_rmia(device, low, three, low, low, out),
                         "hallmark::cuda_rmia: there are 3 references for 2 samples of the target; allowed is a multiple", error);
    CHECK_THROWS_WITH_AS(
        cuda_rmia(device, low, low, s, low, out),
        "hallmark::cuda_rmia: sample 0 of the population has a score or a reference that is no log-probability; allowed are finite numbers, 0 or less", error);
}
