#include <hallmark/signal/rmia.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using namespace hallmark;
using numbers = std::vector<double>;

namespace {
// The formula as it is printed, pair by pair, in probabilities.
auto by_pairs(double gamma, double a, referenced_scores x, referenced_scores z) -> numbers {
    auto const ratio = [a](referenced_scores const& s, std::size_t i) {
        auto const  n = s.target.size(), models = s.references.size() / n;
        long double mean = 0;
        for (std::size_t r = 0; r < models; ++r) {
            mean += std::exp(static_cast<long double>(s.references[r * n + i])) / static_cast<long double>(models);
        }
        return std::exp(static_cast<long double>(s.target[i])) / ((1 + a) / 2 * mean + (1 - a) / 2);
    };
    numbers out;
    for (std::size_t i = 0; i < x.target.size(); ++i) {
        double beaten = 0;
        for (std::size_t j = 0; j < z.target.size(); ++j) {
            beaten += ratio(x, i) / ratio(z, j) > gamma ? 1 : 0;
        }
        out.push_back(beaten / static_cast<double>(z.target.size()));
    }
    return out;
}
auto draw(std::size_t n, double scale, double phase) -> numbers {
    numbers out;
    for (std::size_t i = 0; i < n; ++i) {
        out.push_back(-scale * (1.01 + std::sin(static_cast<double>(i) * 2.399 + phase)));
    }
    return out;
}
}  // namespace

TEST_CASE("as printed, over gamma, a, and numbers of models") {
    for (double const gamma : {0.5, 1.0, 2.0, 8.0}) {
        for (double const a : {0.0, 0.3, 1.0}) {
            for (std::size_t const models : {1u, 3u}) {
                auto const tx = draw(9, 2, 0), rx = draw(9 * models, 3, 1), tz = draw(31, 3, 2), rz = draw(31 * models, 3, 3);
                auto const score = rmia(gamma, a)({tx, rx}, {tz, rz});
                CHECK(score == by_pairs(gamma, a, {tx, rx}, {tz, rz}));
                for (auto const s : score) {
                    CHECK((s >= 0.0 && s <= 1.0));
                }
            }
        }
    }
}

// The wrong sign would accuse those whose data was not used.
TEST_CASE("larger means member: likelier under the target, unlikelier under the references") {
    auto const tz = draw(40, 3, 2), rz = draw(40, 3, 3);
    auto const s = rmia(1.0, 0.3)({numbers{-0.01, -2, -5, -0.01}, numbers{-5, -5, -5, -0.01}}, {tz, rz});
    CHECK(s[0] > s[1]);
    CHECK(s[1] > s[2]);
    CHECK(s[0] > s[3]);  // as sure as the first, but so are the references
}

TEST_CASE("probabilities that no double can hold, and ties, which do not count") {
    auto const far = rmia(1.0, 1.0)({numbers{-800, -900}, numbers{-850, -850}}, {numbers{-10, -10}, numbers{-10, -9}});
    CHECK(far == numbers{1.0, 0.0});
    CHECK(rmia(1.0, 0.5)({numbers{-1}, numbers{-1}}, {numbers{-1, -1}, numbers{-1, -1}}) == numbers{0.0});
}

TEST_CASE("what a caller can get wrong") {
    auto const nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(rmia(0.0), "hallmark::rmia: gamma is 0; allowed is any finite number above 0", error);
    CHECK_THROWS_WITH_AS(rmia(nan_), "hallmark::rmia: gamma is nan; allowed is any finite number above 0", error);
    CHECK_THROWS_WITH_AS(rmia(2.0, 1.5), "hallmark::rmia: a is 1.5; allowed is 0 to 1", error);
    auto const one = numbers{-1}, two = numbers{-1, -2}, bad = numbers{0.5}, undefined = numbers{nan_};
    CHECK_THROWS_WITH_AS(rmia()({{}, one}, {one, one}), "hallmark::rmia: there are no samples; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(rmia()({two, one}, {one, one}),
                         "hallmark::rmia: samples.references has 1 numbers for 2 samples; allowed is a multiple, 1 or more for each", error);
    CHECK_THROWS_WITH_AS(rmia()({one, one}, {one, undefined}), "hallmark::rmia: population.references[0] is nan; allowed is any finite number", error);
    CHECK_THROWS_WITH_AS(rmia()({bad, one}, {one, one}), "hallmark::rmia: samples.target[0] is 0.5; allowed is a log-probability, 0 or less", error);
    CHECK_THROWS_WITH_AS(rmia()({one, one}, {one, bad}), "hallmark::rmia: population.references[0] is 0.5; allowed is a log-probability, 0 or less", error);
}
