#include <hallmark/stats/in_order.hpp>

#include <doctest/doctest.h>
#include <support/word.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

using namespace hallmark::detail;
using values = std::vector<double>;

namespace {
/// Values come in order with their ranks, and each answer (its rank, but the same for equal values) lands where its value was.
void check(values const& x) {
    auto sorted = x;
    std::sort(sorted.begin(), sorted.end());
    auto expected = values();
    for (auto const v : x) {
        expected.push_back(static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), v) - sorted.begin()));
    }
    for (auto const direction : {reading::up, reading::down}) {
        auto       ok    = true;
        auto       calls = std::size_t{0};
        auto const out   = answers_in_order(x, direction, [&](double value, std::size_t rank) {
            ok = ok && rank == (direction == reading::up ? calls : x.size() - 1 - calls) && value == sorted[rank];
            ++calls;
            return static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin());
        });
        CHECK(ok);
        CHECK(calls == x.size());
        CHECK(out == expected);
    }
}
}  // namespace

// Below and above where values are dealt (2^16); of one sign and both; with one pile beyond the numbers of 16 bits; over so many decades that the
// leading bits of a pile do not tell all of its values apart.
TEST_CASE("answers land where the values were, in either direction") {
    for (std::size_t const n : {0u, 1u, 5u, 3'000u, 70'000u, 200'000u}) {
        values uniform, both, few, constant(n, 0.25), close_by, ends;
        for (std::uint64_t i = 0; i < n; ++i) {
            uniform.push_back(static_cast<double>(word(i)) * 0x1p-64);
            both.push_back(std::log(uniform.back() / (1.0 - uniform.back())));
            few.push_back(static_cast<double>(word(i) % 7) - 3.0);
            close_by.push_back(i % 97 == 0 ? std::bit_cast<double>((word(i) >> 2) % 0x7fe0000000000000u) : 1.0 + static_cast<double>(word(i) % 4096) * 0x1p-52);
            ends.push_back(i % 11 == 0 ? std::numeric_limits<double>::infinity() : i % 11 == 1 ? -std::numeric_limits<double>::infinity() : uniform.back());
        }
        INFO(n);
        for (auto const* x : {&uniform, &both, &few, &constant, &close_by, &ends}) {
            check(*x);
        }
    }
}

TEST_CASE("a pile in order") {
    // The lowest and the highest are so far apart that 48 bits do not tell 1, 2 and 3 apart.
    auto const pile  = std::vector<std::uint64_t>{3, ~std::uint64_t{0}, 1, 0, 2};
    auto       order = std::vector<std::uint64_t>(5), buffer = order;
    order_pile(pile, order.data(), buffer.data());
    CHECK(order == std::vector<std::uint64_t>{3, 2, 4, 0, 1});
    auto large = std::vector<std::uint64_t>(100'000);
    for (std::size_t i = 0; i < large.size(); ++i) {
        large[i] = word(i);
    }
    order.resize(large.size());
    buffer.resize(large.size());
    order_pile(large, order.data(), buffer.data());
    CHECK(std::is_sorted(order.begin(), order.end(), [&](std::uint64_t a, std::uint64_t b) { return large[a] < large[b]; }));
    std::sort(order.begin(), order.end());
    auto all = order;
    std::iota(all.begin(), all.end(), std::uint64_t{0});
    CHECK(order == all);
}
