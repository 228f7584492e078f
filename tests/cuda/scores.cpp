// ROC and rank statistics on a device, by the emulation: the numbers of the CPU, ties and all.
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/scores.hpp>
#include <hallmark/metric/roc.hpp>
#include <hallmark/stats/kolmogorov_smirnov.hpp>
#include <hallmark/stats/mann_whitney.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
auto sample(std::size_t n, double shift, std::uint32_t values, std::uint32_t state) -> std::vector<double> {
    std::vector<double> out(n);
    for (auto& v : out) {
        state = state * 1664525u + 1013904223u;
        v     = static_cast<double>((state >> 8) % values) - shift;
    }
    return out;
}
/// The largest F_a − F_b, by its definition.
auto farthest(std::vector<double> const& a, std::vector<double> const& b) -> double {
    auto const upto = [](std::vector<double> const& x, double v) {
        return static_cast<std::int64_t>(std::count_if(x.begin(), x.end(), [&](double y) { return y <= v; }));
    };
    auto const   n = static_cast<std::int64_t>(a.size()), m = static_cast<std::int64_t>(b.size());
    std::int64_t most = 0;
    for (std::size_t i = 0; i < a.size(); i += a.size() / 40 + 1) {
        most = std::max(most, upto(a, a[i]) * m - upto(b, a[i]) * n);
    }
    return static_cast<double>(most) / static_cast<double>(n * m);
}
}  // namespace

TEST_CASE("everything that is read off sorted scores is what the CPU reads") {
    for (auto const order : {detail::device::thread_order::upwards, detail::device::thread_order::interleaved}) {
        auto const device = emulated_cuda(emulated_cuda::traits{.most_blocks = 3, .order = order});
        for (std::size_t const n : std::vector<std::size_t>{1, 2, 31, 33, 257, 1025}) {
            for (std::size_t const m : std::vector<std::size_t>{1, 32, 1023}) {
                for (std::uint32_t const values : std::vector<std::uint32_t>{1, 2, 17, 1000003}) {
                    INFO("n = ", n, ", m = ", m, ", values = ", values);
                    auto const        a = sample(n, 0.0, values, 1), b = sample(m, values < 20 ? 0.0 : 1e5, values, 2);
                    auto const        da = device.array(a), db = device.array(b);
                    cuda_scores const s(device, cuda_span<double const>(da), cuda_span<double const>(db));
                    CHECK(s.auc() == auc(a, b));
                    for (double const share : {0.0, 0.001, 0.1, 0.5, 1.0}) {
                        CHECK(s.tpr_at_fpr(share) == tpr_at_fpr(a, b, share));
                        CHECK(s.fpr_at_tpr(share) == fpr_at_tpr(a, b, share));
                    }
                    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
                        CHECK(s.mann_whitney(alt) == mann_whitney{tail_method::asymptotic, true}(a, b, alt));
                        CHECK(s.kolmogorov_smirnov(alt) == kolmogorov_smirnov{tail_method::asymptotic, true}(a, b, alt));
                    }
                    if (n <= 40) {
                        CHECK(s.kolmogorov_smirnov_statistic(alternative::greater) == farthest(a, b));
                    }
                    if (m <= 40) {
                        CHECK(s.kolmogorov_smirnov_statistic(alternative::less) == farthest(b, a));
                    }
                    CHECK(s.kolmogorov_smirnov_statistic(alternative::two_sided) ==
                          std::max(s.kolmogorov_smirnov_statistic(alternative::less), s.kolmogorov_smirnov_statistic(alternative::greater)));
                    CHECK(s.curve() == roc_curve(a, b));
                    CHECK(device.borders_untouched());
                }
            }
        }
    }
}

// More than one tile of a block: where the first of equal scores stands in another tile, or another block, than the last.
TEST_CASE("curves of many scores") {
    for (std::uint32_t const values : std::vector<std::uint32_t>{3, 900, 5000, 1000003}) {
        for (auto const order : {detail::device::thread_order::upwards, detail::device::thread_order::downwards}) {
            auto const        device = emulated_cuda(emulated_cuda::traits{.most_blocks = 3, .order = order});
            auto const        a = sample(9001, 0.0, values, 1), b = sample(7013, 0.0, values, 2);
            auto const        da = device.array(a), db = device.array(b);
            cuda_scores const s(device, cuda_span<double const>(da), cuda_span<double const>(db));
            auto const        wanted = roc_curve(a, b);
            CHECK(s.curve_points() == wanted.size());
            auto const points = device.array<roc_point>(wanted.size());
            auto const room   = device.array<unsigned char>(cuda_curve_workspace(device, a.size(), b.size()));
            s.curve(points, {room.data, room.size});
            CHECK(std::vector<roc_point>(points.data, points.data + points.size) == wanted);
            CHECK(device.borders_untouched());
            CHECK_THROWS_AS(s.curve(points, {room.data, room.size - 1}), error);
            CHECK_THROWS_AS(s.curve({points.data, points.size - 1}), error);
        }
    }
}

// −0 and 0 are one score, and so are all other equal ones, whatever their bits.
TEST_CASE("zeros of either sign tie") {
    emulated_cuda const device;
    auto const          a = device.array(std::vector<double>{-0.0, 0.0}), b = device.array(std::vector<double>{0.0});
    CHECK(cuda_scores(device, cuda_span<double const>(a), cuda_span<double const>(b)).auc() == 0.5);
}

// Shares of blocks beyond 2^31 elements, by index arithmetic alone: they must cover everything once.
TEST_CASE("shares of many elements") {
    using detail::device::share_of;
    for (std::uint64_t const n : std::vector<std::uint64_t>{0, 1, 31, 33, 1023, 1025, (1ull << 31) + 17, (1ull << 40) + 1, ~0ull - 4096}) {
        for (std::uint64_t const count : std::vector<std::uint64_t>{1, 7, 2112, 0x7fffffff}) {
            std::uint64_t const tile = 256;
            CHECK(share_of(n, tile, 0, count).first == 0);
            CHECK(share_of(n, tile, count - 1, count).last == n);
            for (std::uint64_t const i : std::vector<std::uint64_t>{1, count / 2, count - 1}) {
                if (i > 0 && i < count) {
                    CHECK(share_of(n, tile, i, count).first == share_of(n, tile, i - 1, count).last);
                    CHECK((share_of(n, tile, i, count).first % tile == 0 || share_of(n, tile, i, count).first == n));
                }
            }
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    auto const          a    = device.array(std::vector<double>{1.0, std::nan("")});
    auto const          b    = device.array(std::vector<double>{1.0, 2.0});
    auto const          good = cuda_span<double const>(b), bad = cuda_span<double const>(a);
    CHECK_THROWS_WITH_AS(cuda_scores(device, bad, good), "hallmark::cuda_scores: members[1] is no number; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(cuda_scores(device, good, bad), "hallmark::cuda_scores: nulls[1] is no number; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(cuda_scores(device, good, {}), "hallmark::cuda_scores: nulls is empty; allowed is 1 number or more", error);
    CHECK_THROWS_WITH_AS(cuda_scores(device, {good.data, std::size_t{1} << 31}, good),
                         "hallmark::cuda_scores: there are 2147483648 scores; allowed are fewer than 2147483648", error);
    CHECK_THROWS_WITH_AS((void)cuda_scores(device, good, good).tpr_at_fpr(1.5), "hallmark::cuda_scores: most_fpr is 1.5; allowed is 0 to 1", error);
}
