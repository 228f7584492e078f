#include <hallmark/stats/privacy_leakage.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// By hand: of four pairs the model wins four, the retrained one two and ties one; AUC 1 and 0.625.
TEST_CASE("pinned values") {
    auto const high = values{3, 4}, low = values{1, 2}, mixed = values{1.5, 2};
    auto const r = privacy_leakage({high, low}, {mixed, low});
    CHECK(r.auc_model == 1.0);
    CHECK(r.auc_retrained == 0.625);
    CHECK(close(r.percent, 60.0, 1e-14));
    CHECK(privacy_leakage({mixed, low}, {mixed, low}).percent == 0.0);
    CHECK(privacy_leakage({low, high}, {mixed, low}).percent == -100.0);  // shows by its absence
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     x = values{1}, none = values{}, bad = values{nan_}, y = values{2};
    CHECK_THROWS_WITH_AS(privacy_leakage({none, x}, {x, x}), "hallmark::privacy_leakage: model.forget is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(privacy_leakage({x, bad}, {x, x}), "hallmark::privacy_leakage: model.hold_out[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(privacy_leakage({x, x}, {bad, x}), "hallmark::privacy_leakage: retrained.forget[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(privacy_leakage({x, x}, {x, none}), "hallmark::privacy_leakage: retrained.hold_out is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(privacy_leakage({x, x}, {x, y}),
                         "hallmark::privacy_leakage: the AUC of the retrained model is 0; allowed is more, as a share of it is asked for", error);
}
