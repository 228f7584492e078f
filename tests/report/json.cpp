#include <hallmark/report/json.hpp>

#include <doctest/doctest.h>
#include <report/a_verdict.hpp>

#include <nlohmann/json.hpp>

using namespace hallmark;

// Programs read these keys; a renamed or moved one breaks them without a word.
TEST_CASE("the keys, in order, and their values") {
    CHECK(
        nlohmann::ordered_json(a_verdict(decision::shown)).dump() ==
        R"({"audit":"population rank","decision":"shown","alpha":0.05,"statistic":-0.25,"p_value":0.001996,"smallest_p":0.001,"n":20,)"
        R"("null_size":500,"hits":3,"false_alarm_rate":{"lower":0.0,"upper":0.0059736,"confidence":0.95},"checks":[],"warnings":["Read <this>.","And this."]})");
}

TEST_CASE("the decision is a word") {
    CHECK(nlohmann::json(a_verdict(decision::not_shown))["decision"] == "not shown");
    CHECK(nlohmann::json(a_verdict(decision::cannot_be_shown))["decision"] == "cannot be shown");
}

TEST_CASE("checks, questions asked and e-values, where there are any") {
    auto v    = a_verdict(decision::not_valid);
    v.checks  = {{self_check::orientation, check_state::failed, "upside down"}};
    v.queries = 42;
    v.e_value = 2.5;
    CHECK(
        nlohmann::ordered_json(v).dump().ends_with(R"("queries":42,"e_value":2.5,"checks":[{"check":"orientation","state":"failed","finding":"upside down"}],)"
                                                   R"("warnings":["Read <this>.","And this."]})"));
    CHECK(nlohmann::json(v)["decision"] == "not valid");
}

TEST_CASE("no warnings are an empty list, and assignment works") {
    auto v = a_verdict(decision::shown);
    v.warnings.clear();
    nlohmann::json j;
    j = v;
    CHECK(j["warnings"] == nlohmann::json::array());
    CHECK(j["p_value"].get<double>() == v.p_value);  // all digits survive
}
