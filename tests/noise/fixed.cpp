#include <hallmark/noise/fixed.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

using namespace hallmark;

// All 2^14 places; a fade that is a little off is invisible in a picture and a different mark.
TEST_CASE("the fades are their polynomials") {
    double quintic = 0, cubic = 0;
    for (std::int32_t i = 0; i < 16384; ++i) {
        auto const t = i / 16384.0;
        quintic      = std::max(quintic, std::abs(detail::quintic_fade(i) - 16384 * t * t * t * (t * (6 * t - 15) + 10)));
        cubic        = std::max(cubic, std::abs(detail::cubic_fade(i) - 16384 * t * t * (3 - 2 * t)));
    }
    CHECK(quintic <= 3.5);
    CHECK(cubic <= 2.0);
    CHECK(detail::quintic_fade(0) == 0);
    CHECK(detail::quintic_fade(8192) == 8192);
    CHECK(detail::cubic_fade(8192) == 8192);
}

TEST_CASE("cosine and sine, all around") {
    double worst = 0;
    for (std::uint64_t turn = 0; turn < std::uint64_t{1} << 32; turn += 65521) {
        auto const angle = static_cast<double>(turn) * 0x1p-31 * 3.14159265358979323846;
        auto const t     = static_cast<std::uint32_t>(turn);
        worst            = std::max(worst, std::abs(detail::cosine14(t) - 16384 * std::cos(angle)));
        worst            = std::max(worst, std::abs(detail::sine14(t) - 16384 * std::sin(angle)));
    }
    CHECK(worst <= 4.0);
    CHECK(detail::cosine14(0) == 16384);
    CHECK(detail::cosine14(0x80000000u) == -16384);
    CHECK(detail::sine14(0x40000000u) == 16384);
    CHECK(detail::sine14(0) == 0);
}

// Around every square, where rounding the wrong way would show.
TEST_CASE("square roots are rounded down, exactly") {
    int wrong = 0;
    for (std::uint32_t r = 1; r <= 32768; ++r) {
        auto const square = r * r;
        wrong += detail::root30(square) == r && detail::root30(square - 1) == r - 1 && (r == 32768 || detail::root30(square + 2 * r) == r) ? 0 : 1;
    }
    CHECK(wrong == 0);
    CHECK(detail::root30(0) == 0);
    CHECK(detail::root64(0) == 0);
    CHECK(detail::root64(99) == 9);
    CHECK(detail::root64(~std::uint64_t{0}) == 0xffffffffu);
    CHECK(detail::root64(0xfffffffe00000001u) == 0xffffffffu);
    CHECK(detail::root64(0xfffffffe00000000u) == 0xfffffffeu);
}
