#include <hallmark/report/text.hpp>

#include <doctest/doctest.h>
#include <report/a_verdict.hpp>

#include <string>

using namespace hallmark;

namespace {
auto const rest = std::string(
    "  p-value          0.001996 (the least this audit can give is 0.001)\n"
    "  compared with    500, of which 3 scored at least as high\n"
    "  false alarms     at most 0.598 %, with 95 % confidence\n"
    "  statistic        -0.25 over 20 samples\n"
    "  audit            population rank\n"
    "  warning          Read <this>.\n"
    "  warning          And this.\n");
}

// Whole texts: a field printed under the name of another would be invisible to any check of parts.
TEST_CASE("a verdict in words") {
    CHECK(to_text(a_verdict(decision::shown)) == "Trained on this set: shown at alpha = 0.05.\n" + rest);
    CHECK(to_text(a_verdict(decision::not_shown)) == "Trained on this set: not shown at alpha = 0.05. That is no proof of the contrary.\n" + rest);
    CHECK(to_text(a_verdict(decision::cannot_be_shown)) == "Trained on this set: this audit is too small to show it at alpha = 0.05.\n" + rest);
    CHECK(to_text(a_verdict(decision::not_valid)) == "Trained on this set: no answer, because the audit failed a check of itself.\n" + rest);
}

TEST_CASE("samples where nobody said how many") {
    auto v = a_verdict(decision::shown);
    v.n    = 0;
    CHECK(to_text(v).find("  statistic        -0.25\n  audit ") != std::string::npos);
}

TEST_CASE("checks, questions asked and e-values, where there are any") {
    auto v    = a_verdict(decision::shown);
    v.checks  = {{self_check::orientation, check_state::passed, "all is well"}, {self_check::blind_baseline, check_state::not_run, "it needs more"}};
    v.queries = 42;
    v.e_value = 25.0;
    CHECK(to_text(v).find("  audit            population rank\n"
                          "  queries          42 pictures the model was asked about\n"
                          "  e-value          25 (evidence is enough from 20 on)\n"
                          "  check            orientation passed: all is well\n"
                          "  check            blind-baseline not run: it needs more\n"
                          "  warning          Read <this>.\n") != std::string::npos);
}
