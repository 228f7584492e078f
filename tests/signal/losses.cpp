#include <hallmark/signal/losses.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

using namespace hallmark;

// The one place where the sign of a loss is turned: twice, and the guilty go free.
TEST_CASE("larger means member: a smaller loss is a larger score") {
    auto const losses = std::vector<double>{0.25, 3.0, -1.5, 0.0};
    CHECK(evaluate_losses(std::span<double const>(losses)) == std::vector<double>{-0.25, -3.0, 1.5, 0.0});
    auto const floats = std::vector<float>{0.1f, 7.0f};
    CHECK(evaluate_losses(std::span<float const>(floats)) == std::vector<double>{-double{0.1f}, -7.0});
}

TEST_CASE_TEMPLATE("what a caller can get wrong", Scalar, float, double) {
    auto losses = std::vector<Scalar>{1, 2, std::numeric_limits<Scalar>::quiet_NaN()};
    auto score  = [&] { (void)evaluate_losses(std::span<Scalar const>(losses)); };
    CHECK_THROWS_WITH_AS(score(), "hallmark::evaluate_losses: the loss of sample 2 is nan; allowed is any finite number", error);
    losses[0] = std::numeric_limits<Scalar>::infinity();
    CHECK_THROWS_WITH_AS(score(), "hallmark::evaluate_losses: the loss of sample 0 is inf; allowed is any finite number", error);
    losses.clear();
    CHECK_THROWS_WITH_AS(score(), "hallmark::evaluate_losses: there are no losses; allowed is 1 or more", error);
}
