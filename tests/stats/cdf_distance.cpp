#include <hallmark/stats/cdf_distance.hpp>

#include <doctest/doctest.h>
#include <support/word.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
/// By sorting and by bins, on every side.
void check(values const& a, values const& b) {
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        std::size_t last   = 0;
        auto        rising = true;
        auto const  sorted = detail::cdf_distance(a, b, alt, [&](std::size_t values_so_far) {
            rising = rising && values_so_far > last;
            last   = values_so_far;
        });
        CHECK(rising);
        CHECK(last == a.size() + b.size());
        CHECK(detail::cdf_distance(a, b, alt) == sorted);
    }
}
}  // namespace

TEST_CASE("the largest gap on each side") {
    values const a{1.0, 2.0, 2.0}, b{2.0, 3.0};
    auto const   none = [](std::size_t) {};
    CHECK(detail::cdf_distance(a, b, alternative::greater, none) == 3);  // at 2: 3/3 - 1/2, times 6
    CHECK(detail::cdf_distance(a, b, alternative::less, none) == 0);
    CHECK(detail::cdf_distance(a, b, alternative::two_sided, none) == 3);
    CHECK(detail::cdf_distance(b, a, alternative::less, none) == 3);
    CHECK(detail::cdf_distance(b, a, alternative::greater, none) == 0);
}

// Sizes on both sides of 2^17, where counting in bins begins. Shifts, so that the gap is largest in one place, along a plateau, at an end, or nowhere;
// ties, both signs, zeros of both signs, values over 600 decades, crowds within one bin, and two values in all.
TEST_CASE("bins and sorting agree, whatever the data") {
    for (std::size_t const n : {std::size_t{131'071}, std::size_t{131'072}, std::size_t{400'000}}) {
        auto const draw = [n](std::uint64_t key, auto value) {
            auto out = values(n / 2 - (key % 7) * 100);
            for (std::size_t i = 0; i < out.size(); ++i) {
                out[i] = value((static_cast<double>(word(i + (key << 32)) >> 11) + 0.5) * 0x1p-53);
            }
            out.resize(out.size() + (key % 7) * 100, value(0.75));
            if (key % 2 == 1) {
                out.resize(out.size() + n % 2, value(0.25));
            }
            return out;
        };
        auto const uniform = [](double u) { return u; };
        auto const logit   = [](double u) { return std::log(u / (1.0 - u)); };
        auto const decades = [](double u) { return std::exp(1300.0 * (u - 0.5)); };
        auto const few     = [](double u) { return std::floor(u * 40.0) - 20.0; };
        auto const two     = [](double u) { return u < 0.5 ? -0.0 : 1.0; };
        auto const crowd   = [](double u) { return u < 0.01 ? -1e300 : 1.0 + std::floor(u * 1000.0) * 0x1p-52; };
        INFO(n);
        check(draw(1, uniform), draw(2, uniform));
        check(draw(1, uniform), draw(2, [](double u) { return u + 0.125; }));
        check(draw(1, [](double u) { return u + 2.0; }), draw(2, uniform));
        check(draw(3, uniform), draw(2, [](double u) { return u * u; }));
        check(draw(1, logit), draw(4, logit));
        check(draw(1, logit), draw(4, [&](double u) { return logit(u) * 1.5; }));
        check(draw(5, decades), draw(2, decades));
        check(draw(5, decades), draw(2, [&](double u) { return -decades(u); }));
        check(draw(1, few), draw(2, few));
        check(draw(3, few), draw(4, [&](double u) { return few(u) + (u < 0.3 ? 1.0 : 0.0); }));
        check(draw(1, two), draw(2, two));
        check(draw(1, two), draw(2, [](double u) { return u < 0.6 ? 0.0 : 1.0; }));
        check(draw(1, crowd), draw(2, crowd));
        check(draw(1, crowd), draw(2, uniform));
    }
}
