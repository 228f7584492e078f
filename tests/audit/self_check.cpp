#include <hallmark/audit/self_check.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

using namespace hallmark;

// A name that is not its own inverse could silence another check than the one that was named.
TEST_CASE("names and checks are one to one") {
    std::set<std::string_view> names;
    for (auto const c : all_self_checks) {
        CHECK(self_check_of(name_of(c)) == c);
        names.insert(name_of(c));
    }
    CHECK(names.size() == 8);
    CHECK(name_of(static_cast<self_check>(99)).empty());
    CHECK_THROWS_WITH_AS(self_check_of("all"),
                         "hallmark::self_check_of: there is no check \"all\"; allowed are null-homogeneity, blind-baseline, class-mismatch, "
                         "shared-pictures, set-size, too-few-nulls, independent-coins, orientation",
                         error);
}

TEST_CASE("silencing one check leaves the others") {
    for (auto const c : all_self_checks) {
        auto const s = silenced_checks{c};
        for (auto const d : all_self_checks) {
            CHECK(s.contains(d) == (c == d));
        }
    }
    CHECK(silenced_checks{} == silenced_checks({}));
    auto both = silenced_checks{self_check::orientation};
    both.add(self_check::blind_baseline);
    CHECK(both == silenced_checks{self_check::blind_baseline, self_check::orientation});
}

TEST_CASE("the words for a state") {
    CHECK(name_of(check_state::passed) == "passed");
    CHECK(name_of(check_state::failed) == "failed");
    CHECK(name_of(check_state::silenced) == "silenced");
    CHECK(name_of(check_state::not_run) == "not run");
    CHECK(name_of(static_cast<check_state>(99)).empty());
}
