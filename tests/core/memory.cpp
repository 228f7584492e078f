#include <hallmark/core/memory.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

using namespace hallmark::detail;

// A line that is written past the caches must be at a multiple of its size, or the program stops.
TEST_CASE("blocks begin with a line of the cache, small and large") {
    for (std::size_t const size : {0u, 1u, 7u, 1000u, 3'000'000u}) {
        auto const b = block<std::uint16_t>(size);
        CHECK(reinterpret_cast<std::uintptr_t>(b.data()) % cache_line == 0);
        if (size > 0) {
            b[0]        = 1;
            b[size - 1] = 2;
            CHECK(b[size - 1] == 2);
        }
    }
}

TEST_CASE("lines arrive whole") {
    auto const    to       = block<unsigned char>(3 * cache_line);
    unsigned char from[64] = {};
    for (unsigned char i = 0; i < 64; ++i) {
        from[i] = static_cast<unsigned char>(i + 1);
    }
    std::memset(to.data(), 0, 3 * cache_line);
    write_line(to.data() + cache_line, from);
    lines_written();
    CHECK(std::memcmp(to.data() + cache_line, from, cache_line) == 0);
    CHECK(to[cache_line - 1] == 0);
    CHECK(to[2 * cache_line] == 0);
}

TEST_CASE("large vectors are zeros") {
    auto const v = large_vector<double>(600'000);
    CHECK(v.size() == 600'000);
    CHECK(v.front() == 0.0);
    CHECK(v.back() == 0.0);
    CHECK(large_vector<double>(0).empty());
}
