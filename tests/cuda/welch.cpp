// Welch's test on a device, by the emulation: the t and the p of the CPU.
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/welch.hpp>
#include <hallmark/stats/welch.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace hallmark;

namespace {
auto numbers(std::size_t n, double shift, std::uint32_t state) -> std::vector<double> {
    std::vector<double> out(n);
    for (auto& v : out) {
        state = state * 1664525u + 1013904223u;
        v     = shift + static_cast<double>(state >> 8) / 16777216.0;
    }
    return out;
}
auto test(emulated_cuda const& device, std::vector<double> const& a, std::vector<double> const& b, alternative alt) -> test_result {
    auto const da = device.array(a), db = device.array(b);
    return cuda_welch_t(device, cuda_span<double const>(da), cuda_span<double const>(db), alt);
}
}  // namespace

// Large values that differ by little are where a plain sum loses the digits.
TEST_CASE("t and p of the CPU for any sizes") {
    for (auto const order : {detail::device::thread_order::upwards, detail::device::thread_order::downwards}) {
        auto const device = emulated_cuda(emulated_cuda::traits{.most_blocks = 3, .order = order});
        for (double const shift : {0.0, 1e8}) {
            for (std::size_t const n : std::vector<std::size_t>{2, 31, 257, 1025}) {
                auto const a = numbers(n, shift + 0.1, 1), b = numbers(300, shift, 2);
                for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
                    auto const got = test(device, a, b, alt), wanted = welch_t{}(a, b, alt);
                    CHECK(std::abs(got.statistic - wanted.statistic) <= 1e-13 * (1.0 + std::abs(wanted.statistic)));
                    CHECK(std::abs(got.p_value - wanted.p_value) <= 1e-12 * wanted.p_value);
                    CHECK(got.n == wanted.n);
                }
            }
        }
        CHECK(device.borders_untouched());
    }
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    CHECK_THROWS_WITH_AS((void)test(device, {1}, {1, 2}, alternative::less),
                         "hallmark::cuda_welch_t: the samples have 1 and 2 values; 2 are needed at least of each", error);
    CHECK_THROWS_WITH_AS((void)test(device, {1, 1}, {2, 2}, alternative::less),
                         "hallmark::cuda_welch_t: all values of a are equal and so are those of b; t needs a variance above 0", error);
    CHECK_THROWS_WITH_AS((void)test(device, {1, std::nan("")}, {2, 2}, alternative::less),
                         "hallmark::cuda_welch_t: t is no number; allowed are finite values whose squares are finite, too", error);
}
