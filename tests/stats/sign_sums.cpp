#include <hallmark/stats/sign_sums.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

using namespace hallmark::detail;

namespace {
auto values_of(std::size_t n) -> std::vector<std::int64_t> {
    std::vector<std::int64_t> out(n);
    std::uint32_t             s = 1;
    for (auto& x : out) {
        s = s * 1664525u + 1013904223u;
        x = (static_cast<std::int64_t>(s) - 2147483648) << 18;
    }
    return out;
}
auto sum_of(std::vector<std::int64_t> const& x, std::uint32_t const* row) -> std::int64_t {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        sum += (row[i / 32] >> i % 32 & 1u) != 0 ? -x[i] : x[i];
    }
    return sum;
}
}  // namespace

// Each size ends elsewhere in a byte, a word, and a run of three words; beyond 8192 there is another table. Bits behind the last value are set.
TEST_CASE("the sums of rows, one by one") {
    for (std::size_t const n : {1u, 4u, 5u, 8u, 9u, 31u, 32u, 33u, 95u, 96u, 97u, 200u, 8192u, 8193u}) {
        auto const                 x   = values_of(n);
        auto const                 sum = sign_sums(x);
        std::vector<std::uint32_t> rows(7 * sum.words());
        std::uint32_t              s = 5;
        for (auto& word : rows) {
            s    = s * 1664525u + 1013904223u;
            word = s ^ s >> 15;
        }
        for (std::size_t w = 0; w < sum.words(); ++w) {
            rows[w] = 0xffffffffu;
        }
        std::vector<std::int64_t> sums(7, -1);
        sum(rows.data(), sums);
        for (std::size_t r = 0; r < 7; ++r) {
            INFO("n ", n, ", row ", r);
            CHECK(sums[r] == sum_of(x, rows.data() + r * sum.words()));
        }
    }
}

// A device reads this table by itself, whole words of it.
TEST_CASE("the table of sums under the signs of a nibble or a byte") {
    auto const x = values_of(37);
    for (std::size_t const bits : {4u, 8u}) {
        auto const table = signed_sums(x, bits);
        auto const ways  = std::size_t{1} << bits;
        REQUIRE(table.size() == 64 / bits * ways);
        for (std::size_t part = 0; part < 64 / bits; ++part) {
            for (std::size_t signs = 0; signs < ways; ++signs) {
                std::int64_t sum = 0;
                for (std::size_t i = 0; i < bits && part * bits + i < x.size(); ++i) {
                    sum += (signs >> i & 1u) != 0 ? -x[part * bits + i] : x[part * bits + i];
                }
                CHECK(table[part * ways + signs] == sum);
            }
        }
    }
}
