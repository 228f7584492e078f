#include <hallmark/stats/multiplicity.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

namespace {
auto all_close(values const& x, values const& y) -> bool {
    auto ok = x.size() == y.size();
    for (std::size_t i = 0; ok && i < x.size(); ++i) {
        ok = close(x[i], y[i], 1e-12, y[i] < 1e-300 ? 1e-307 : 0.0);
    }
    return ok;
}
}  // namespace

// By hand, and not in order: a result that came back sorted would pass on sorted input.
TEST_CASE("pinned values") {
    auto const p = values{0.04, 0.01, 0.5, 0.02, 0.03};
    CHECK(all_close(benjamini_hochberg(p), {0.05, 0.05, 0.5, 0.05, 0.05}));
    CHECK(all_close(benjamini_hochberg(values{0.9, 0.001, 0.04}), {0.9, 0.003, 0.06}));
    CHECK(all_close(benjamini_yekutieli(values{0.9, 0.001, 0.04}), {1.0, 0.0055, 0.11}));
    CHECK(all_close(holm(p), {0.08, 0.05, 0.5, 0.08, 0.09}) == false);  // not monotone: 0.04·2 is below 0.03·3
    CHECK(all_close(holm(p), {0.09, 0.05, 0.5, 0.08, 0.09}));
    CHECK(all_close(bonferroni(p), {0.2, 0.05, 1.0, 0.1, 0.15}));
    for (auto const& one : {benjamini_hochberg(values{0.03}), benjamini_yekutieli(values{0.03}), holm(values{0.03}), bonferroni(values{0.03})}) {
        CHECK(one == values{0.03});
    }
}

// By hand, and for the e-values beside the p-values 1/e.
TEST_CASE("pinned values: hochberg, storey, e-values") {
    auto const p = values{0.04, 0.01, 0.5, 0.02, 0.03};
    CHECK(all_close(hochberg(p), {0.08, 0.05, 0.5, 0.08, 0.08}));
    CHECK(all_close(hochberg(values{0.9, 0.001, 0.04}), {0.9, 0.003, 0.08}));
    CHECK(storey_pi0(p) == 1.0 / 2.5);  // 0.5 is not above 0.5
    CHECK(close(storey_pi0(p, 0.25), 2.0 / 3.75, 1e-15));
    CHECK(storey_pi0(values{0.9, 0.8, 0.7}) == 1.0);
    CHECK(all_close(storey(p), {0.02, 0.02, 0.2, 0.02, 0.02}));
    CHECK(storey(values{0.9, 0.8}, 0.3) == values{1.0, 1.0});  // the share is 3/1.4, and is not cut off at 1
    auto log_e = values();
    for (auto const x : p) {
        log_e.push_back(-std::log(x));
    }
    CHECK(all_close(e_benjamini_hochberg(log_e), benjamini_hochberg(p)));
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    CHECK(e_benjamini_hochberg(values{infinity, -infinity, 0.0}) == values{0.0, 1.0, 1.0});
    CHECK(e_benjamini_hochberg(values{5000.0, 4000.0, 1.0})[0] == 0.0);
    CHECK(hochberg(values{0.03}) == values{0.03});
    CHECK(close(storey(values{0.03})[0], 0.06, 1e-15));
}

// p·m/m is p: with a product that was rounded before it is divided, 0.05 three times came out above 0.05 and none was rejected.
TEST_CASE("equal p-values come out as they are") {
    for (std::size_t m = 1; m <= 100; ++m) {
        for (auto n = 1; n <= 2000; n = n < 100 ? n + 1 : n + 37) {
            auto const p  = 1.0 / (n + 1.0);
            auto const x  = values(m, p);
            auto const e  = std::exp(-std::log(n + 1.0));  // what comes back is exp of a logarithm
            auto const ok = benjamini_hochberg(x) == x && hochberg(x) == x && (m > 12 || n > 20 || hommel(x) == x) &&
                            e_benjamini_hochberg(values(m, std::log(n + 1.0))) == values(m, e);
            INFO(m, " times 1/", n + 1);
            REQUIRE(ok);
        }
    }
    CHECK(benjamini_hochberg(values{0.05, 0.05, 0.05}) == values(3, 0.05));  // statsmodels 0.13.5 as well, and it rejects all three at 0.05
    CHECK(hommel(values{0.05, 0.05, 0.05}) == values(3, 0.05));
    CHECK(storey(values(3, 0.05)) == values(3, 2.0 * (0.05 / 3.0)));
}

// i p-values at alpha·i/m exactly, but for their rounding, and the others 1: at the level is rejected, one part in 1e13 above is not.
TEST_CASE("p-values at the boundary are rejected") {
    for (auto const parts : {1, 5, 10, 20, 25, 50, 200}) {  // thousandths
        auto const alpha = parts / 1000.0;
        for (std::size_t m = 1; m <= 100; ++m) {
            for (std::size_t i = 1; i <= m; ++i) {
                auto const at    = static_cast<double>(parts) * static_cast<double>(i) / (1000.0 * static_cast<double>(m));
                auto       p     = values(m, 1.0);
                auto const first = static_cast<std::ptrdiff_t>(i);
                std::fill(p.begin(), p.begin() + first, at);
                auto const rejected = benjamini_hochberg(p)[0] <= alpha;
                std::fill(p.begin(), p.begin() + first, at * (1.0 + 1e-13));
                auto const above = benjamini_hochberg(p)[0] > alpha;
                INFO(i, " of ", m, " at ", alpha);
                REQUIRE(rejected);
                REQUIRE(above);
            }
            auto p = values(m, 1.0);
            p[0]   = static_cast<double>(parts) / (1000.0 * static_cast<double>(m));
            INFO(m, " at ", alpha);
            REQUIRE(bonferroni(p)[0] <= alpha);
            REQUIRE(holm(p)[0] <= alpha);
            REQUIRE(hommel(p)[0] <= alpha);
        }
    }
}

// The definition itself: all intersections of up to eight hypotheses, ties among the p-values or not.
TEST_CASE("hommel is the closure of Simes' test, by enumeration") {
    for (auto const& p : {values{0.04, 0.01, 0.5, 0.02, 0.03, 0.011, 0.2}, values{0.01, 0.01, 0.01, 0.9}, values{0.3}, values{0.02, 0.021},
                          values{0.0, 1.0, 0.02}, values{0.06, 0.013, 0.02, 0.02, 0.041, 0.02, 0.9, 0.001}}) {
        auto const adjusted = hommel(p);
        auto       expected = values(p.size(), 0.0);
        for (unsigned set = 1; set < 1u << p.size(); ++set) {
            auto in = values();
            for (std::size_t i = 0; i < p.size(); ++i) {
                if ((set >> i & 1u) != 0) {
                    in.push_back(p[i]);
                }
            }
            std::sort(in.begin(), in.end());
            auto simes = 1.0;
            for (std::size_t j = 0; j < in.size(); ++j) {
                simes = std::min(simes, static_cast<double>(in.size()) * in[j] / static_cast<double>(j + 1));
            }
            for (std::size_t i = 0; i < p.size(); ++i) {
                expected[i] = (set >> i & 1u) != 0 ? std::max(expected[i], simes) : expected[i];
            }
        }
        CHECK(all_close(adjusted, expected));
        auto const weaker = hochberg(p);
        for (std::size_t i = 0; i < p.size(); ++i) {
            CHECK(adjusted[i] <= weaker[i] * (1.0 + 1e-15));
        }
    }
    // statsmodels 0.13.5: multipletests(p, method="hommel")[1].
    CHECK(all_close(hommel(values{0.04, 0.01, 0.5, 0.02, 0.03, 0.011, 0.2}), {0.12, 0.06, 0.5, 0.08, 0.09, 0.06, 0.4}));
    CHECK_THROWS_WITH_AS(hommel(values{}), "hallmark::hommel: p is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(hommel(values{1.5}), "hallmark::hommel: p[0] is 1.5; allowed is 0 to 1", error);
}

// Wang & Ramdas 2022: reject the k largest e-values for the largest k with e_(k) >= m/(k alpha).
TEST_CASE("e-values: rejections are those of the definition") {
    auto const e = values{30.0, 0.5, 90.0, 14.0, 55.0, 2.0, 19.0};
    auto       s = e;
    std::sort(s.rbegin(), s.rend());
    auto log_e = values();
    for (auto const x : e) {
        log_e.push_back(std::log(x));
    }
    auto const adjusted = e_benjamini_hochberg(log_e);
    for (double alpha = 0.001; alpha < 1.0; alpha += 0.0007) {
        std::size_t count = 0;
        for (std::size_t k = 1; k <= s.size(); ++k) {
            count = s[k - 1] >= static_cast<double>(s.size()) / (static_cast<double>(k) * alpha) ? k : count;
        }
        CHECK(static_cast<std::size_t>(std::count_if(adjusted.begin(), adjusted.end(), [alpha](double x) { return x <= alpha; })) == count);
        for (std::size_t i = 0; i < e.size(); ++i) {
            CHECK((adjusted[i] <= alpha) == (count > 0 && e[i] >= s[count - 1]));
        }
    }
}

// statsmodels 0.13.5.
TEST_CASE("golden values") {
    HALLMARK_NEEDS_GOLDEN();
    for (std::string const name : {"bh_extremes", "bh_m10", "bh_m200_signal", "bh_one", "bh_ties"}) {
        values p, bh, by, ho, bo;
        for (auto& row : golden::csv("stats/" + name + ".csv")) {
            p.push_back(golden::number(row["p"]));
            bh.push_back(golden::number(row["fdr_bh"]));
            by.push_back(golden::number(row["fdr_by"]));
            ho.push_back(golden::number(row["holm"]));
            bo.push_back(golden::number(row["bonferroni"]));
        }
        INFO(name);
        CHECK(!p.empty());
        CHECK(all_close(benjamini_hochberg(p), bh));
        CHECK(all_close(benjamini_yekutieli(p), by));
        CHECK(all_close(holm(p), ho));
        CHECK(all_close(bonferroni(p), bo));
    }
}

// The rejections must be those of the procedures as published, for every level.
TEST_CASE("rejections are those of the definitions") {
    auto const p = values{0.011, 0.2, 0.001, 0.03, 0.03, 0.9, 0.0124};  // sorted: .001 .011 .0124 .03 .03 .2 .9
    auto       s = p;
    std::sort(s.begin(), s.end());
    auto const m = static_cast<double>(p.size());
    for (double alpha = 0.001; alpha < 1.0; alpha += 0.0007) {
        std::size_t step_up = 0, step_down = 0;
        for (std::size_t i = 0; i < s.size(); ++i) {
            step_up = s[i] <= alpha * static_cast<double>(i + 1) / m ? i + 1 : step_up;
        }
        while (step_down < s.size() && s[step_down] <= alpha / (m - static_cast<double>(step_down))) {
            ++step_down;
        }
        auto const rejected = [alpha](values const& adjusted) {
            return static_cast<std::size_t>(std::count_if(adjusted.begin(), adjusted.end(), [alpha](double x) { return x <= alpha; }));
        };
        CHECK(rejected(benjamini_hochberg(p)) == step_up);
        CHECK(rejected(holm(p)) == step_down);
        CHECK(rejected(bonferroni(p)) <= step_down);
        std::size_t hochbergs = 0;
        for (std::size_t i = 0; i < s.size(); ++i) {
            hochbergs = s[i] <= alpha / (m - static_cast<double>(i)) ? i + 1 : hochbergs;
        }
        CHECK(rejected(hochberg(p)) == hochbergs);
        CHECK(hochbergs >= step_down);
        CHECK(rejected(benjamini_yekutieli(p)) <= step_up);
    }
}

// Family-wise error by enumeration: all pairs of independent uniforms on {1, ..., 40}/40.
TEST_CASE("the family-wise error rate is at most alpha") {
    for (double const alpha : {0.5, 0.1, 0.05, 0.01}) {
        double wrong_holm = 0, wrong_bonferroni = 0, wrong_bh = 0, wrong_hochberg = 0, wrong_storey = 0;
        for (int i = 1; i <= 40; ++i) {
            for (int j = 1; j <= 40; ++j) {
                auto const p = values{i / 40.0, j / 40.0};
                wrong_hochberg += std::min(hochberg(p)[0], hochberg(p)[1]) <= alpha ? 1.0 / 1600.0 : 0.0;
                wrong_storey += std::min(storey(p)[0], storey(p)[1]) <= alpha ? 1.0 / 1600.0 : 0.0;
                wrong_holm += std::min(holm(p)[0], holm(p)[1]) <= alpha ? 1.0 / 1600.0 : 0.0;
                wrong_bonferroni += std::min(bonferroni(p)[0], bonferroni(p)[1]) <= alpha ? 1.0 / 1600.0 : 0.0;
                wrong_bh += std::min(benjamini_hochberg(p)[0], benjamini_hochberg(p)[1]) <= alpha ? 1.0 / 1600.0 : 0.0;
            }
        }
        CHECK(wrong_holm <= alpha + 1e-12);
        CHECK(wrong_bonferroni <= alpha + 1e-12);
        CHECK(wrong_bh <= alpha + 1e-12);
        CHECK(wrong_hochberg <= alpha + 1e-12);
        CHECK(wrong_storey <= alpha + 1e-12);
    }
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS(benjamini_hochberg({}), "hallmark::benjamini_hochberg: p is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(benjamini_hochberg(values{0.1, 1.5}), "hallmark::benjamini_hochberg: p[1] is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(benjamini_yekutieli(values{-0.1}), "hallmark::benjamini_yekutieli: p[0] is -0.1; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(holm(values{nan_}), "hallmark::holm: p[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(hochberg(values{0.5, -1.0}), "hallmark::hochberg: p[1] is -1; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(storey({}), "hallmark::storey_pi0: p is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(storey_pi0(values{0.5}, 1.0), "hallmark::storey_pi0: lambda is 1; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS(storey_pi0(values{1.5}), "hallmark::storey_pi0: p[0] is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(e_benjamini_hochberg({}), "hallmark::e_benjamini_hochberg: log_e is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(e_benjamini_hochberg(values{nan_}),
                         "hallmark::e_benjamini_hochberg: log_e[0] is NaN; allowed is any other number, also an infinite one", error);
    CHECK_THROWS_WITH_AS(bonferroni(values{2.0}), "hallmark::bonferroni: p[0] is 2; allowed is 0 to 1", error);
}
