#include <hallmark/parity/lanes_seed.hpp>
#include <hallmark/parity/seed.hpp>

#include <doctest/doctest.h>
#include <parity/fingerprint/pictures.hpp>
#include <support/simd_levels.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;
namespace simd = hallmark::detail::simd;

namespace {
struct seeded {
    std::array<std::uint32_t, 4> seed{};
    parity_field                 field{};
    friend auto                  operator==(seeded const&, seeded const&) -> bool = default;
};
auto one_by_one(tensor_view<std::uint8_t const> v) -> std::vector<seeded> {
    std::vector<seeded> out;
    for (std::size_t n = 0; n < v.samples(); ++n) {
        auto const seed  = detail::parity_words(parity_pixels(v.slice(n, 1)).view(), parity_order::channel_first);
        auto       draws = numpy_stream(seed);
        out.push_back({seed, draw_parity_field(draws)});
    }
    return out;
}
auto together(tensor_view<std::uint8_t const> v) -> std::vector<seeded> {
    std::vector<seeded> out(v.samples());
    CHECK(detail::seed_pictures(v, 0, v.samples(), [&](std::size_t n, detail::numpy_lane draws) { out[n] = {draws.seed(), draw_parity_field(draws)}; }));
    return out;
}
}  // namespace

// 3 · 17 pixels leave 3 of a block, 3 · 15 leave 13, 3 · 10 leave 14, 3 · 5 leave 15, where the padding takes one block or two; 19 x 18 end in the second
// chunk, and 32 x 32 with one. 37 pictures are no whole number of vectors.
TEST_CASE("pictures seeded together are those seeded one by one") {
    struct shape {
        std::size_t n, h, w;
    };
    for (shape const s : {shape{1, 1, 1}, shape{37, 1, 17}, shape{5, 3, 5}, shape{2, 2, 5}, shape{3, 5, 1}, shape{4, 16, 1}, shape{33, 19, 18},
                          shape{9, 32, 32}, shape{2, 0, 4}}) {
        auto const batch    = parity_fingerprints::pictures(s.n, s.h, s.w);
        auto const expected = one_by_one(batch.view());
        for (auto const level : vector_levels()) {
            simd::forced_level const force(level);
            CAPTURE(s.h);
            CAPTURE(s.w);
            CHECK(together(batch.view()) == expected);
        }
    }
}

// Channel-last pictures and flipped rows: pixels are hashed in their order, not in that of the memory.
TEST_CASE("any strides") {
    auto const                            batch = parity_fingerprints::pictures(6, 14, 13);
    tensor_view<std::uint8_t const> const last  = {batch.elements().data(), {6, 3, 14, 13}, {3 * 14 * 13, 1, 3 * 13, 3}};
    tensor_view<std::uint8_t const> const back  = {batch.elements().data() + 12, {6, 3, 14, 13}, {3 * 14 * 13, 14 * 13, 13, -1}};
    for (auto const level : vector_levels()) {
        simd::forced_level const force(level);
        CHECK(together(last) == one_by_one(last));
        CHECK(together(back) == one_by_one(back));
    }
}

TEST_CASE("the sum of the pictures, in lanes") {
    auto const batch = parity_fingerprints::pictures(7, 19, 23);
    auto const sum   = [&](simd::level level) {
        simd::forced_level const force(level);
        return parity_sum(batch.view());
    };
    for (auto const level : vector_levels()) {
        CHECK(sum(level) == sum(simd::level::scalar));
    }
}
