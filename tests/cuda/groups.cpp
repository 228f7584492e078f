// Aggregates of sets on a device, by the emulation: the aggregators of the CPU, bit for bit.
#include <hallmark/aggregate/mean.hpp>
#include <hallmark/aggregate/quantile.hpp>
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/groups.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
struct sets {
    std::vector<double>        scores;
    std::vector<std::uint64_t> offsets{0};

    void add(std::size_t n, double size, int spread) {
        for (std::size_t i = 0; i < n; ++i) {
            state        = state * 6364136223846793005u + 1442695040888963407u;
            auto const v = (static_cast<double>(state >> 11) * 0x1p-52 - 1.0) * size;
            scores.push_back(std::ldexp(v, spread == 0 ? 0 : static_cast<int>(state % static_cast<std::uint64_t>(spread)) - spread / 2));
        }
        offsets.push_back(scores.size());
    }
    std::uint64_t state = 1;
};
auto on_device(emulated_cuda const& device, cuda_aggregate what, std::vector<double> const& scores, std::vector<std::uint64_t> const& offsets)
    -> std::vector<double> {
    auto const s = device.array(scores);
    auto const o = device.array(offsets);
    auto const r = device.array<double>(offsets.size() - 1);
    auto const p = device.array<cuda_group_report>(1);
    cuda_aggregate_groups(device, what, cuda_span<double const>(s), cuda_span<std::uint64_t const>(o), r, p.data);
    cuda_require_groups(device, p.data);
    CHECK(device.borders_untouched());
    return {r.data, r.data + r.size};
}
template <class Aggregator>
auto on_host(std::vector<double> const& scores, std::vector<std::uint64_t> const& offsets) -> std::vector<double> {
    std::vector<double> out;
    for (std::size_t g = 0; g + 1 < offsets.size(); ++g) {
        Aggregator a;
        for (auto i = offsets[g]; i < offsets[g + 1]; ++i) {
            a.push(scores[i]);
        }
        out.push_back(a.value());
    }
    return out;
}
}  // namespace

// Sets of one score, of a warp and one more or less; scores whose sizes differ by more than any window holds; subnormal ones.
TEST_CASE("means and medians are those of the CPU, to the last bit") {
    sets s;
    for (std::size_t const n : std::vector<std::size_t>{1, 2, 25, 31, 32, 33, 64, 1023, 1025}) {
        for (auto const spread : {0, 60, 160, 400, 1900}) {
            s.add(n, 3.0, spread);
        }
        s.add(n, std::numeric_limits<double>::denorm_min() * 1000, 0);
        s.add(n, 1e300, 0);
    }
    for (auto const order : {detail::device::thread_order::upwards, detail::device::thread_order::interleaved}) {
        auto const device = emulated_cuda(emulated_cuda::traits{.most_blocks = 5, .order = order});
        CHECK(on_device(device, cuda_aggregate::mean, s.scores, s.offsets) == on_host<mean>(s.scores, s.offsets));
        CHECK(on_device(device, cuda_aggregate::median, s.scores, s.offsets) == on_host<median>(s.scores, s.offsets));
    }
}

// Rounding: halves to even, carries that ripple through words, sums that cancel.
TEST_CASE("sums at the edges of a double") {
    emulated_cuda const       device;
    std::vector<double> const scores = {1.0,      0x1p-53,     1.0,    0x1p-53, 0x1p-106, 1.0, -1.0, 0x1p-1074, -0x1p1023,
                                        0x1p1023, 0x1.8p-1074, 0x1p52, 0.5,     0x1p52,   1.5, -0.0, 0.0};
    auto const                sums   = [&](std::vector<std::uint64_t> const& offsets) {
        CHECK(on_device(device, cuda_aggregate::mean, scores, offsets) == on_host<mean>(scores, offsets));
    };
    sums({0, 2, 5, 8, 11, 13, 15, 17});
    sums({0, 17});
    sums({0, 1, 17});
    double const big = std::numeric_limits<double>::max();
    CHECK(on_device(device, cuda_aggregate::median, {big, big, -big, -big, big, 0.0, 3.0, 3.0}, {0, 2, 4, 6, 8}) ==
          std::vector<double>{big, -big, big / 2, 3.0});
}

TEST_CASE("extremes") {
    emulated_cuda const device;
    CHECK(on_device(device, cuda_aggregate::least, {3, -1, 2, 5, 5}, {0, 3, 5}) == std::vector<double>{-1, 5});
    CHECK(on_device(device, cuda_aggregate::largest, {3, -1, 2, 5, 5}, {0, 3, 5}) == std::vector<double>{3, 5});
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    double const        nan = std::nan(""), big = std::numeric_limits<double>::max();
    CHECK_THROWS_WITH_AS(on_device(device, cuda_aggregate::mean, {1, 2, 3}, {0, 2, 2, 3}),
                         "hallmark::cuda_aggregate_groups: set 1 is empty or ends beyond the scores; allowed are offsets that rise up to the number of scores",
                         error);
    CHECK_THROWS_WITH_AS(on_device(device, cuda_aggregate::median, {1, 2, 3}, {0, 2, 4}),
                         "hallmark::cuda_aggregate_groups: set 1 is empty or ends beyond the scores; allowed are offsets that rise up to the number of scores",
                         error);
    CHECK_THROWS_WITH_AS(on_device(device, cuda_aggregate::mean, {1, 2, nan}, {0, 2, 3}),
                         "hallmark::cuda_aggregate_groups: score 2 is no number; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(on_device(device, cuda_aggregate::median, {1, -HUGE_VAL, 3}, {0, 2, 3}),
                         "hallmark::cuda_aggregate_groups: score 1 is no number; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(on_device(device, cuda_aggregate::mean, {1, big, big}, {0, 1, 3}),
                         "hallmark::cuda_aggregate_groups: the sum of the scores of set 1 is too large for a double", error);
    CHECK_THROWS_WITH_AS(on_device(device, cuda_aggregate::mean, {}, {0, 2, 3}),
                         "hallmark::cuda_aggregate_groups: scores is empty; allowed is 1 number or more", error);
}
