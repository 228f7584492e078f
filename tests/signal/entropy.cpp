#include <hallmark/signal/entropy.hpp>

#include <doctest/doctest.h>
#include <signal/exact.hpp>
#include <support/close.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

using namespace hallmark;
using row_of = std::vector<double>;

namespace {
auto entropy(row_of const& z) -> double { return neg_entropy{}(exact::row(z), 0); }
auto modified(row_of const& z, std::size_t y) -> double { return neg_modified_entropy{}(exact::row(z), y); }

template <class Scalar>
auto exact_entropy(std::vector<Scalar> const& z) -> long double {
    long double sum = 0;
    for (std::size_t c = 0; c < z.size(); ++c) {
        auto const log_p = exact::log_p(exact::scaled(z, c));
        sum += std::exp(log_p) > 0 ? std::exp(log_p) * log_p : 0.0L;
    }
    return sum;
}
template <class Scalar>
auto exact_modified(std::vector<Scalar> const& z, std::size_t y) -> long double {
    auto const  own = exact::scaled(z, y);
    long double sum = std::exp(exact::log_miss(own)) * exact::log_p(own);
    for (std::size_t c = 0; c < z.size(); ++c) {
        if (c != y) {
            auto const t = exact::scaled(z, c);
            sum += std::exp(exact::log_p(t)) * exact::log_miss(t);
        }
    }
    return sum;
}
}  // namespace

// p log p summed as written loses all digits where the model is certain, and 1 − p does so sooner. Below 1e-290 even
// a double has no digits left to compare.
TEST_CASE_TEMPLATE("against long double, relative error", Scalar, float, double) {
    for (auto const& wide : exact::adversarial()) {
        if (!exact::fits<Scalar>(wide)) {
            continue;
        }
        auto const z = exact::rounded<Scalar>(wide);
        INFO("z[0] = ", z[0], ", classes ", z.size());
        CHECK(close(neg_entropy{}(exact::row(z), 0), static_cast<double>(exact_entropy(z)), 1e-12, 1e-290));
        if (z.size() > 100) {
            continue;  // the reference takes classes² exponentials
        }
        for (auto const y : exact::labels_of(wide)) {
            INFO("label ", y);
            auto const signal = neg_modified_entropy{}(exact::row(z), y);
            CHECK(close(signal, static_cast<double>(exact_modified(z, y)), 1e-12, 1e-290));
            CHECK(signal <= 0.0);
        }
    }
}

TEST_CASE("pinned") {
    CHECK(close(entropy({0, 0}), -std::log(2.0), 1e-15));
    CHECK(close(entropy({7, 7, 7, 7}), -std::log(4.0), 1e-15));
    CHECK(close(entropy({std::log(3.0), 0}), 0.75 * std::log(0.75) + 0.25 * std::log(0.25), 1e-15));
    CHECK(entropy({900, 0}) == 0.0);
    CHECK(entropy({1.7e308, -1.7e308}) == 0.0);  // their difference is no double
    // Song & Mittal (2021), equation (8), with p = (3/4, 1/4): −(1 − p_y) log p_y − Σ p_c log(1 − p_c), negated.
    CHECK(close(modified({std::log(3.0), 0}, 0), 0.25 * std::log(0.75) + 0.25 * std::log(0.75), 1e-15));
    CHECK(close(modified({std::log(3.0), 0}, 1), 0.75 * std::log(0.25) + 0.75 * std::log(0.25), 1e-15));
    CHECK(close(modified({0, 0, 0}, 1), 2.0 / 3 * std::log(1.0 / 3) + 2.0 / 3 * std::log(2.0 / 3), 1e-15));
    CHECK(modified({900, 0}, 0) == 0.0);
    CHECK(modified({900, 0}, 1) == -1800.0);  // log p_y and log(1 − p_0), both beyond what exp can say
}

// The wrong sign would accuse those whose data was not used.
TEST_CASE("larger means member: surer is larger") {
    auto const base = row_of{0.3, -1.2, 2.0, 0.0};
    for (std::size_t y = 0; y < 4; ++y) {
        auto before = modified(base, y);
        for (double const more : {0.1, 1.0, 2.0, 5.0, 12.0}) {
            auto z = base;
            z[y] += more;
            CHECK(modified(z, y) > before);
            before = modified(z, y);
        }
    }
    auto before = entropy(base);
    for (double const more : {0.1, 1.0, 2.0, 5.0}) {
        auto z = base;
        z[2] += more;  // the class on top: the model is surer
        CHECK(entropy(z) > before);
        before = entropy(z);
    }
    CHECK(neg_entropy{}(exact::row(base), 0) == neg_entropy{}(exact::row(base), 3));  // the label does not matter
}

TEST_CASE("any stride") {
    double const interleaved[] = {1, 99, 2, 99, 3, 99};
    CHECK(neg_entropy{}(logit_row<double>{interleaved, 3, 2}, 0) == entropy({1, 2, 3}));
    CHECK(neg_modified_entropy{}(logit_row<double>{interleaved + 4, 3, -2}, 0) == modified({3, 2, 1}, 0));
}
