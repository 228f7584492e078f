#include <hallmark/report/verdict_section.hpp>

#include <doctest/doctest.h>
#include <report/a_verdict.hpp>
#include <report/well_formed.hpp>

using namespace hallmark;

// The sentence is what most readers take away. It must neither accuse without ground nor acquit.
TEST_CASE("the answer comes first, in words") {
    CHECK(verdict_section(a_verdict(decision::shown), "Ana's 24 pictures")
              .str()
              .starts_with(
                  "<p class=\"answer bad\">Shown: the model was trained on Ana&#39;s 24 pictures. Had it not been, a score as high as this would come up in at "
                  "most 0.2 % of such audits; up to 5 % was accepted.</p>\n"));
    CHECK(verdict_section(a_verdict(decision::not_shown))
              .str()
              .starts_with(
                  "<p class=\"answer neutral\">Not shown: this audit found no sufficient evidence that the model was trained on this set. That is no proof of "
                  "the contrary. A score as high as this can come up in up to 0.2 % of audits of models that were not; at most 5 % was accepted.</p>\n"));
    CHECK(verdict_section(a_verdict(decision::cannot_be_shown))
              .str()
              .starts_with(
                  "<p class=\"answer neutral\">No answer: this audit is too small to show that the model was trained on this set. Even the highest possible "
                  "score would come up by chance in 0.1 % of audits; at most 5 % was accepted.</p>\n"));
}

// A failed self-check takes the answer away; the page must not leave a p-value to be quoted as one.
TEST_CASE("an audit that failed its own checks") {
    auto v          = a_verdict(decision::not_valid);
    v.checks        = {{self_check::orientation, check_state::failed, "a <finding>"}, {self_check::blind_baseline, check_state::not_run, "it needs more"}};
    auto const text = verdict_section(v).str();
    CHECK(text.starts_with(
        "<p class=\"answer neutral\">No answer: the audit checked itself and failed, so nothing follows about whether the model was trained on "
        "this set. The warnings below say what is wrong.</p>\n"));
    CHECK(contains(text, "<td class=\"plain short\">orientation</td><td class=\"plain short\">failed</td>"));
    CHECK(contains(text, "a &lt;finding&gt;"));
    CHECK(contains(text, "not run"));
    CHECK(fault_of(html_page("t", verdict_section(v))) == "");
    CHECK(!contains(verdict_section(a_verdict(decision::shown)).str(), "self-check"));
}

TEST_CASE("samples that nobody counted are not said to be none") {
    auto v = a_verdict(decision::shown);
    CHECK(!contains(verdict_section(v).str(), "nobody said how many"));
    v.n = 0;
    CHECK(contains(verdict_section(v).str(), "samples in the set; 0 means that nobody said how many"));
}

TEST_CASE("every field is in the table, under the name it has in JSON") {
    auto const text = verdict_section(a_verdict(decision::shown)).str();
    auto const row  = [&](char const* field, char const* value) {
        CAPTURE(std::string(field));
        CHECK(contains(text, "<td class=\"plain short\">" + std::string(field) + "</td><td class=\"plain short\">" + value + "</td>"));
    };
    row("decision", "shown");
    row("p_value", "0.001996");
    row("alpha", "0.05");
    row("smallest_p", "0.001");
    row("false_alarm_rate", "at most 0.598 %");
    row("statistic", "−0.25");
    row("n", "20");
    row("null_size", "500");
    row("hits", "3");
    row("audit", "population rank");
    CHECK(contains(text, "true with 95 % confidence"));
    auto two_sided             = a_verdict(decision::shown);
    two_sided.false_alarm_rate = {0.0123456, 0.0223456};
    CHECK(contains(verdict_section(two_sided).str(), "1.23 % to 2.24 %"));
}

TEST_CASE("warnings stand after the table and every text is escaped") {
    auto const text = verdict_section(a_verdict(decision::shown)).str();
    CHECK(text.find("</table>") < text.find("<li>Read &lt;this&gt;.</li>"));
    CHECK(contains(text, "<li>And this.</li>"));
    auto v          = a_verdict(decision::not_shown);
    v.audit         = attack;
    v.warnings      = {attack};
    auto const page = html_page("t", verdict_section(v, attack));
    CHECK(fault_of(page) == "");
    v.warnings.clear();
    CHECK(!contains(verdict_section(v).str(), "class=\"warnings\""));
}
