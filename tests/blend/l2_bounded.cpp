#include <hallmark/blend/convex.hpp>
#include <hallmark/blend/l2_bounded.hpp>

#include <doctest/doctest.h>
#include <blend/image_laws.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
auto distance(image_batch<std::uint8_t> const& a, image_batch<std::uint8_t> const& b) -> double {
    double sum = 0;
    for (std::size_t i = 0; i < a.elements().size(); ++i) {
        auto const d = a.elements()[i] - b.elements()[i];
        sum += static_cast<double>(d * d);
    }
    return std::sqrt(sum) / 255.0;
}
auto distance(image_batch<float> const& a, image_batch<float> const& b) -> double {
    double sum = 0;
    for (std::size_t i = 0; i < a.elements().size(); ++i) {
        auto const d = static_cast<double>(a.elements()[i]) - static_cast<double>(b.elements()[i]);
        sum += d * d;
    }
    return std::sqrt(sum);
}
constexpr double budgets[] = {0.0, 0.01, 0.1, 0.5, 1.0, 3.0, 10.0};
}  // namespace

TEST_CASE("the whole root, at every edge") {
    for (std::uint64_t r : {0ull, 1ull, 2ull, 3ull, 65535ull, 65536ull, 4294967294ull, 4294967295ull}) {
        CHECK(detail::whole_root(r * r) == r);
        CHECK(detail::whole_root(r * r + 2 * r) == r);
        CHECK((r == 0 || detail::whole_root(r * r - 1) == r - 1));
    }
}

// A norm below the real one would break the budget; so would a sum that wrapped around.
TEST_CASE("the norm is bounded from above, and closely") {
    for (level const size : {1, 77, 65536, level_white}) {
        for (std::size_t const n : {1u, 3u, 1000u, 200000u}) {
            auto v = std::vector<level>(n, size);
            for (std::size_t i = 1; i < n; i += 2) {
                v[i] = -size;
            }
            auto const exact = static_cast<double>(size) * std::sqrt(static_cast<double>(n));
            CHECK(static_cast<double>(detail::norm_of(v)) >= exact * (1 - 1e-12));
            CHECK(static_cast<double>(detail::norm_of(v)) <= exact * (1 + 1.0 / 4096) + 1.0);
        }
    }
    CHECK(detail::norm_of(std::vector<level>(5, 0)) == 0);
}

TEST_CASE("the budget is kept, and used by floats") {
    for (std::size_t const size : {1u, 8u, 33u}) {
        auto const b = image_laws::bytes(3, size, size);
        auto const f = image_laws::odd_floats(3, size, size);
        for (auto const budget : budgets) {
            auto const blend = l2_bounded(additive(0.8), budget);
            CHECK(distance(image_laws::marked(blend, b, 8 << 16, image_laws::wavy{}), b) <= budget);
            auto const y    = image_laws::marked(blend, f, 8 << 16, image_laws::wavy{});
            auto const free = distance(image_laws::marked(pixelwise(additive(0.8)), f, 8 << 16, image_laws::wavy{}), f);
            CHECK(distance(y, f) <= budget + 1e-6);
            CHECK(distance(y, f) >= (budget < free ? budget : free) * (1 - 1.0 / 2048) - 1e-5);
        }
    }
}

TEST_CASE("a mark that fits is left alone, to one level; one that does not keeps its direction") {
    auto const in   = image_laws::bytes(3, 9, 9);
    auto const f    = image_laws::floats(in);
    auto const free = image_laws::marked(pixelwise(additive(0.1)), f, 0, image_laws::wavy{});
    auto const same = image_laws::marked(l2_bounded(additive(0.1), 1000), f, 0, image_laws::wavy{});
    auto const less = image_laws::marked(l2_bounded(additive(0.1), distance(free, f) / 2), f, 0, image_laws::wavy{});
    for (std::size_t i = 0; i < f.elements().size(); ++i) {
        CHECK(std::abs(same.elements()[i] - free.elements()[i]) < 0x1p-22f);
        CHECK(std::abs((less.elements()[i] - f.elements()[i]) * 2 - (free.elements()[i] - f.elements()[i])) < 1e-4f);
    }
}

// A large picture: its squares do not fit into 64 bits without dropping some.
TEST_CASE("a large picture with the largest change") {
    auto const in  = image_batch<std::uint8_t>(1, 3, 300, 300);
    auto const out = image_laws::marked(l2_bounded(additive(0.0), 100.0), in, level_white, image_laws::wavy{});
    CHECK(distance(out, in) <= 100.0);
    CHECK(distance(out, in) > 98.0);
}

TEST_CASE("l2_bounded keeps the laws") {
    image_laws::check(l2_bounded(additive(0.5), 1.0), image_laws::wavy{}, 1.0);  // bytes are rounded towards the picture
    image_laws::check_leaves(l2_bounded(additive(0.0), 1.0), image_laws::wavy{});
    image_laws::check_leaves(l2_bounded(convex(0.3), 0.0), image_laws::wavy{});
    image_laws::check_shapes(l2_bounded(additive(0.0), 1.0), "hallmark::l2_bounded", image_laws::wavy{});
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(l2_bounded(additive(0.5), -1), "hallmark::l2_bounded: budget is -1; allowed is 0 to 65535", error);
    CHECK_THROWS_WITH_AS(l2_bounded(additive(0.5), 65536), "hallmark::l2_bounded: budget is 65536; allowed is 0 to 65535", error);
    CHECK_THROWS_WITH_AS(l2_bounded(additive(0.5), std::numeric_limits<double>::quiet_NaN()), "hallmark::l2_bounded: budget is nan; allowed is 0 to 65535",
                         error);
}
