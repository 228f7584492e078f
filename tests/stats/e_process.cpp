#include <hallmark/stats/e_process.hpp>

#include <doctest/doctest.h>
#include <support/close.hpp>

#include <cmath>
#include <limits>

using namespace hallmark;

namespace {
/// Multiplies e by the number it is given.
class product_process : public anytime_evidence {
public:
    using observation = double;
    product_process() = default;
    void push(double factor) { record(log_e() + std::log(factor)); }
};
static_assert(e_process<product_process>);
struct no_evidence {
    using observation = double;
    void push(double) {}
};
static_assert(!e_process<no_evidence> && !e_process<anytime_evidence>);
}  // namespace

// Ville's inequality is about the highest value: a rejection that later evidence could take back would not be one.
TEST_CASE("what was reached is kept") {
    auto e = product_process();
    CHECK(e.log_e() == 0.0);
    CHECK(e.count() == 0);
    CHECK(e.p_value() == 1.0);
    CHECK(!e.rejects(0.5));
    e.push(0.5);
    CHECK(e.p_value() == 1.0);  // evidence below 1 is no evidence, and p is at most 1
    e.push(60.0);
    e.push(0.01);
    CHECK(e.count() == 3);
    CHECK(close(e.log_e(), std::log(0.3), 1e-12));
    CHECK(close(e.highest_log_e(), std::log(30.0), 1e-12));
    CHECK(close(e.p_value(), 1.0 / 30.0, 1e-12));
    CHECK(e.rejects(0.05));
    CHECK(!e.rejects(0.03));
}

TEST_CASE("e is enough at 1/alpha itself") {
    auto e = product_process();
    e.push(4.0);
    CHECK(e.rejects(0.25));
    CHECK(!e.rejects(0.2499));
}

TEST_CASE("what a caller can get wrong") {
    auto const e = product_process();
    CHECK_THROWS_WITH_AS((void)e.rejects(0.0), "hallmark::anytime_evidence::rejects: alpha is 0; allowed is more than 0 and less than 1", error);
    CHECK_THROWS_WITH_AS((void)e.rejects(std::numeric_limits<double>::quiet_NaN()),
                         "hallmark::anytime_evidence::rejects: alpha is NaN; allowed is a finite number", error);
}
