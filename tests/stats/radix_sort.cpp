#include <hallmark/stats/radix_sort.hpp>

#include <doctest/doctest.h>
#include <support/word.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
void check(values const& x) {
    auto expected = x;
    std::sort(expected.begin(), expected.end());
    auto const keys   = detail::sorted_keys(x);
    auto const places = detail::sorted_places(x);
    auto       same   = keys.size() == x.size() && places.size() == x.size();
    auto       seen   = std::vector<int>(x.size());
    for (std::size_t i = 0; same && i < x.size(); ++i) {
        same = detail::from_ordered_key(keys[i]) == expected[i] && x[places[i].place] == expected[i] && ++seen[places[i].place] == 1;
    }
    CHECK(same);
}

/// With limits as they are, so wide that they say nothing, and in between; in place and to other memory.
void check_within_limits(values const& x) {
    auto const expected = detail::sorted_keys(x);
    auto const low = expected.front(), high = expected.back();
    auto       buffer = expected, out = std::vector<std::uint64_t>(x.size());
    for (auto const& [from, to] :
         {std::pair{low, high}, std::pair{std::uint64_t{0}, ~std::uint64_t{0}}, std::pair{low - low / 1024, high}, std::pair{low, high + 1}}) {
        auto keys = detail::keys_of(x);
        detail::radix_sorter<std::uint64_t>::sort(keys, buffer.data(), from, to, out.data());
        CHECK(out == expected);
        keys = detail::keys_of(x);
        detail::radix_sorter<std::uint64_t>::sort(keys, buffer.data(), from, to, keys.data());
        CHECK(keys == expected);
    }
}
}  // namespace

TEST_CASE("keys have the order of the numbers, and lead back to them") {
    constexpr auto most = std::numeric_limits<double>::max(), tiny = std::numeric_limits<double>::denorm_min();
    auto const     rising =
        values{-std::numeric_limits<double>::infinity(), -most, -1.5, -1.0, -tiny, 0.0, tiny, 1.0, 1.5, most, std::numeric_limits<double>::infinity()};
    for (std::size_t i = 0; i < rising.size(); ++i) {
        CHECK(detail::from_ordered_key(detail::ordered_key(rising[i])) == rising[i]);
        CHECK((i == 0 || detail::ordered_key(rising[i - 1]) < detail::ordered_key(rising[i])));
    }
    CHECK(detail::ordered_key(-0.0) == detail::ordered_key(0.0));
}

// Sizes on both sides of every switch (64, 2^16), and data that each part of the sort likes least: constants, few values, values over
// 600 decades, one far value, crowds, sorted both ways.
TEST_CASE("the order of std::sort, whatever the data") {
    for (std::size_t const n : {0u, 1u, 2u, 63u, 64u, 65u, 1000u, 65'536u, 65'537u, 200'000u}) {
        values bits, constant(n, 3.5), few, wide, far, crowd, up, down;
        for (std::uint64_t i = 0; i < n; ++i) {
            auto const any = std::bit_cast<double>(word(i));
            bits.push_back(any - any == 0.0 ? any : 1.0);
            few.push_back(static_cast<double>(word(i) % 5) - 2.0);
            wide.push_back(std::bit_cast<double>((word(i) >> 1) % 0x7fe0000000000000u));
            far.push_back(i == n / 2 ? 1e300 : static_cast<double>(word(i)) * 1e-19);
            crowd.push_back((i % 2 == 0 ? 1.0 : -1e-200) + static_cast<double>(word(i) % 1024) * 0x1p-52);
            up.push_back(static_cast<double>(i));
            down.push_back(-static_cast<double>(i));
        }
        INFO(n);
        for (auto const* x : {&bits, &constant, &few, &wide, &far, &crowd, &up, &down}) {
            check(*x);
            if (n > 0) {
                check_within_limits(*x);
            }
        }
    }
}
