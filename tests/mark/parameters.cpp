#include <hallmark/mark/parameters.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

using namespace hallmark;

namespace {
template <class Change>
auto changed(Change change) -> mark_parameters {
    mark_parameters p;
    change(p);
    return p;
}
template <class Change>
auto sentence(Change change) -> std::string {
    try {
        validate(changed(change));
    } catch (error const& e) {
        CHECK(e.code() == errc::out_of_domain);
        return e.what();
    }
    return "nothing was thrown";
}
}  // namespace

// The published values: another default would make marks nobody else can compare with.
TEST_CASE("the defaults are those of the paper, and allowed") {
    mark_parameters const p;
    CHECK(p.ratio == 0.7);
    CHECK(p.epsilon == 8.0 / 255.0);
    CHECK(p.stripes == 16);
    CHECK(p.period == whole_range{30, 59});
    CHECK(p.octaves == whole_range{1, 4});
    CHECK(p.half_cycles == whole_range{20, 59});
    CHECK(p.design == key_design::shared);
    CHECK_NOTHROW(validate(p));
}

// `<` for `<=` at an end would refuse what the documentation allows.
TEST_CASE("both ends of every range are allowed") {
    CHECK_NOTHROW(validate(changed([](auto& p) { p.ratio = 0.0; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.ratio = 1.0; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.epsilon = 0.0; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.epsilon = 1.0; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.stripes = 1; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.stripes = 4096; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.period = {1, 65535}; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.period = {65535, 65535}; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.octaves = {1, 16}; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.octaves = {16, 16}; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.half_cycles = {1, 65535}; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.half_cycles = {1, 1}; })));
    CHECK_NOTHROW(validate(changed([](auto& p) { p.design = key_design::independent; })));
}

TEST_CASE("what a caller can get wrong") {
    CHECK(sentence([](auto& p) { p.ratio = -0.125; }) == "hallmark::mark_parameters: ratio is -0.125; allowed is 0 to 1");
    CHECK(sentence([](auto& p) { p.ratio = 1.5; }) == "hallmark::mark_parameters: ratio is 1.5; allowed is 0 to 1");
    CHECK(sentence([](auto& p) { p.ratio = std::numeric_limits<double>::quiet_NaN(); }) == "hallmark::mark_parameters: ratio is nan; allowed is 0 to 1");
    CHECK(sentence([](auto& p) { p.epsilon = -0.125; }) == "hallmark::mark_parameters: epsilon is -0.125; allowed is 0 to 1");
    CHECK(sentence([](auto& p) { p.epsilon = 8.0; }) == "hallmark::mark_parameters: epsilon is 8; allowed is 0 to 1");
    CHECK(sentence([](auto& p) { p.epsilon = std::numeric_limits<double>::infinity(); }) == "hallmark::mark_parameters: epsilon is inf; allowed is 0 to 1");
    CHECK(sentence([](auto& p) { p.stripes = 0; }) == "hallmark::mark_parameters: stripes is 0; allowed is 1 to 4096");
    CHECK(sentence([](auto& p) { p.stripes = 4097; }) == "hallmark::mark_parameters: stripes is 4097; allowed is 1 to 4096");
    CHECK(sentence([](auto& p) { p.period = {0, 5}; }) == "hallmark::mark_parameters: period is 0 to 5; allowed is a range within 1 to 65535");
    CHECK(sentence([](auto& p) { p.period = {6, 5}; }) == "hallmark::mark_parameters: period is 6 to 5; allowed is a range within 1 to 65535");
    CHECK(sentence([](auto& p) { p.period = {1, 65536}; }) == "hallmark::mark_parameters: period is 1 to 65536; allowed is a range within 1 to 65535");
    CHECK(sentence([](auto& p) { p.octaves = {0, 1}; }) == "hallmark::mark_parameters: octaves is 0 to 1; allowed is a range within 1 to 16");
    CHECK(sentence([](auto& p) { p.octaves = {1, 17}; }) == "hallmark::mark_parameters: octaves is 1 to 17; allowed is a range within 1 to 16");
    CHECK(sentence([](auto& p) { p.octaves = {3, 2}; }) == "hallmark::mark_parameters: octaves is 3 to 2; allowed is a range within 1 to 16");
    CHECK(sentence([](auto& p) { p.half_cycles = {0, 1}; }) == "hallmark::mark_parameters: half_cycles is 0 to 1; allowed is a range within 1 to 65535");
    CHECK(sentence([](auto& p) {
              p.half_cycles = {1, 65536};
          }) == "hallmark::mark_parameters: half_cycles is 1 to 65536; allowed is a range within 1 to 65535");
    CHECK(sentence([](auto& p) { p.design = static_cast<key_design>(2); }) ==
          "hallmark::mark_parameters: design is number 2; allowed is shared or independent");
    CHECK(sentence([](auto&) {}) == "nothing was thrown");
}

TEST_CASE("parameters are values") {
    CHECK(mark_parameters{} == mark_parameters{});
    CHECK(changed([](auto& p) { p.octaves.last = 5; }) != mark_parameters{});
    CHECK(name_of(key_design::shared) == "shared");
    CHECK(name_of(key_design::independent) == "independent");
}
