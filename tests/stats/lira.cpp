#include <hallmark/stats/lira.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>
#include <support/golden.hpp>
#include <support/simd_levels.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using namespace hallmark;
using values = std::vector<double>;

// By hand: "in" 4 6 (mean 5, deviation 1), "out" 1 3 (2, 1), score 4: -(1)/2 + (4)/2.
TEST_CASE("pinned values") {
    auto const in = values{4, 6, 0, 4}, out = values{1, 3, 0, 2}, s = values{4, 1};
    auto const online = lira{}.online(s, {in, 2}, {out, 2});
    CHECK(close(online[0], 1.5, 1e-14));
    CHECK(close(online[1], -0.125 - std::log(2.0), 1e-14));  // in: mean 2, deviation 2; out: mean 1, deviation 1
    CHECK(close(lira{}.offline(s, {out, 2})[0], std::log(1.0 - detail::normal_upper(2.0)), 1e-14));
    // Fixed: "in" sqrt((1 + 4)/2), "out" 1.
    auto const fixed = lira{.variance = lira_variance::fixed}.online(s, {in, 2}, {out, 2});
    CHECK(close(fixed[0], -0.5 / 2.5 - 0.5 * std::log(2.5) + 2.0, 1e-14));
    CHECK(close(lira{.variance = lira_variance::fixed}.offline(s, {out, 2})[1], std::log(0.5), 1e-14));
    CHECK(lira_of_set(online) == online[0] + online[1]);
}

TEST_CASE("golden values") {
    HALLMARK_NEEDS_GOLDEN();
    auto const x = golden::values("extra/lira_x.npy"), in = golden::values("extra/lira_in.npy"), out = golden::values("extra/lira_out.npy");
    auto const truth = golden::values("extra/lira_scores.npy");
    auto const n     = x.size();
    REQUIRE(truth.size() == 5 * n);
    auto const fixed   = lira{.variance = lira_variance::fixed};
    auto const columns = std::vector<values>{lira{}.online(x, {in, n}, {out, n}), fixed.online(x, {in, n}, {out, n}), lira{}.offline(x, {out, n}),
                                             fixed.offline(x, {out, n}), lira{.centre = lira_centre::median}.online(x, {in, n}, {out, n})};
    for (std::size_t c = 0; c < 5; ++c) {
        for (std::size_t i = 0; i < n; ++i) {
            INFO("column ", c, ", sample ", i);
            CHECK(close(columns[c][i], truth[5 * i + c], 1e-12, 1e-13));
        }
    }
}

// Shadow scores as floats are the same numbers: the same scores, at every instruction set, for few, many and very many models.
TEST_CASE("float scores are read as they are") {
    for (std::size_t const models : {2u, 3u, 16u, 64u, 65u, 1500u}) {
        constexpr std::size_t n = 70;  // more than are worked on at a time
        std::vector<float>    in(n * models), out(n * models);
        std::uint32_t         s = 3;
        for (auto* const v : {&in, &out}) {
            for (auto& x : *v) {
                s = s * 1664525u + 1013904223u;
                x = static_cast<float>(s >> 8) * 0x1p-20f;
            }
        }
        auto const wide_in = values(in.begin(), in.end()), wide_out = values(out.begin(), out.end());
        auto const scores = values(n, 7.25);
        for (auto const variance : {lira_variance::per_sample, lira_variance::fixed}) {
            for (auto const centre : {lira_centre::mean, lira_centre::median}) {
                auto const test   = lira{.variance = variance, .centre = centre};
                auto const online = test.online(scores, {wide_in, n}, {wide_out, n});
                auto const tails  = test.offline(scores, {wide_out, n});
                for (auto const level : all_levels()) {
                    detail::simd::forced_level const forced(level);
                    CHECK(test.online(scores, {wide_in, n}, {wide_out, n}) == online);
                    CHECK(test.online(scores, float_shadow_scores{in, n}, float_shadow_scores{out, n}) == online);
                    CHECK(test.offline(scores, float_shadow_scores{out, n}) == tails);
                }
            }
        }
    }
    auto const good = std::vector<float>{1, 2}, bad = std::vector<float>{1, HUGE_VALF};
    CHECK_THROWS_WITH_AS(lira{}.online(values{1}, float_shadow_scores{good, 1}, float_shadow_scores{bad, 1}),
                         "hallmark::lira::online: out[1] is infinity; allowed are finite numbers", error);
}

namespace {
// log N(x; row) by two passes in long double, less the constant.
auto log_density_of(double x, std::span<double const> row) -> long double {
    long double mean = 0, variance = 0;
    for (auto const v : row) {
        mean += static_cast<long double>(v) / static_cast<long double>(row.size());
    }
    for (auto const v : row) {
        variance += (static_cast<long double>(v) - mean) * (static_cast<long double>(v) - mean) / static_cast<long double>(row.size());
    }
    auto const away = static_cast<long double>(x) - mean;
    return -away * away / variance / 2 - std::log(variance) / 2;
}
// Near `centre`, the first of each row `first` away from it.
auto rows_near(std::size_t rows, std::size_t models, double centre, double first, std::uint32_t s) -> values {
    auto out = values(rows * models);
    for (std::size_t i = 0; i < out.size(); ++i) {
        s      = s * 1664525u + 1013904223u;
        out[i] = centre + (i % models == 0 ? first : static_cast<double>(s >> 8) * 0x1p-24);
    }
    return out;
}
}  // namespace

// Squares are summed about a row's first score: it may lie far from all the others, and all of them far from 0.
TEST_CASE("online scores are right wherever a row begins") {
    constexpr std::size_t n = 9;  // more than there are lanes
    for (std::size_t const models : {2u, 3u, 16u, 17u, 64u, 256u, 257u}) {
        for (double const centre : {0.0, 30.0, -1e6}) {
            for (double const first : {0.25, -3.0, 1000.0}) {
                auto const in = rows_near(n, models, centre, first, 1), out = rows_near(n, models, centre - 1.0, -first, 2);
                auto const scores = values(n, centre + 0.375);
                auto const online = lira{}.online(scores, {in, n}, {out, n});
                auto const off    = models > 256 ? 1e-9 : 1e-12;  // the long way rounds each mean to a double near `centre`
                for (std::size_t i = 0; i < n; ++i) {
                    INFO(models, " models near ", centre, ", the first ", first, " away, sample ", i);
                    auto const row = [&](values const& of) { return std::span(of).subspan(i * models, models); };
                    CHECK(close(online[i], static_cast<double>(log_density_of(scores[i], row(in)) - log_density_of(scores[i], row(out))), off, 2.0 * off));
                }
            }
        }
    }
}

// Variances too small or too large for the lanes, or for their ratio, are right all the same, and no other sample's score knows of them.
TEST_CASE("a sample that lanes cannot do") {
    constexpr std::size_t n = 21, models = 5;
    auto const            in = rows_near(n, models, 1.0, 0.25, 1), out = rows_near(n, models, 0.0, 0.25, 2), scores = values(n, 0.5);
    auto const            before = lira{}.online(scores, {in, n}, {out, n});
    for (std::size_t const at : {0u, 7u, 8u, 20u}) {
        for (double const scale_in : {1e-100, 1e100}) {
            auto const scale_out = at == 7 ? 1.0 / scale_in : scale_in;
            auto       far_in = in, far_out = out, s = scores;
            for (std::size_t i = at * models; i < (at + 1) * models; ++i) {
                far_in[i] *= scale_in, far_out[i] *= scale_out;
            }
            s[at] = 1e-100;
            auto const truth =
                log_density_of(s[at], std::span(far_in).subspan(at * models, models)) - log_density_of(s[at], std::span(far_out).subspan(at * models, models));
            for (auto const level : all_levels()) {
                detail::simd::forced_level const forced(level);
                auto                             after = lira{}.online(s, {far_in, n}, {far_out, n});
                CHECK(close(after[at], static_cast<double>(truth), 1e-12));
                after[at] = before[at];
                CHECK(after == before);
            }
        }
    }
}

TEST_CASE("medians") {
    CHECK(detail::median_of<double>(values{5, 1, 3}) == 3.0);
    CHECK(detail::median_of<double>(values{5, 1, 3, 4}) == 3.5);
    CHECK(detail::median_of<double>(values{2}) == 2.0);
}

// Larger = member, for every form; a sign lost in the logarithms would turn the audit round.
TEST_CASE("orientation") {
    auto const in = values{4, 6, 5, 4.5}, out = values{1, 3, 2, 2.5};
    auto const more = values{5}, less = values{2};
    for (auto const variance : {lira_variance::per_sample, lira_variance::fixed}) {
        CHECK(lira{.variance = variance}.online(more, {in, 1}, {out, 1})[0] > lira{.variance = variance}.online(less, {in, 1}, {out, 1})[0]);
        CHECK(lira{.variance = variance}.offline(more, {out, 1})[0] > lira{.variance = variance}.offline(less, {out, 1})[0]);
    }
    CHECK(lira_test(more, {out, 1}, alternative::greater).p_value < 0.05);
    CHECK(lira_test(more, {out, 1}, alternative::less).p_value > 0.95);
}

// With one sample the p-value is that of Student's t for the next draw: out 1 3 has mean 2, sd sqrt(2), t = 2/sqrt(3) at 4, one degree of freedom.
TEST_CASE("the test of one sample is a prediction by Student's t") {
    auto const out = values{1, 3};
    auto const p   = 0.5 - std::atan(2.0 / std::sqrt(3.0)) / 3.141592653589793;
    CHECK(close(lira_test(values{4}, {out, 1}, alternative::greater).p_value, p, 1e-13));
    CHECK(close(lira_test(values{4}, {out, 1}, alternative::less).p_value, 1.0 - p, 1e-13));
    CHECK(close(lira_test(values{4}, {out, 1}, alternative::two_sided).p_value, 2.0 * p, 1e-13));
    CHECK(close(lira_test(values{4}, {out, 1}, alternative::greater).statistic, std::log1p(-p), 1e-13));
}

// 200 samples far above all their shadow models: x^K/K! to the last term, with x = K(1 - F). At 1e6 deviations 1 - F is no double either.
TEST_CASE("the test of a set whose p is no double") {
    auto row = values();
    for (auto i = 0; i < 256; ++i) {
        row.push_back(detail::normal_upper_inverse((i + 0.5) / 256.0));
    }
    auto       out     = values();
    auto const samples = std::size_t{200};
    for (std::size_t i = 0; i < samples; ++i) {
        out.insert(out.end(), row.begin(), row.end());
    }
    auto const fit  = detail::moments_about(std::span<double const>(row), 0.0);
    auto const size = static_cast<double>(samples);
    for (double const score : {8.0, 40.0, 1e6, 1e300}) {
        INFO(score);
        auto const at    = values(samples, score);
        auto const r     = lira_test(at, {out, samples}, alternative::greater);
        auto const t     = (score - fit.mean) / std::sqrt(fit.variance * (1.0 + 1.0 / 256.0));
        auto const log_p = size * (std::log(size) + detail::log_student_t_upper(t, 255.0)) - std::lgamma(size + 1.0);
        CHECK(r.p_value == 0.0);
        CHECK(!std::signbit(r.p_value));
        CHECK(close(lira_log_p_value(at, {out, samples}, alternative::greater), log_p, 1e-12));
        CHECK(close(lira_log_p_value(at, {out, samples}, alternative::two_sided), log_p + std::log(2.0), 1e-12));
        CHECK(lira_log_p_value(at, {out, samples}, alternative::less) == 0.0);
        CHECK(lira_test(at, {out, samples}, alternative::less).p_value == 1.0);
        auto const below = values(samples, -score);
        CHECK(lira_log_p_value(below, {out, samples}, alternative::less) < -690.0);
        CHECK(lira_test(below, {out, samples}, alternative::greater).p_value == 1.0);
    }
    auto const one = values{4}, two = values{1, 3};
    for (auto const alt : {alternative::less, alternative::greater, alternative::two_sided}) {
        CHECK(close(lira_log_p_value(one, {two, 1}, alt), std::log(lira_test(one, {two, 1}, alt).p_value), 1e-13));
    }
    CHECK_THROWS_WITH_AS(lira_log_p_value(values{}, {two, 1}, alternative::less), "hallmark::lira_test: scores is empty; 1 value is needed at least", error);
}

// Two samples: -log F1 - log F2 is Gamma(2), whose distribution function is 1 - e^-x (1 + x).
TEST_CASE("the test of a set adds up the samples") {
    auto const out = values{1, 3, 2, 4, 5, 9};
    auto const s   = values{4, 9};
    auto const r   = lira_test(s, {out, 2}, alternative::greater);
    auto const x   = -(lira_test(values{4}, {std::span(out).first(3), 1}, alternative::greater).statistic +
                     lira_test(values{9}, {std::span(out).last(3), 1}, alternative::greater).statistic);
    CHECK(close(r.statistic, -x, 1e-14));
    CHECK(close(r.p_value, 1.0 - std::exp(-x) * (1.0 + x), 1e-12));
    CHECK(r.n == 2);
}

TEST_CASE("what a caller can get wrong") {
    constexpr auto nan_ = std::numeric_limits<double>::quiet_NaN();
    auto const     in = values{1, 2}, one = values{1}, flat = values{3, 3}, bad = values{1, nan_}, huge = values{1e200, -1e200};
    values const   a = {1, 2, 3, 4}, b = {-1, -2, -3, -5};
    CHECK_THROWS_WITH_AS(lira{}.online(values{1e160}, {a, 1}, {b, 1}),
                         "hallmark::lira::online: scores[0] is 1e+160, too far from the shadow models' scores; allowed are distances whose squares, in their "
                         "deviations, are finite",
                         error);
    CHECK_THROWS_WITH_AS(lira{}.online(values{}, {in, 0}, {in, 0}), "hallmark::lira::online: scores is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(lira{}.offline(values{}, {in, 0}), "hallmark::lira::offline: scores is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(lira{}.online(values{nan_}, {in, 1}, {in, 1}), "hallmark::lira::online: scores[0] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(lira{}.online(one, {in, 1}, {bad, 1}), "hallmark::lira::online: out[1] is NaN; allowed are finite numbers", error);
    CHECK_THROWS_WITH_AS(lira{}.online(one, {in, 2}, {in, 1}),
                         "hallmark::lira::online: in has 2 values for 2 samples and there are 1 scores; each needs the same number of values", error);
    CHECK_THROWS_WITH_AS(lira{}.offline(one, {one, 1}), "hallmark::lira::offline: out has 1 value for each sample; allowed is 2 or more, for a variance",
                         error);
    CHECK_THROWS_WITH_AS(lira{}.offline(one, {flat, 1}),
                         "hallmark::lira::offline: all values of out for sample 0 are equal, to 1e-152; allowed is a variance above 0, or lira_variance::fixed", error);
    CHECK_THROWS_WITH_AS(lira{.variance = lira_variance::fixed}.offline(one, {flat, 1}),
                         "hallmark::lira::offline: all values of out are equal to the others of their sample, to 1e-152; allowed is a variance above 0", error);
    CHECK_THROWS_WITH_AS(lira{}.offline(one, {huge, 1}),
                         "hallmark::lira::offline: the values of out are too large; allowed are values whose squares are finite", error);
    CHECK_THROWS_WITH_AS(lira_of_set(values{}), "hallmark::lira_of_set: sample_scores is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(lira_test(values{}, {in, 1}, alternative::less), "hallmark::lira_test: scores is empty; 1 value is needed at least", error);
    CHECK_THROWS_WITH_AS(lira_test(one, {in, 2}, alternative::less),
                         "hallmark::lira_test: out has 2 values for 2 samples and there are 1 scores; each needs the same number of values", error);
    CHECK_THROWS_WITH_AS(lira_test(one, {one, 1}, alternative::less),
                         "hallmark::lira_test: out has 1 value for each sample; allowed is 2 or more, for a variance", error);
    CHECK_THROWS_WITH_AS(lira_test(one, {flat, 1}, alternative::less),
                         "hallmark::lira_test: all values of out for sample 0 are equal, to 1e-152; allowed is a variance above 0", error);
    CHECK_THROWS_WITH_AS(lira_test(one, {huge, 1}, alternative::less),
                         "hallmark::lira_test: the values are too large; allowed are values whose squares are finite", error);
}
