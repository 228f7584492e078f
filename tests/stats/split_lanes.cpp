#include <hallmark/random/stream.hpp>
#include <hallmark/stats/split_lanes.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;
using namespace hallmark::detail;

namespace {
constexpr std::uint64_t seed = 0x0123456789abcdefu;

auto one_by_one(split_draw const& split, std::uint64_t d) -> std::vector<std::uint32_t> {
    auto source = stream(resampling_key(seed, d, split_draws));
    auto row    = std::vector<std::uint32_t>(split.words());
    split(source, [&row](std::uint32_t w) noexcept -> std::uint32_t& { return row[w]; });
    return row;
}
}  // namespace

// A p-value must not depend on the machine: lanes, a thread of a device and the plain loop make the same rows. The sizes: rows in registers (up to 256 values)
// and in memory, last words full and not; every number of binary digits; sizes where places are drawn again often (4096 mod n is large).
TEST_CASE("lanes make the rows that split_draw makes, at every instruction set") {
    for (auto const level : vector_levels()) {
        simd::forced_level const forced(level);
        for (auto const& split :
             {split_draw(2, 1), split_draw(16, 1), split_draw(31, 15), split_draw(32, 16), split_draw(33, 13), split_draw(200, 100), split_draw(200, 17),
              split_draw(255, 64), split_draw(256, 90), split_draw(257, 128), split_draw(1000, 437), split_draw(1023, 64), split_draw(1024, 512)}) {
            REQUIRE(fits_lanes(split));
            auto start = chacha_start(resampling_key(seed, 0, split_draws));
            for (std::uint64_t const first : {std::uint64_t{0}, std::uint64_t{0xfffffff0u}, std::uint64_t{1} << 33}) {
                std::vector<std::uint32_t> rows(80 * split.words());
                REQUIRE(draw_rows(split, start, first, 80, rows.data()));
                for (std::uint64_t d = 0; d < 80; ++d) {
                    INFO("level ", static_cast<int>(level), ", ", split.chosen, " of ", split.n, ", draw ", first + d);
                    auto const at = rows.begin() + static_cast<std::ptrdiff_t>(d * split.words());
                    CHECK(std::vector<std::uint32_t>(at, at + static_cast<std::ptrdiff_t>(split.words())) == one_by_one(split, first + d));
                }
            }
        }
    }
}

TEST_CASE("what does not fit") {
    CHECK(!fits_lanes(split_draw(1025, 500)));  // too many words
    CHECK(!fits_lanes(split_draw(1000, 62)));   // sparse
    simd::forced_level const   forced(simd::level::scalar);
    auto                       start = chacha_start(resampling_key(seed, 0, split_draws));
    std::vector<std::uint32_t> rows(16);
    CHECK(!draw_rows(split_draw(20, 10), start, 0, 16, rows.data()));
    CHECK(rows == std::vector<std::uint32_t>(16));
}
