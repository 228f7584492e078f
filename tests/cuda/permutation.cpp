// Permutation tests on a device, by the emulation: the p-value of the CPU, because the draws are the same.
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/permutation.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace hallmark;

namespace {
auto sample(std::size_t n, double shift, std::uint32_t state) -> std::vector<double> {
    std::vector<double> out(n);
    for (auto& v : out) {
        state = state * 1664525u + 1013904223u;
        v     = static_cast<double>(state >> 24) / 7.0 + shift;
    }
    return out;
}
auto const mc = resampling::monte_carlo;
}  // namespace

// Both sides of every border: the smaller sample first or second, places in shared or in global memory, draws that do not fill a block.
TEST_CASE("random splits: the p-value of the CPU") {
    auto const crowded = emulated_cuda(emulated_cuda::traits{.shared_limit = 16 * 1024, .order = detail::device::thread_order::interleaved});
    for (auto const& device : {emulated_cuda{}, crowded}) {
        for (auto const& [n, m] : {std::pair{1, 40}, {30, 25}, {25, 25}, {40, 33}}) {
            auto const a = sample(static_cast<std::size_t>(n), 3.0, 1), b = sample(static_cast<std::size_t>(m), 0.0, 2);
            for (auto const draws : std::vector<std::uint64_t>{1, 127, 129, 1025}) {
                for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
                    CHECK(cuda_permutation_test{mc, draws, 7}(device, a, b, alt) == permutation_test{mc, draws, 7}(a, b, alt));
                }
            }
            CHECK(device.borders_untouched());
        }
    }
    auto const a = sample(700, 0.5, 3), b = sample(600, 0.0, 4);
    CHECK(cuda_permutation_test{mc, 200, 1ull << 40}(emulated_cuda{}, a, b, alternative::greater) ==
          permutation_test{mc, 200, 1ull << 40}(a, b, alternative::greater));
}

// One value beyond what 16 bits can number.
TEST_CASE("random splits of many values") {
    auto const device = emulated_cuda(emulated_cuda::traits{.most_blocks = 1});
    for (std::size_t const n : std::vector<std::size_t>{65496, 65497, 65600}) {
        auto const a = sample(n, 0.0, 5), b = sample(40, 0.1, 6);
        CHECK(cuda_permutation_test{mc, 9, 3}(device, a, b, alternative::greater) == permutation_test{mc, 9, 3}(a, b, alternative::greater));
        CHECK(cuda_permutation_test{mc, 9, 3}(device, b, a, alternative::less) == permutation_test{mc, 9, 3}(b, a, alternative::less));
    }
    CHECK(device.borders_untouched());
}

TEST_CASE("random signs: the p-value of the CPU") {
    auto const crowded = emulated_cuda(emulated_cuda::traits{.shared_limit = 1024});
    for (auto const& device : {emulated_cuda{}, crowded}) {
        for (std::size_t const n : std::vector<std::size_t>{1, 21, 31, 32, 33, 100, 2100}) {
            auto const a = sample(n, 1.0, 1), b = sample(n, 0.0, 2);
            for (auto const draws : std::vector<std::uint64_t>{1, 2047, 2049, 9999}) {
                if (n > 1000 && draws > 1) {
                    continue;
                }
                CHECK(cuda_sign_flip_test{mc, draws, 7}(device, a, b, alternative::greater) == sign_flip_test{mc, draws, 7}(a, b, alternative::greater));
            }
            CHECK(device.borders_untouched());
        }
    }
}

TEST_CASE("few arrangements are tried one by one, on the CPU") {
    emulated_cuda const device;
    auto const          a = sample(5, 2.0, 1), b = sample(5, 0.0, 2);
    CHECK(cuda_permutation_test{}(device, a, b, alternative::greater) == permutation_test{}(a, b, alternative::greater));
    CHECK(cuda_sign_flip_test{}(device, a, b, alternative::greater) == sign_flip_test{}(a, b, alternative::greater));
    CHECK(device.launched().empty());
}

TEST_CASE("the caller's workspace is all that is used") {
    emulated_cuda const device;
    auto const          a = sample(40, 2.0, 1), b = sample(40, 0.0, 2);
    auto const          test = cuda_permutation_test{};
    auto const          room = device.array<unsigned char>(test.workspace(device, 80));
    CHECK(test(device, a, b, alternative::greater, {room.data, room.size}) == permutation_test{}(a, b, alternative::greater));
    CHECK(device.borders_untouched());
    CHECK_THROWS_WITH_AS(test(device, a, b, alternative::greater, {room.data, room.size - 1}),
                         "hallmark::cuda_permutation_test: the workspace has 1023 bytes; allowed are 1024 or more", error);
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    auto const          a        = sample(40, 2.0, 1);
    auto const          long_one = std::vector<double>(16777216, 1.0);
    double const        big[]    = {1e308, 1e308, -1e308};
    CHECK_THROWS_WITH_AS(cuda_permutation_test{}(device, a, {}, alternative::greater),
                         "hallmark::cuda_permutation_test: b is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(cuda_permutation_test{}(device, a, long_one, alternative::greater),
                         "hallmark::cuda_permutation_test: there are 16777256 values; allowed are up to 16777216", error);
    CHECK_THROWS_WITH_AS((cuda_permutation_test{mc, 5, 0}(device, big, big, alternative::greater)),
                         "hallmark::cuda_permutation_test: the values are too large; allowed are values whose sum is finite", error);
    CHECK_THROWS_WITH_AS((cuda_sign_flip_test{mc, 0, 0}(device, a, a, alternative::greater)), "hallmark::cuda_sign_flip_test: draws is 0; allowed is 1 or more",
                         error);
    auto const huge = std::vector<double>(16777217, 1.0);
    CHECK_THROWS_WITH_AS(cuda_sign_flip_test{}(device, huge, huge, alternative::greater),
                         "hallmark::cuda_sign_flip_test: there are 16777217 pairs; allowed are up to 16777216", error);
}
