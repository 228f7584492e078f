#include <hallmark/noise/pnoise2_grid.hpp>

#include <doctest/doctest.h>
#include <support/simd_levels.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;
namespace simd = hallmark::detail::simd;

// Cells of one pixel and less, of many, and octaves whose cells jump; widths with and without a rest. 1100 columns of period 1 pass the repeat.
TEST_CASE("a grid in lanes is pnoise2 point by point, with the sign of every zero") {
    struct row {
        float         period;
        std::uint32_t octaves;
        std::size_t   height, width;
    };
    for (row const r : {row{30, 1, 61, 33}, row{7, 4, 61, 19}, row{1, 3, 9, 1}, row{3, 16, 20, 48}, row{65535, 2, 3, 40}, row{2, 2, 3, 2100},
                        row{1, 1, 2, 1100}, row{1.5f, 6, 32, 33}, row{40.1f, 2, 19, 90}}) {
        detail::pnoise_grid const grid = {r.period, r.octaves, r.height, r.width};
        float                     most = 0.0f;
        for (std::uint32_t o = 0; o < r.octaves; ++o) {
            most += std::ldexp(1.0f, -static_cast<int>(o));
        }
        for (auto const level : vector_levels()) {
            simd::forced_level const force(level);
            std::vector<float>       made(r.height * r.width);
            detail::pnoise_columns   columns(r.width);
            simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
                detail::fill_pnoise<decltype(set)>(grid, columns, made.data());
                if (r.octaves > 1) {
                    detail::divide<decltype(set)>(made.data(), made.size(), most);
                }
            });
            std::size_t wrong = 0;
            for (std::size_t i = 0; i < made.size(); ++i) {
                auto const v = pnoise2(grid.place(i / r.width), grid.place(i % r.width), {.octaves = static_cast<int>(r.octaves)});
                wrong += std::bit_cast<std::uint32_t>(v) != std::bit_cast<std::uint32_t>(made[i]) ? 1u : 0u;
            }
            CAPTURE(r.period);
            CHECK(wrong == 0);
        }
    }
}
