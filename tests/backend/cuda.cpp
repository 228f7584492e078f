// The CUDA backend as a plain C++ compiler sees it: views of device memory, and the sentences about what CUDA reports.
#include <hallmark/backend/cuda.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <type_traits>

using namespace hallmark;

// A file without CUDA must be able to make views and to hand them on.
TEST_CASE("views of device memory have the strides of host views") {
    float      pixels[2 * 3 * 4 * 5] = {};
    auto const rows                  = cuda_nchw(pixels, 2, 3, 4, 5);
    auto const last                  = cuda_nhwc(pixels, 2, 3, 4, 5);
    static_assert(std::is_same_v<decltype(rows)::space, cuda_space>);
    CHECK(rows.row(1, 2, 3) == nchw(pixels, 2, 3, 4, 5).row(1, 2, 3));
    CHECK(last.row(1, 2, 3) == nhwc(pixels, 2, 3, 4, 5).row(1, 2, 3));
    CHECK(last.stride[3] == 3);
}

TEST_CASE("what CUDA reports becomes a sentence") {
    CHECK_THROWS_WITH_AS(detail::device::cuda_failure("cudaMallocAsync", "cudaErrorMemoryAllocation", "out of memory"),
                         "hallmark::cuda: cudaMallocAsync failed with cudaErrorMemoryAllocation: out of memory", error);
    CHECK_THROWS_WITH_AS(detail::device::require_current(1, 0, "hallmark::f"),
                         "hallmark::f: device 1 is current and the stream is of device 0; make the stream's device current", error);
    CHECK_THROWS_WITH_AS(detail::device::require_stream(false, "cudaErrorIllegalAddress", "hallmark::f"),
                         "hallmark::f: the stream carries an error from an earlier call, cudaErrorIllegalAddress; nothing was launched", error);
}

// A grid never has more blocks than it is given, and always one.
TEST_CASE("the number of blocks") {
    using detail::device::blocks_for;
    CHECK(blocks_for(0, 256, 100) == 1);
    CHECK(blocks_for(1, 256, 100) == 1);
    CHECK(blocks_for(257, 256, 100) == 2);
    CHECK(blocks_for(~std::uint64_t{0}, 256, 100) == 100);
}

// The bits of one reduction must be those of a device: 32 lanes by halves, then the warps in order.
TEST_CASE("reductions combine in the order of the device") {
    using namespace detail::device;
    emulated_block<64>             block(0, 1, nullptr, thread_order::upwards);
    emulated_block<64>::own<float> v;
    block.each([&](unsigned t) { v[t] = 1.0f / static_cast<float>(t + 1); });
    float wanted[2];
    for (unsigned w = 0; w < 2; ++w) {
        float lane[32];
        for (unsigned i = 0; i < 32; ++i) {
            lane[i] = 1.0f / static_cast<float>(w * 32 + i + 1);
        }
        for (unsigned step = 16; step > 0; step /= 2) {
            for (unsigned i = 0; i < step; ++i) {
                lane[i] = lane[i] + lane[i + step];
            }
        }
        wanted[w] = lane[0];
    }
    float room[2];
    CHECK(block.reduce(v, add_to{}, room) == wanted[0] + wanted[1]);
}
