#include <hallmark/stats/value_bins.hpp>

#include <doctest/doctest.h>
#include <support/word.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark::detail;
using values = std::vector<double>;

namespace {
auto bits(double x) -> std::uint64_t { return std::bit_cast<std::uint64_t>(x); }

/// Bins rise with the values, those of negative ones are below `half`, and no item is below the least of its bin or at that of the next.
void check(value_bins const& bins, values x) {
    std::sort(x.begin(), x.end());
    auto        ok     = true;
    std::size_t before = 0;
    for (auto const v : x) {
        auto const bin  = bins.of(v);
        auto const item = value_item::of(bits(v), 0);
        ok              = ok && bin >= before && bin < value_bins::count && (bin < value_bins::half) == (v < 0.0);
        ok              = ok && item >= bins.least_item(bin);
        ok              = ok && (bin + 1 == value_bins::half || bin + 1 == value_bins::count || item < bins.least_item(bin + 1));
        before          = bin;
    }
    CHECK(ok);
}
}  // namespace

TEST_CASE("items have the order of values of one sign, and lead back to them") {
    constexpr auto most = std::numeric_limits<double>::max(), tiny = std::numeric_limits<double>::denorm_min(), inf = std::numeric_limits<double>::infinity();
    auto const     rising = values{-inf, -most, -1.5, -1.0, -tiny, 0.0, tiny, 1.0, 1.5, most, inf};
    for (std::size_t i = 0; i < rising.size(); ++i) {
        for (auto const sample : {std::uint64_t{0}, std::uint64_t{1}}) {
            auto const item = value_item::of(bits(rising[i]), sample);
            CHECK(value_item::value(item, value_item::flip(bits(rising[i]))) == rising[i]);
            CHECK((item & 1u) == sample);
            CHECK_FALSE(value_item::differ(item, item ^ 1u));
            CHECK((i == 0 || i == 5 || value_item::differ(item, value_item::of(bits(rising[i - 1]), sample))));
            CHECK((i == 0 || i == 5 || item > value_item::of(bits(rising[i - 1]), 1)));
        }
    }
    CHECK(value_item::of(bits(-0.0), 1) == value_item::of(bits(0.0), 1));
}

// Bins that were chosen for one kind of values have the order of any other, too.
TEST_CASE("bins rise with the values, whatever they were chosen for") {
    constexpr auto most = std::numeric_limits<double>::max(), tiny = std::numeric_limits<double>::denorm_min(), inf = std::numeric_limits<double>::infinity();
    values         uniform, logits, decades, close_by, any, ends{-inf, -most, -1.0, -tiny, -0.0, 0.0, tiny, 1.0, most, inf};
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        auto const u = (static_cast<double>(word(i) >> 11) + 0.5) * 0x1p-53;
        uniform.push_back(u);
        logits.push_back(std::log(u / (1.0 - u)));
        decades.push_back((i % 2 == 0 ? 1.0 : -1.0) * std::exp(1400.0 * (u - 0.5)));
        close_by.push_back(1.0 + static_cast<double>(word(i) % 4096) * 0x1p-52);
        auto const x = std::bit_cast<double>(word(i));
        any.push_back(x - x == 0.0 ? x : 1.0);
    }
    values const* all[] = {&uniform, &logits, &decades, &close_by, &any, &ends};
    for (auto const* chosen_for : all) {
        auto const bins = value_bins(sample_of(*chosen_for, {}));
        for (auto const* x : all) {
            check(bins, *x);
        }
    }
    check(value_bins(sample_of(values{0.0}, {})), ends);
    check(value_bins(sample_of(values{-inf}, {})), ends);
    auto const last = value_bins(sample_of(values{1e300, inf}, {}));  // its last bins would be beyond every number
    check(last, ends);
    for (std::size_t b = 1; b < value_bins::count; ++b) {
        REQUIRE((b == value_bins::half || last.least_item(b) >= last.least_item(b - 1)));
    }
}

TEST_CASE("a sample is of both, at regular places") {
    values a(40'000), b(60'000);
    for (std::size_t i = 0; i < a.size() + b.size(); ++i) {
        (i < a.size() ? a[i] : b[i - a.size()]) = static_cast<double>(i);
    }
    auto const sample = sample_of(a, b);
    CHECK(sample.size() == 33'334);
    for (std::size_t i = 0; i < sample.size(); ++i) {
        REQUIRE(std::bit_cast<double>(sample[i]) == static_cast<double>(3 * i));
    }
    CHECK(sample_of({}, values{2.0}) == std::vector{bits(2.0)});
}
