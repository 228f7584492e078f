// Shared by the two-sample tests: the golden rows of one test, and the samples they are about.
#pragma once

#include <hallmark/stats/concept.hpp>

#include <support/close.hpp>
#include <support/golden.hpp>

#include <string>
#include <vector>

struct two_sample_case {
    std::string           data, method;
    std::vector<double>   a, b;
    hallmark::alternative alt;
    double                statistic, p_value;
};

inline auto side_of(std::string const& name) -> hallmark::alternative {
    return name == "less" ? hallmark::alternative::less : name == "greater" ? hallmark::alternative::greater : hallmark::alternative::two_sided;
}

inline auto two_sample_cases(std::string const& test) -> std::vector<two_sample_case> {
    auto out = std::vector<two_sample_case>{};
    for (auto& row : golden::csv("stats/two_sample.csv")) {
        if (row["test"] == test) {
            out.push_back({row["data"], row["method"], golden::values("stats/" + row["data"] + "_a.npy"), golden::values("stats/" + row["data"] + "_b.npy"),
                           side_of(row["alternative"]), golden::number(row["statistic"]), golden::number(row["pvalue"])});
        }
    }
    return out;
}
