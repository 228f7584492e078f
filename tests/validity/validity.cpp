// Simulates every test of stats/ under the null hypothesis and prints docs/validity.md: how often it rejects, for shapes of data that break careless tests.
//
// `validity [--runs N]`. Fixed keys: every machine prints the same counts, but for the last digit of libm. Exits with 1 where an exact test
// rejects more often than its level allows.
#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/stats/binomial.hpp>
#include <hallmark/stats/combine.hpp>
#include <hallmark/stats/conformal.hpp>
#include <hallmark/stats/dataset_inference.hpp>
#include <hallmark/stats/friedman.hpp>
#include <hallmark/stats/kolmogorov_smirnov.hpp>
#include <hallmark/stats/lira.hpp>
#include <hallmark/stats/mann_whitney.hpp>
#include <hallmark/stats/paired_t.hpp>
#include <hallmark/stats/permutation.hpp>
#include <hallmark/stats/rank.hpp>
#include <hallmark/stats/rank_sum.hpp>
#include <hallmark/stats/sequential_rank.hpp>
#include <hallmark/stats/sign.hpp>
#include <hallmark/stats/sign_flip.hpp>
#include <hallmark/stats/stratified_permutation.hpp>
#include <hallmark/stats/taggants.hpp>
#include <hallmark/stats/twins.hpp>
#include <hallmark/stats/welch.hpp>
#include <hallmark/stats/wilcoxon.hpp>

#include <validity/anytime.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace {
using namespace hallmark;
using values = std::vector<double>;

constexpr auto&       levels   = anytime::levels;
constexpr char const* shapes[] = {"continuous", "tied", "skewed", "discrete", "heavy-tailed"};
constexpr alternative sides[]  = {alternative::less, alternative::greater, alternative::two_sided};

/// One draw of a shape: normal; normal, rounded to halves; exponential; 0 or 1 with chance 0.3 of a 1; Cauchy.
auto draw(stream& s, std::size_t shape) -> double {
    auto const u = uniform_double(s) + 0x1p-54, v = uniform_double(s);
    auto const normal = std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586 * v);
    switch (shape) {
        case 0:
            return normal;
        case 1:
            return 0.5 * std::nearbyint(2.0 * normal);
        case 2:
            return -std::log(u);
        case 3:
            return u < 0.3 ? 1.0 : 0.0;
        default:
            return std::tan(3.141592653589793 * (v - 0.5));
    }
}
auto sample(stream& s, std::size_t shape, std::size_t n) -> values {
    auto out = values(n);
    for (auto& x : out) {
        x = draw(s, shape);
    }
    return out;
}

/// What a test says of one simulated null: a p-value for each side it has. `seed` is another one for each run.
using simulation = std::function<void(stream&, std::size_t shape, std::uint64_t seed, values& p)>;

struct entry {
    std::string name, size;
    bool        exact;
    simulation  simulate;
};

auto is_constant(std::span<double const> x) -> bool {
    return std::all_of(x.begin(), x.end(), [&](double v) { return v == x[0]; });
}
auto differences(values a, values const& b) -> values {
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] -= b[i];
    }
    return a;
}

template <class Test>
auto two_samples(std::size_t n, std::size_t m, Test make) -> simulation {
    return [=](stream& s, std::size_t shape, std::uint64_t seed, values& p) {
        auto const a = sample(s, shape, n), b = sample(s, shape, m);
        // Where all values, or all differences, are equal a t test has nothing to divide by; let it reject nothing.
        auto const constant = n > 1 && ((is_constant(a) && is_constant(b)) || (n == m && is_constant(differences(a, b))));
        for (auto const side : sides) {
            p.push_back(constant ? 1.0 : make(seed)(a, b, side).p_value);
        }
    };
}

/// The exact tests on one, two and three observations, where a step of p is as large as it gets.
void small_entries(std::vector<entry>& out) {
    for (std::size_t const n : {1u, 2u, 3u}) {
        auto const counted = [n](char const* one) { return std::to_string(n) + " " + one + (n == 1 ? "" : "s"); };
        out.push_back({"rank_test", counted("null"), true,
                       [n](stream& s, std::size_t shape, std::uint64_t, values& p) { p.push_back(rank_test(draw(s, shape), sample(s, shape, n)).p_value); }});
        out.push_back({"sequential_rank", "1 hit of " + std::to_string(n), true, [n](stream& s, std::size_t shape, std::uint64_t, values& p) {
                           auto test = sequential_rank(draw(s, shape), 1, n);
                           while (!test.stopped()) {
                               test.push(draw(s, shape));
                           }
                           p.push_back(test.result().p_value);
                       }});
        out.push_back({"rank_sum_test", counted("item") + ", 9 withheld", true, [n](stream& s, std::size_t shape, std::uint64_t, values& p) {
                           auto below = std::vector<std::size_t>(n);
                           for (auto& b : below) {
                               auto const published = draw(s, shape);
                               for (int i = 0; i < 9; ++i) {
                                   b += draw(s, shape) < published ? 1u : 0u;
                               }
                           }
                           p.push_back(rank_sum_test(below, 9).p_value);
                       }});
        out.push_back({"mondrian_rank_test", "2 classes of " + std::to_string(n), true, [n](stream& s, std::size_t shape, std::uint64_t, values& p) {
                           auto nulls = sample(s, shape, 2 * n);
                           auto of    = std::vector<std::size_t>(2 * n);
                           for (std::size_t i = 0; i < nulls.size(); ++i) {
                               of[i] = i % 2;
                               nulls[i] += 3.0 * static_cast<double>(of[i]);
                           }
                           p.push_back(mondrian_rank_test(draw(s, shape) + 3.0, 1, nulls, of).p_value);
                       }});
        out.push_back({"smoothed_conformal_p_values", counted("null"), true, [n](stream& s, std::size_t shape, std::uint64_t seed, values& p) {
                           p.push_back(smoothed_conformal_p_values(sample(s, shape, 1), sample(s, shape, n), seed)[0]);
                       }});
        out.push_back(
            {"stratified_permutation_test", "2 users of " + std::to_string(n) + " + 1", true, [n](stream& s, std::size_t shape, std::uint64_t, values& p) {
                 auto       a = sample(s, shape, 2 * n), b = sample(s, shape, 2);
                 auto const of_b = std::vector<std::size_t>{0, 1};
                 auto       of_a = std::vector<std::size_t>(2 * n);
                 for (std::size_t i = 0; i < a.size(); ++i) {
                     of_a[i] = i % 2;
                     a[i] += 5.0 * static_cast<double>(of_a[i]);
                 }
                 b[1] += 5.0;
                 for (auto const side : sides) {
                     p.push_back(stratified_permutation_test{}(a, of_a, b, of_b, side).p_value);
                 }
             }});
        out.push_back({"binomial_test", counted("coin") + ", 0.03", true, [n](stream& s, std::size_t, std::uint64_t, values& p) {
                           std::size_t hits = 0;
                           for (std::size_t i = 0; i < n; ++i) {
                               hits += uniform_double(s) < 0.03 ? 1u : 0u;
                           }
                           for (auto const side : sides) {
                               p.push_back(binomial_test(hits, n, 0.03, side).p_value);
                           }
                       }});
        out.push_back({"taggants_certificate", counted("key") + ", top 1 of 10", true, [n](stream& s, std::size_t, std::uint64_t, values& p) {
                           std::size_t hits = 0;
                           for (std::size_t i = 0; i < n; ++i) {
                               hits += uniform_below(s, 10) == 0 ? 1u : 0u;
                           }
                           p.push_back(taggants_certificate(hits, n, 1, 10).p_value);
                       }});
    }
    out.push_back({"rmia_test", "gamma 1, 199 others", true, [](stream& s, std::size_t shape, std::uint64_t, values& p) {
                       auto const one = draw(s, shape);
                       auto const all = sample(s, shape, 199);
                       p.push_back(
                           rmia_test(static_cast<double>(std::count_if(all.begin(), all.end(), [one](double x) { return one > x; })) / 199.0, 199).p_value);
                   }});
    out.push_back({"dataset_inference_test", "20 + 30 pictures, 4 directions", false, [](stream& s, std::size_t shape, std::uint64_t, values& p) {
                       auto const a = sample(s, shape, 80), b = sample(s, shape, 120);
                       for (auto const side : sides) {
                           p.push_back(is_constant(a) && is_constant(b) ? 1.0 : dataset_inference_test{4}(a, b, side).p_value);
                       }
                   }});
}

/// Several rows of several columns; and several independent p-values that have all values, as the smoothed ones do.
void table_and_combination_entries(std::vector<entry>& out) {
    out.push_back({"friedman_test", "12 rows of 4", false,
                   [](stream& s, std::size_t shape, std::uint64_t, values& p) { p.push_back(friedman_test(sample(s, shape, 48), 4).p_value); }});
    auto const combined = [&out](char const* name, auto combine) {
        out.push_back({name, "8 smoothed, 19 nulls", true, [combine](stream& s, std::size_t shape, std::uint64_t seed, values& p) {
                           auto independent = values(8);
                           for (std::size_t i = 0; i < 8; ++i) {
                               independent[i] = smoothed_conformal_p_values(sample(s, shape, 1), sample(s, shape, 19), 8 * seed + i)[0];
                           }
                           p.push_back(combine(independent).p_value);
                       }});
    };
    combined("fisher_combination", [](values const& p) { return fisher_combination(p); });
    combined("stouffer_combination", [](values const& p) { return stouffer_combination(p, values{1.0, 2.0, 3.0, 4.0, 4.0, 3.0, 2.0, 1.0}); });
    combined("cauchy_combination", [](values const& p) { return cauchy_combination(p); });
    combined("harmonic_combination", [](values const& p) { return harmonic_combination(p); });
    combined("min_p_combination", [](values const& p) { return min_p_combination(p); });
}

auto entries() -> std::vector<entry> {
    auto const         always = [](auto test) { return [test](std::uint64_t) { return test; }; };
    std::vector<entry> out;
    out.push_back({"rank_test", "999 nulls", true,
                   [](stream& s, std::size_t shape, std::uint64_t, values& p) { p.push_back(rank_test(draw(s, shape), sample(s, shape, 999)).p_value); }});
    out.push_back({"sequential_rank", "10 hits of 999", true, [](stream& s, std::size_t shape, std::uint64_t, values& p) {
                       auto test = sequential_rank(draw(s, shape), 10, 999);
                       while (!test.stopped()) {
                           test.push(draw(s, shape));
                       }
                       p.push_back(test.result().p_value);
                   }});
    out.push_back({"rank_sum_test", "10 items, 19 withheld", true, [](stream& s, std::size_t shape, std::uint64_t, values& p) {
                       auto below = std::vector<std::size_t>(10);
                       for (auto& b : below) {
                           auto const published = draw(s, shape);
                           for (int i = 0; i < 19; ++i) {
                               b += draw(s, shape) < published ? 1u : 0u;
                           }
                       }
                       p.push_back(rank_sum_test(below, 19).p_value);
                   }});
    out.push_back({"mondrian_rank_test", "2 classes of 199", true, [](stream& s, std::size_t shape, std::uint64_t, values& p) {
                       auto       nulls = sample(s, shape, 398);
                       auto       of    = std::vector<std::size_t>(398);
                       auto const mine  = static_cast<std::size_t>(uniform_below(s, 2));
                       for (std::size_t i = 0; i < 398; ++i) {
                           of[i] = i % 2;
                           nulls[i] += 3.0 * static_cast<double>(of[i]);
                       }
                       p.push_back(mondrian_rank_test(draw(s, shape) + 3.0 * static_cast<double>(mine), mine, nulls, of).p_value);
                   }});
    out.push_back({"smoothed_conformal_p_values", "99 nulls", true, [](stream& s, std::size_t shape, std::uint64_t seed, values& p) {
                       p.push_back(smoothed_conformal_p_values(sample(s, shape, 1), sample(s, shape, 99), seed)[0]);
                   }});
    out.push_back({"binomial_test", "25 coins, 0.3", true, [](stream& s, std::size_t, std::uint64_t, values& p) {
                       std::size_t hits = 0;
                       for (int i = 0; i < 25; ++i) {
                           hits += uniform_double(s) < 0.3 ? 1u : 0u;
                       }
                       for (auto const side : sides) {
                           p.push_back(binomial_test(hits, 25, 0.3, side).p_value);
                       }
                   }});
    out.push_back({"taggants_certificate", "20 keys, top 3 of 10", true, [](stream& s, std::size_t, std::uint64_t, values& p) {
                       std::size_t hits = 0;
                       for (int i = 0; i < 20; ++i) {
                           hits += uniform_below(s, 10) < 3 ? 1u : 0u;
                       }
                       p.push_back(taggants_certificate(hits, 20, 3, 10).p_value);
                   }});
    for (std::size_t const n : {1u, 2u, 3u, 25u}) {
        auto const size = std::to_string(n) + (n == 1 ? " pair" : " pairs");
        out.push_back({"twin_test", size, true, two_samples(n, n, always(twin_test{}))});
        out.push_back({"sign_test", size, true, two_samples(n, n, always(sign_test{}))});
        out.push_back({"wilcoxon_test", size, true, two_samples(n, n, always(wilcoxon_test{.method = tail_method::exact}))});
    }
    for (std::size_t const n : {1u, 2u, 3u, 9u}) {
        auto const size = std::to_string(n) + (n == 1 ? " pair" : " pairs");
        out.push_back({"sign_flip_test", size + ", all signs", true, two_samples(n, n, always(sign_flip_test{.method = resampling::enumerate}))});
    }
    out.push_back({"sign_flip_test", "25 pairs, 199 draws", true, two_samples(25, 25, [](std::uint64_t seed) {
                       return sign_flip_test{resampling::monte_carlo, 199, seed};
                   })});
    for (std::size_t const n : {1u, 2u, 3u, 5u}) {
        auto const size = std::to_string(n) + " + " + std::to_string(n);
        out.push_back({"permutation_test", size + ", all splits", true, two_samples(n, n, always(permutation_test{.method = resampling::enumerate}))});
    }
    out.push_back({"permutation_test", "12 + 15, 199 draws", true, two_samples(12, 15, [](std::uint64_t seed) {
                       return permutation_test{resampling::monte_carlo, 199, seed};
                   })});
    out.push_back({"stratified_permutation_test", "2 users of 3 + 3", true, [](stream& s, std::size_t shape, std::uint64_t, values& p) {
                       auto a = sample(s, shape, 6), b = sample(s, shape, 6);
                       auto of = std::vector<std::size_t>(6);
                       for (std::size_t i = 0; i < 6; ++i) {
                           of[i] = i % 2;
                           a[i] += 5.0 * static_cast<double>(of[i]);
                           b[i] += 5.0 * static_cast<double>(of[i]);
                       }
                       for (auto const side : sides) {
                           p.push_back(stratified_permutation_test{}(a, of, b, of, side).p_value);
                       }
                   }});
    for (std::size_t const n : {1u, 2u, 3u, 9u}) {
        auto const size = std::to_string(n) + " + " + std::to_string(n + 1);
        out.push_back({"mann_whitney", size + ", exact", true, two_samples(n, n + 1, always(mann_whitney{.method = tail_method::exact}))});
        out.push_back({"kolmogorov_smirnov", size + ", exact", true, two_samples(n, n + 1, always(kolmogorov_smirnov{.method = tail_method::exact}))});
    }
    out.push_back({"mann_whitney", "40 + 50, asymptotic", false, two_samples(40, 50, always(mann_whitney{.method = tail_method::asymptotic}))});
    out.push_back({"kolmogorov_smirnov", "40 + 50, asymptotic", false, two_samples(40, 50, always(kolmogorov_smirnov{.method = tail_method::asymptotic}))});
    out.push_back({"wilcoxon_test", "60 pairs, asymptotic", false, two_samples(60, 60, always(wilcoxon_test{.method = tail_method::asymptotic}))});
    out.push_back({"welch_t", "20 + 30", false, two_samples(20, 30, always(welch_t{}))});
    out.push_back({"paired_t", "25 pairs", false, two_samples(25, 25, always(paired_t{}))});
    out.push_back({"lira_test", "5 samples, 16 shadows", false, [](stream& s, std::size_t shape, std::uint64_t, values& p) {
                       auto const scores = sample(s, shape, 5), shadows = sample(s, shape, 80);
                       for (std::size_t i = 0; i < 5; ++i) {
                           auto const row = std::span(shadows).subspan(16 * i, 16);
                           if (is_constant(row)) {
                               p.insert(p.end(), 3, 1.0);
                               return;
                           }
                       }
                       for (auto const side : sides) {
                           p.push_back(lira_test(scores, {shadows, 5}, side).p_value);
                       }
                   }});
    small_entries(out);
    table_and_combination_entries(out);
    return out;
}

constexpr char const* page = R"(# validity: how often each test rejects when nothing is there

Each row is a test of [stats](stats.md) on data for which its null hypothesis is true, %zu times for each shape of the data: normal (*continuous*), normal rounded to
halves (*tied*), exponential (*skewed*), 0 or 1 with chance 0.3 of a 1 (*discrete*), Cauchy (*heavy-tailed*). The numbers are the rates of p ≤ α at
α = 0.1, 0.05, 0.01 and 0.001; of the sides a test has (less, greater, two-sided) the one with the largest rate is shown. A test on paired or two-sample data rejects nothing where all values
or all differences are equal.

An **exact** test may reject at most at the rate α, whatever the shape: its rates lie below the one-sided 99.9 %% band of a binomial count (%.5f, %.5f, %.5f, %.5f here); rates
below α come from ties and from p-values that move in steps. An **approximate** one is only near α; rates above the band are in bold, and show what its assumption is worth.
Where the outcomes can be counted, `tests/stats/` enumerates all of them instead, for n = 1, 2, 3 and more.

This page is the output of `tests/validity/validity.cpp`, whose keys are fixed:

```sh
cmake --build build --target test.validity
build/tests/test.validity --runs %zu > docs/validity.md
```

| test | size | kind | data | 0.1 | 0.05 | 0.01 | 0.001 |
|---|---|---|---|---|---|---|---|
)";
}  // namespace

auto main(int argc, char** argv) -> int {
    std::size_t runs = 100'000;
    if (argc == 3 && std::strcmp(argv[1], "--runs") == 0) {
        runs = std::strtoul(argv[2], nullptr, 10);
    }
    if ((argc != 1 && argc != 3) || runs == 0) {
        std::fprintf(stderr, "usage: validity [--runs N]\n");
        return 2;
    }
    std::size_t bands[4];
    for (std::size_t l = 0; l < 4; ++l) {
        bands[l] = anytime::band(runs, levels[l]);
    }
    auto const rate = [&](std::size_t count) { return static_cast<double>(count) / static_cast<double>(runs); };
    std::printf(page, runs, rate(bands[0]), rate(bands[1]), rate(bands[2]), rate(bands[3]), runs);
    std::size_t   broken = 0;
    std::uint32_t number = 0;
    for (auto const& e : entries()) {
        ++number;
        for (std::uint32_t shape = 0; shape < 5; ++shape) {
            auto const of_coins = e.name == "binomial_test" || e.name == "taggants_certificate";
            if (of_coins && shape != 3) {
                continue;  // there is nothing but coins in it
            }
            std::vector<std::size_t> rejected;  // by side and level
            values                   p;
            for (std::size_t run = 0; run < runs; ++run) {
                auto source = stream(chacha_key{{number, shape, static_cast<std::uint32_t>(run), 0, 0x56414c49, 0, 0, 0}});  // "VALI"
                p.clear();
                e.simulate(source, shape, run, p);
                rejected.resize(4 * p.size());
                for (std::size_t side = 0; side < p.size(); ++side) {
                    for (std::size_t l = 0; l < 4; ++l) {
                        rejected[4 * side + l] += p[side] <= levels[l] ? 1u : 0u;
                    }
                }
            }
            std::printf("| `%s` | %s | %s | %s |", e.name.c_str(), e.size.c_str(), e.exact ? "exact" : "approximate", of_coins ? "coins" : shapes[shape]);
            for (std::size_t l = 0; l < 4; ++l) {
                std::size_t worst = 0;
                for (std::size_t at = l; at < rejected.size(); at += 4) {
                    worst = std::max(worst, rejected[at]);
                }
                auto const above = worst >= bands[l];
                broken += above && e.exact ? 1u : 0u;
                std::printf(above ? " **%.5f** |" : " %.5f |", rate(worst));
            }
            std::printf("\n");
            std::fflush(stdout);
        }
    }
    broken += anytime::print(runs);
    if (broken > 0) {
        std::fprintf(stderr, "validity: %zu rates of exact tests are above the band\n", broken);
        return 1;
    }
    return 0;
}
