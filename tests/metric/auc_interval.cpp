#include <hallmark/metric/auc_interval.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <limits>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
// Scores with ties: members a little higher.
auto some(std::size_t n, std::uint32_t key, double shift) -> values {
    auto   source = stream(chacha_key{{key}});
    values out;
    for (std::size_t i = 0; i < n; ++i) {
        out.push_back(std::floor(64.0 * (uniform_double(source) + shift)) / 64.0);
    }
    return out;
}
}  // namespace

// Python fractions, straight from DeLong's definition with its double loop over all pairs; mpmath 1.3.0 for the quantile.
TEST_CASE("DeLong: pinned values with ties") {
    auto const e = auc_delong(values{4, 2, 2, 1, 3.5, 0.5}, values{3, 2, 0, 1, -1}, 0.9);
    CHECK(close(e.value, 43.0 / 60.0, 1e-15));
    CHECK(close(e.standard_error, 0.1674979270186815, 1e-13));
    CHECK(close(e.ci.lower, 0.44115709390313532, 1e-12));
    CHECK(close(e.ci.upper, 0.99217623943019802, 1e-12));
    CHECK(auc_delong(values{4, 2, 2, 1, 3.5, 0.5}, values{3, 2, 0, 1, -1}, 0.99).ci.upper == 1.0);  // cut
}

TEST_CASE("DeLong: turned around, the interval is mirrored") {
    auto const a = some(80, 1, 0.2), b = some(120, 2, 0.0);
    auto const x = auc_delong(a, b), y = auc_delong(b, a);
    CHECK(close(x.value, auc(a, b), 1e-15));
    CHECK(close(x.value + y.value, 1.0, 1e-14));
    CHECK(close(x.standard_error, y.standard_error, 1e-12));
    CHECK(close(x.ci.lower, 1.0 - y.ci.upper, 1e-12));
}

// Two ways that share no formula.
TEST_CASE("the bootstrap agrees with DeLong, and a key fixes it") {
    auto const a = some(150, 3, 0.15), b = some(200, 4, 0.0);
    auto const d = auc_delong(a, b);
    auto const s = auc_bootstrap(a, b, stream(chacha_key{{9}}), 4000);
    CHECK(s.value == d.value);
    CHECK(close(s.standard_error, d.standard_error, 0.06));
    CHECK(close(s.ci.lower, d.ci.lower, 0.0, 0.2 * d.standard_error));
    CHECK(close(s.ci.upper, d.ci.upper, 0.0, 0.2 * d.standard_error));
    CHECK(auc_bootstrap(a, b, stream(chacha_key{{9}}), 500) == auc_bootstrap(a, b, stream(chacha_key{{9}}), 500));
    // The sample's order is not part of it, so neither is the place where a file was cut.
    auto turned = a;
    std::reverse(turned.begin(), turned.end());
    CHECK(auc_bootstrap(turned, b, stream(chacha_key{{9}}), 500) == auc_bootstrap(a, b, stream(chacha_key{{9}}), 500));
}

// The true AUC of U + 0.2 against U is 1 - 0.8²/2 = 0.68 (on the grid of 1/64, to 0.001). 400 samples of 60 and 60; the band is 3.1 standard deviations.
TEST_CASE("coverage of both at 90 %") {
    auto delong = 0, boot = 0;
    for (std::uint32_t k = 0; k < 400; ++k) {
        auto const a = some(60, 100 + 2 * k, 0.203125), b = some(60, 101 + 2 * k, 0.0);
        auto const truth = 1.0 - 0.5 * (1.0 - 0.203125) * (1.0 - 0.203125);
        auto const d     = auc_delong(a, b, 0.9).ci;
        delong += d.lower <= truth && truth <= d.upper ? 1 : 0;
        if (k < 200) {
            auto const s = auc_bootstrap(a, b, stream(chacha_key{{k, 5}}), 200, 0.9).ci;
            boot += s.lower <= truth && truth <= s.upper ? 1 : 0;
        }
    }
    CHECK(delong >= 340);
    CHECK(delong <= 380);
    CHECK(boot >= 163);
    CHECK(boot <= 193);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     one = values{1}, two = values{1, 2}, high = values{3, 4};
    auto const     s = stream(chacha_key{});
    CHECK_THROWS_WITH_AS(auc_delong(one, two), "hallmark::auc_delong: members has 1 value; at least 2 are needed", error);
    CHECK_THROWS_WITH_AS(auc_delong(two, {}), "hallmark::auc_delong: nulls is empty; 2 values are needed at least", error);
    CHECK_THROWS_WITH_AS(auc_delong(two, two, 1.0), "hallmark::auc_delong: confidence is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(auc_delong(values{1, nan_}, two), "hallmark::auc_delong: members[1] is NaN; allowed are finite numbers", error);
    auto const flat = [](std::string const& function, double value) {
        return detail::sentence("hallmark::", function, ": the variance is 0 at an AUC of ", value,
                                "; allowed are scores of members and nulls that overlap and are not all equal");
    };
    auto const tied = values{7, 7, 7};
    CHECK_THROWS_WITH_AS(auc_delong(high, two), flat("auc_delong", 1.0).c_str(), error);
    CHECK_THROWS_WITH_AS(auc_delong(two, high), flat("auc_delong", 0.0).c_str(), error);
    CHECK_THROWS_WITH_AS(auc_delong(tied, tied), flat("auc_delong", 0.5).c_str(), error);
    CHECK_THROWS_WITH_AS(auc_bootstrap(high, two, s, 400), flat("auc_bootstrap", 1.0).c_str(), error);
    CHECK_THROWS_WITH_AS(auc_bootstrap(tied, tied, s, 400), flat("auc_bootstrap", 0.5).c_str(), error);
    CHECK_THROWS_WITH_AS(auc_bootstrap(two, two, s, 399), "hallmark::auc_bootstrap: replicates is 399; allowed is 400 or more for confidence = 0.95", error);
    CHECK_THROWS_WITH_AS(auc_bootstrap(two, one, s), "hallmark::auc_bootstrap: nulls has 1 value; at least 2 are needed", error);
    CHECK_THROWS_WITH_AS(auc_bootstrap(two, two, s, 100, 0.0), "hallmark::auc_bootstrap: confidence is 0; allowed is more than 0 and less than 1", error);
}
