#include <hallmark/signal/tokens.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

using namespace hallmark;
using numbers = std::vector<double>;
using offsets = std::vector<std::size_t>;

namespace {
auto score(double percent, numbers tokens) -> double { return min_k{percent}(tokens); }
}  // namespace

TEST_CASE("the mean of the lowest k percent, at least one token") {
    auto const text = numbers{-1, -8, -2, -0.5, -4, -3, -16, -0.25, -0.125, -6};
    CHECK(score(100, text) == -40.875 / 10);
    CHECK(score(20, text) == -12.0);
    CHECK(score(29, text) == -12.0);  // 2.9 tokens are two, as in the published code
    CHECK(score(30, text) == -10.0);
    CHECK(score(40, text) == -8.5);
    CHECK(score(1, text) == -16.0);
    CHECK(score(20, {-2.0}) == -2.0);
    CHECK(min_k{}.percent() == 20.0);
}

// The wrong sign would call every text that nobody wrote a member.
TEST_CASE("larger means member: fewer surprises are larger") {
    CHECK(score(40, {-1, -1, -1, -1, -1}) > score(40, {-1, -1, -1, -1, -9}));
    CHECK(score(40, {-0.1, -0.1, -1, -1, -1}) == score(40, {-1, -1, -1, -1, -1}));  // easy tokens do not count
}

TEST_CASE("the order of the tokens does not matter, to the last bit") {
    auto       text     = numbers{-0.1, -0.7, -1e-9, -3.3, -12.75, -0.1, -2.2};
    auto const expected = score(70, text);
    std::sort(text.begin(), text.end());
    do {
        REQUIRE(score(70, text) == expected);
    } while (std::next_permutation(text.begin(), text.end()));
}

TEST_CASE_TEMPLATE("texts of any length, one after another", Scalar, float, double) {
    auto const tokens = std::vector<Scalar>{-1, -2, -4, -8, -16, -0.5f};
    auto const scores = evaluate_tokens(min_k{50}, std::span<Scalar const>(tokens), offsets{0, 1, 5, 6});
    CHECK(scores == numbers{-1, -12, -0.5});
    CHECK(tokens[1] == Scalar(-2));  // the caller's tokens keep their order
}

TEST_CASE("what a caller can get wrong") {
    for (double const k : {0.0, -1.0, 100.5}) {
        CHECK_THROWS_WITH_AS(min_k{k}, detail::sentence("hallmark::min_k: k is ", k, " percent; allowed is more than 0, up to 100").c_str(), error);
    }
    CHECK_THROWS_WITH_AS(min_k{std::numeric_limits<double>::quiet_NaN()}, "hallmark::min_k: k is nan percent; allowed is more than 0, up to 100", error);
    auto       tokens = numbers{-1, -2, -3, -4};
    auto const call   = [&](offsets const& o) { (void)evaluate_tokens(min_k{}, std::span<double const>(tokens), o); };
    CHECK_THROWS_WITH_AS(call({0}), "hallmark::evaluate_tokens: there are 1 offsets; allowed is one more than rows, 2 or more", error);
    CHECK_THROWS_WITH_AS(call({1, 4}), "hallmark::evaluate_tokens: the first offset is 1; allowed is 0", error);
    CHECK_THROWS_WITH_AS(call({0, 3, 2, 4}), "hallmark::evaluate_tokens: offset 2 is 2, after 3; allowed is the same or more", error);
    CHECK_THROWS_WITH_AS(call({0, 2, 2, 4}), "hallmark::evaluate_tokens: text 1 is empty; allowed is 1 or more tokens", error);
    CHECK_THROWS_WITH_AS(call({0, 2, 5}), "hallmark::evaluate_tokens: the last offset is 5 and there are 4 tokens; both must be the same", error);
    tokens[3] = 0.5;
    CHECK_THROWS_WITH_AS(call({0, 2, 4}), "hallmark::evaluate_tokens: the log-probability of token 1 of text 1 is 0.5; allowed is any finite number up to 0",
                         error);
    tokens[2] = -std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH_AS(call({0, 2, 4}), "hallmark::evaluate_tokens: the log-probability of token 0 of text 1 is -inf; allowed is any finite number up to 0",
                         error);
    tokens[0] = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(call({0, 2, 4}), "hallmark::evaluate_tokens: the log-probability of token 0 of text 0 is nan; allowed is any finite number up to 0",
                         error);
}
