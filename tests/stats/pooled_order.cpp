#include <hallmark/stats/pooled_order.hpp>

#include <doctest/doctest.h>
#include <support/word.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark::detail;
using values = std::vector<double>;

namespace {
auto same(std::vector<value_group> const& x, std::vector<value_group> const& y) -> bool {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](value_group const& p, value_group const& q) {
        return std::bit_cast<std::uint64_t>(p.value) == std::bit_cast<std::uint64_t>(q.value) && p.first == q.first && p.second == q.second;
    });
}

/// By two plain sorts.
auto groups_of(values a, values b) -> std::vector<value_group> {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    std::vector<value_group> out;
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
        auto const value = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
        while (i < a.size() && a[i] == value) {
            ++i;
        }
        while (j < b.size() && b[j] == value) {
            ++j;
        }
        out.push_back({value + 0.0, i, j});
    }
    return out;
}

void check(values const& a, values const& b) {
    auto const               up = groups_of(a, b);
    std::vector<value_group> down;
    for (auto k = up.size(); k-- > 0;) {
        auto const& below = k == 0 ? value_group{0.0, 0, 0} : up[k - 1];
        down.push_back({up[k].value, a.size() - below.first, b.size() - below.second});
    }
    for (auto const level : {simd::level::scalar, simd::level::baseline, simd::level::avx2, simd::level::avx512}) {
        simd::forced_level const forced(level);
        std::vector<value_group> seen;
        auto const               append = [&](std::span<value_group const> groups) { seen.insert(seen.end(), groups.begin(), groups.end()); };
        pooled_order(a, b).sort_and_visit_up(append);
        CHECK(same(seen, up));
        seen.clear();
        auto order = pooled_order(a, b);
        CHECK(order.sort() == up.size());
        order.visit_down(append);
        CHECK(same(seen, down));
    }
}
}  // namespace

// Sizes below and above where values are dealt (2^14), where groups come in chunks (1024), and data that each part likes least: both signs, zeros of both
// signs, constants, few values, values over 600 decades, one far value, crowds, sorted both ways, pairs (many groups end within a word of 64, but not all),
// what the sample does not see.
TEST_CASE("groups of equal values and their counts, whatever the data") {
    for (std::size_t const n : {0u, 1u, 2u, 25u, 700u, 8191u, 8193u, 30'000u, 150'000u}) {
        values bits, constant(n, -3.5), few, wide, far, crowd, up, down, zeros, unseen, pairs;
        for (std::uint64_t i = 0; i < n; ++i) {
            auto const any = std::bit_cast<double>(word(i));
            bits.push_back(any - any == 0.0 ? any : 1.0);
            few.push_back(static_cast<double>(word(i) % 5) - 2.0);
            wide.push_back(std::bit_cast<double>((word(i) >> 1) % 0x7fe0000000000000u));
            far.push_back(i == n / 2 ? 1e300 : static_cast<double>(word(i)) * 1e-19);
            crowd.push_back((i % 2 == 0 ? 1.0 : -1e-200) + static_cast<double>(word(i) % 1024) * 0x1p-52);
            up.push_back(static_cast<double>(i));
            down.push_back(-static_cast<double>(i / 3));
            zeros.push_back(i % 3 == 0 ? -0.0 : i % 3 == 1 ? 0.0 : static_cast<double>(word(i) % 3) - 1.0);
            pairs.push_back(static_cast<double>(word(i / 2)));
            unseen.push_back(i % 4 == 0 ? 0.5 : static_cast<double>(word(i)) - 0x1p63);
        }
        INFO(n);
        values const* all[] = {&bits, &constant, &few, &wide, &far, &crowd, &up, &down, &zeros, &unseen, &pairs};
        for (std::size_t k = 0; k < std::size(all); ++k) {
            check(*all[k], *all[(k + 1) % std::size(all)]);
            check(*all[k], values(all[k]->begin(), all[k]->begin() + static_cast<std::ptrdiff_t>(n / 2)));
            check({}, *all[k]);
        }
    }
}
