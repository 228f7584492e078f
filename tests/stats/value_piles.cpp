#include <hallmark/stats/value_piles.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark::detail;
using values = std::vector<double>;

namespace {
/// Each pile above the one before it and within its limits, every value in the pile that it is said to be in, in the order given; begins at whole lines of the
/// cache.
void check(values const& x, values const& y) {
    auto const piles = value_piles(x, y, true);
    auto const all   = piles.piles();
    auto       next  = std::vector<std::size_t>();
    auto       ok    = true;
    auto       below = -HUGE_VAL;
    for (std::size_t k = 0; k < all.size(); ++k) {
        next.push_back(all[k].begin);
        auto above = below;
        for (auto i = all[k].begin; i < all[k].end; ++i) {
            auto const value = value_item::value(piles.items()[i], piles.flip(k));
            ok               = ok && value >= below && piles.items()[i] >= all[k].low && piles.items()[i] <= all[k].high;
            above            = std::max(above, value);
        }
        below = above;
    }
    for (std::size_t i = 0; i < x.size() + y.size(); ++i) {
        auto const k    = piles.places()[i];
        auto const item = piles.items()[next[k]++];
        ok              = ok && value_item::value(item, piles.flip(k)) == (i < x.size() ? x[i] : y[i - x.size()]) && (item & 1u) == (i < x.size() ? 0u : 1u);
    }
    for (std::size_t k = 0; k < all.size(); ++k) {
        ok = ok && next[k] == all[k].end && all[k].end - all[k].begin <= piles.largest();
    }
    CHECK(ok);
}
}  // namespace

TEST_CASE("every value is in its pile, in the order given") {
    for (std::size_t const n : {0u, 3u, 9'000u, 100'000u}) {
        values a, b;
        for (std::size_t i = 0; i < n; ++i) {
            a.push_back(std::sin(static_cast<double>(i)) * 30.0);
            b.push_back(std::exp(std::sin(static_cast<double>(i * i)) * 40.0));
        }
        check(a, b);
        check(b, {});
        check(values(n, -0.0), a);
    }
}

// What the piles are for: they fit into a cache. Uniform, normal-like, of both signs, over many decades.
TEST_CASE("piles come out about equal whatever the shape") {
    constexpr std::size_t n = 400'000;
    values                uniform, logits, decades;
    for (std::size_t i = 0; i < n; ++i) {
        auto const u = (static_cast<double>(i * 2654435761u % n) + 0.5) / static_cast<double>(n);
        uniform.push_back(u);
        logits.push_back(std::log(u / (1.0 - u)));
        decades.push_back(std::exp(400.0 * (u - 0.5)));
    }
    for (auto const* x : {&uniform, &logits, &decades}) {
        CHECK(value_piles(*x, {}).largest() < 4 * 8192);
    }
}
