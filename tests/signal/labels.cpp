#include <hallmark/signal/labels.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace hallmark;
using classes = std::vector<std::size_t>;
using scores  = std::vector<double>;

TEST_CASE("larger means member: 1 where the model gives the label") {
    CHECK(evaluate_labels(classes{3, 0, 1}, classes{3, 1, 1}, 4) == scores{1, 0, 1});
    // Its best two for each sample; the second counts as much as the first.
    CHECK(evaluate_labels(classes{3, 0, 0, 1, 2, 0}, classes{0, 2, 2}, 4) == scores{1, 0, 1});
    CHECK(evaluate_labels(classes{3, 0, 2, 1}, classes{1}, 4) == scores{1});
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(evaluate_labels({}, {}, 4), "hallmark::evaluate_labels: there are no labels; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(evaluate_labels({}, classes{1}, 4),
                         "hallmark::evaluate_labels: there are 0 answers and 1 labels; allowed is the same number of answers for each label", error);
    CHECK_THROWS_WITH_AS(evaluate_labels(classes{1, 2, 3}, classes{1, 2}, 4),
                         "hallmark::evaluate_labels: there are 3 answers and 2 labels; allowed is the same number of answers for each label", error);
    CHECK_THROWS_WITH_AS(evaluate_labels(classes{1, 2}, classes{1, 4}, 4),
                         "hallmark::evaluate_labels: the label of sample 1 is 4; allowed is less than classes = 4", error);
    CHECK_THROWS_WITH_AS(evaluate_labels(classes{1, 4}, classes{1, 2}, 4),
                         "hallmark::evaluate_labels: an answer for sample 1 is 4; allowed is less than classes = 4", error);
}
