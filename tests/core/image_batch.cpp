// The batch for users without an array library: a regular value with four extents.
#include <hallmark/core/image_batch.hpp>
#include <hallmark/error.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using hallmark::image_batch;

TEST_CASE("a new batch is zero and has the extents it was given") {
    image_batch<float> const b(2, 3, 4, 5);
    CHECK(b.samples() == 2);
    CHECK(b.channels() == 3);
    CHECK(b.height() == 4);
    CHECK(b.width() == 5);
    CHECK(b.elements() == std::vector<float>(120));
    CHECK(image_batch<float>().view().size() == 0);
}

TEST_CASE("elements are in the order sample, channel, row, column") {
    std::vector<std::uint8_t> elements(2 * 3 * 4 * 5);
    for (std::size_t i = 0; i < elements.size(); ++i) {
        elements[i] = static_cast<std::uint8_t>(i);
    }
    image_batch<std::uint8_t> b(2, 3, 4, 5, elements);
    CHECK(std::as_const(b).elements() == elements);
    CHECK(b.view().at(1, 2, 3, 4) == 119);
    CHECK(std::as_const(b).view().at(1, 0, 0, 1) == 61);
    CHECK(b.view().at(0, 1, 2, 3) == 33);
    b.view().at(0, 0, 0, 1) = 200;
    b.elements()[2]         = 201;
    CHECK(std::as_const(b).elements()[1] == 200);
    CHECK(b.view().at(0, 0, 0, 2) == 201);
}

// A shallow copy would let the marked picture overwrite the original.
TEST_CASE("copies are deep, and equality looks at extents and elements") {
    image_batch<float> const a(1, 1, 2, 3);
    auto                     b = a;
    CHECK(b == a);
    b.view().at(0, 0, 1, 2) = 0.5f;
    CHECK(b != a);
    CHECK(a.elements()[5] == 0.0f);
    CHECK(image_batch<float>(1, 1, 3, 2) != a);
    CHECK(image_batch<float>(1, 2, 3, 1) != image_batch<float>(2, 1, 3, 1));
    b = a;
    CHECK(b == a);
}

// The elements go and extents that stay are a view of memory that is not there.
TEST_CASE("a batch that was moved from is empty") {
    image_batch<float> a(1, 3, 2, 2, std::vector<float>(12, 0.5f));
    auto const         kept = a;
    auto               b    = std::move(a);
    CHECK(b == kept);
    CHECK(a == image_batch<float>());
    CHECK(a.view().size() == 0);
    image_batch<float> c(5, 1, 1, 1);
    c = std::move(b);
    CHECK(c == kept);
    CHECK(b == image_batch<float>());
    auto& same = c;
    c          = std::move(same);
    CHECK(c == kept);
}

TEST_CASE("any extent may be 0") {
    CHECK(image_batch<float>(0, 3, 4, 5).view().size() == 0);
    CHECK(image_batch<float>(2, 0, 4, 5).view().size() == 0);
    CHECK(image_batch<float>(2, 3, 0, 5).view().size() == 0);
    CHECK(image_batch<float>(2, 3, 4, 0).view().size() == 0);
    CHECK(image_batch<float>(0, 3, 4, 5, {}).samples() == 0);
    CHECK(image_batch<float>(SIZE_MAX, SIZE_MAX, 0, 2).view().size() == 0);
}

TEST_CASE("elements that do not fit the extents") {
    CHECK_THROWS_WITH_AS(image_batch<float>(1, 3, 2, 2, std::vector<float>(11)),
                         "hallmark::image_batch: 11 elements were given for extents (1, 3, 2, 2), which need 12", hallmark::error);
    CHECK_THROWS_WITH_AS(image_batch<std::uint8_t>(0, 3, 2, 2, std::vector<std::uint8_t>(1)),
                         "hallmark::image_batch: 1 elements were given for extents (0, 3, 2, 2), which need 0", hallmark::error);
}

// 2^32 · 2^32 is 0 in 64 bits: a batch without memory that lets everybody write anywhere. Minus one, as a
// program that forgot to check would pass it, is the largest extent of all.
TEST_CASE("extents whose product wraps around") {
    static_assert(sizeof(std::size_t) == 8, "the numbers in the sentences are those of 64 bits");
    auto const wide = std::size_t{1} << 32;
    CHECK_THROWS_WITH_AS(image_batch<float>(wide, wide, 1, 1),
                         "hallmark::image_batch: extents are (4294967296, 4294967296, 1, 1); allowed are at most 2305843009213693951 elements",
                         hallmark::error);
    CHECK_THROWS_WITH_AS(image_batch<std::uint8_t>(1, 1, wide, wide, {}),
                         "hallmark::image_batch: extents are (1, 1, 4294967296, 4294967296); allowed are at most 9223372036854775807 elements",
                         hallmark::error);
    CHECK_THROWS_WITH_AS(image_batch<std::uint8_t>(static_cast<std::size_t>(-1), 1, 1, 1),
                         "hallmark::image_batch: extents are (18446744073709551615, 1, 1, 1); allowed are at most 9223372036854775807 elements",
                         hallmark::error);
    CHECK_THROWS_AS(image_batch<float>(1, 1, 1, std::size_t{1} << 61), hallmark::error);
    CHECK_THROWS_AS(image_batch<float>(1, 1, std::size_t{1} << 60, 3), hallmark::error);  // too many by half
    CHECK(hallmark::detail::element_count(1, 1, (std::size_t{1} << 61) - 1, 1, 4) == (std::size_t{1} << 61) - 1);
}
