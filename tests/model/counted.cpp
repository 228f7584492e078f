#include <hallmark/model/counted.hpp>

#include <doctest/doctest.h>
#include <model/toy.hpp>

#include <cstddef>
#include <vector>

using namespace hallmark;

// A budget that is off by one costs the owner money, or a query that the verdict needed.
TEST_CASE("the budget is used up to the last picture and not beyond") {
    std::vector<std::size_t> sizes;
    auto                     m     = counted(toy_model{&sizes}, 10);
    auto const               batch = image_batch<float>(4, 1, 2, 2);
    CHECK(m.used() == 0);
    CHECK(m(batch.view()).samples() == 4);
    (void)m(batch.view());
    CHECK(m.used() == 8);
    CHECK_THROWS_WITH_AS(m(batch.view()), "hallmark::counted: the model was asked about 8 pictures, 4 more are wanted, and the budget is 10", error);
    CHECK(m.used() == 8);  // a refused question costs nothing
    (void)m(batch.view().slice(0, 2));
    CHECK(m.used() == 10);
    try {
        (void)m(batch.view().slice(0, 1));
        FAIL("the budget was exceeded");
    } catch (error const& e) {
        CHECK(e.code() == errc::budget_exhausted);
    }
    CHECK(sizes == std::vector<std::size_t>{4, 4, 2});  // the model itself was never asked too often
}

TEST_CASE("logits pass through unchanged") {
    auto const batch = image_batch<float>(2, 1, 1, 2, {1, 2, 3, 4});
    auto       m     = counted(toy_model{}, 2);
    CHECK(m(batch.view()) == toy_model{}(batch.view()));
    static_assert(model<counted<toy_model>>);
}
