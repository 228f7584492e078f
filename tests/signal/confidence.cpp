#include <hallmark/signal/confidence.hpp>

#include <doctest/doctest.h>
#include <signal/exact.hpp>
#include <support/close.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

using namespace hallmark;
using row_of = std::vector<double>;

namespace {
auto conf(row_of const& z, std::size_t y) -> double { return confidence{}(exact::row(z), y); }
auto lead(row_of const& z, std::size_t y) -> double { return margin{}(exact::row(z), y); }
}  // namespace

// A softmax that subtracts the largest logit in float, or not at all, is wrong in most of these.
TEST_CASE_TEMPLATE("against long double, relative error", Scalar, float, double) {
    for (auto const& wide : exact::adversarial()) {
        if (!exact::fits<Scalar>(wide)) {
            continue;
        }
        auto const z = exact::rounded<Scalar>(wide);
        for (auto const y : exact::labels_of(wide)) {
            INFO("z[0] = ", z[0], ", classes ", z.size(), ", label ", y);
            auto const p = exact::scaled(z, y) > 0 ? 1 / (1 + std::exp(-exact::scaled(z, y))) : std::exp(exact::log_p(exact::scaled(z, y)));
            CHECK(close(confidence{}(exact::row(z), y), static_cast<double>(p), 1e-12, 1e-300));
            long double next = -INFINITY;
            for (std::size_t c = 0; c < z.size(); ++c) {
                next = c != y && static_cast<long double>(z[c]) > next ? static_cast<long double>(z[c]) : next;
            }
            CHECK(margin{}(exact::row(z), y) == static_cast<double>(static_cast<long double>(z[y]) - next));
        }
    }
}

TEST_CASE("pinned") {
    CHECK(conf({0, 0}, 0) == 0.5);
    CHECK(conf({1, 1, 1, 1}, 2) == 0.25);
    CHECK(close(conf({2, 0}, 0), 0.8807970779778823, 1e-15));  // 1 / (1 + exp(-2))
    CHECK(conf({800, 0}, 0) == 1.0);
    CHECK(conf({800, 0}, 1) == 0.0);
    CHECK(lead({2.5, -1.0, 2.0}, 0) == 0.5);
    CHECK(lead({2.5, -1.0, 2.0}, 1) == -3.5);
    CHECK(lead({1, 1}, 0) == 0.0);
    CHECK(lead({800, 0}, 1) == -800.0);  // no end where the model is certain
}

// The wrong sign would accuse those whose data was not used.
TEST_CASE("larger means member: surer of the label is larger") {
    auto const base = row_of{0.3, -1.2, 2.0, 0.0};
    for (std::size_t y = 0; y < 4; ++y) {
        auto sure = conf(base, y), ahead = lead(base, y);
        for (double const more : {0.1, 1.0, 2.0, 5.0, 12.0}) {
            auto z = base;
            z[y] += more;
            CHECK(conf(z, y) > sure);
            CHECK(lead(z, y) > ahead);
            sure = conf(z, y), ahead = lead(z, y);
        }
    }
}

TEST_CASE("the probabilities of all classes sum to one") {
    for (auto const& z : exact::adversarial()) {
        double sum = 0;
        for (std::size_t c = 0; c < z.size(); ++c) {
            sum += conf(z, c);
        }
        CHECK(close(sum, 1.0, 1e-13));
    }
}

TEST_CASE("any stride") {
    double const interleaved[] = {1, 99, 2, 99, 3, 99};
    CHECK(confidence{}(logit_row<double>{interleaved, 3, 2}, 1) == conf({1, 2, 3}, 1));
    CHECK(margin{}(logit_row<double>{interleaved + 4, 3, -2}, 0) == lead({3, 2, 1}, 0));
}
