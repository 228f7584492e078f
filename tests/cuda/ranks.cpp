// The counts behind the ranks of an audit, by the emulation: those of the CPU.
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/ranks.hpp>
#include <hallmark/stats/rank.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace hallmark;

namespace {
auto scores(std::size_t n) -> std::vector<double> {
    std::vector<double> out(n);
    std::uint32_t       state = 5;
    for (auto& v : out) {
        state = state * 1664525u + 1013904223u;
        v     = static_cast<double>(state >> 26);  // 64 values: ties
    }
    return out;
}
auto hits(emulated_cuda const& device, std::vector<double> const& observed, std::vector<double> const& nulls) -> std::vector<std::uint64_t> {
    auto const o = device.array(observed), n = device.array(nulls);
    auto const h = device.array<std::uint64_t>(observed.size());
    cuda_count_hits(device, cuda_span<double const>(o), cuda_span<double const>(n), h);
    CHECK(device.borders_untouched());
    return {h.data, h.data + h.size};
}
}  // namespace

TEST_CASE("hits of any number of sets among any number of nulls") {
    emulated_cuda const device;
    auto const          observed = scores(11);
    for (std::size_t const n : std::vector<std::size_t>{1, 31, 33, 1023, 1025}) {
        auto const nulls = scores(n);
        auto const got   = hits(device, observed, nulls);
        for (std::size_t s = 0; s < observed.size(); ++s) {
            CHECK(got[s] == rank_test(observed[s], nulls).hits);
        }
    }
    // One score among many nulls has the whole device.
    auto const many = scores(100'000);
    CHECK(hits(device, {30.0}, many) == std::vector<std::uint64_t>{rank_test(30.0, many).hits});
    CHECK(device.launched().back() == device.most_blocks());
    // A score that is no number must not look like evidence.
    CHECK(hits(device, {std::nan(""), 5.0}, {1.0, std::nan(""), 3.0}) == std::vector<std::uint64_t>{3, 1});
}

TEST_CASE("withheld versions below the published one") {
    emulated_cuda const device;
    for (std::size_t const samples : std::vector<std::size_t>{1, 25, 127, 129, 1025}) {
        auto const all   = scores(samples * 7);
        auto const s     = device.array(all);
        auto const below = device.array<std::uint64_t>(samples);
        cuda_count_beaten(device, cuda_span<double const>(s), samples, below);
        CHECK(device.borders_untouched());
        for (std::size_t i = 0; i < samples; ++i) {
            std::uint64_t wanted = 0;
            for (std::size_t v = 1; v < 7; ++v) {
                wanted += all[v * samples + i] < all[i] ? 1u : 0u;
            }
            REQUIRE(below.data[i] == wanted);
        }
    }
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    auto const          s     = device.array(scores(12));
    auto const          below = device.array<std::uint64_t>(5);
    auto const          in    = cuda_span<double const>(s);
    CHECK_THROWS_WITH_AS(cuda_count_beaten(device, in, 5, below),
                         "hallmark::cuda_count_beaten: there are 12 scores for 5 samples; allowed is a multiple of the samples, 2 versions or more", error);
    CHECK_THROWS_WITH_AS(cuda_count_beaten(device, in, 12, below),
                         "hallmark::cuda_count_beaten: there are 12 scores for 12 samples; allowed is a multiple of the samples, 2 versions or more", error);
    CHECK_THROWS_WITH_AS(cuda_count_beaten(device, in, 4, below), "hallmark::cuda_count_beaten: below has 5 numbers; allowed are 4", error);
    CHECK_THROWS_WITH_AS(cuda_count_hits(device, in, cuda_span<double const>{}, below),
                         "hallmark::cuda_count_hits: nulls is empty; allowed is 1 number or more", error);
    CHECK_THROWS_WITH_AS(cuda_count_hits(device, in, in, below), "hallmark::cuda_count_hits: hits has 5 numbers; allowed are 12", error);
}
