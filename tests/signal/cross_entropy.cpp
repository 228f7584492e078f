#include <hallmark/signal/cross_entropy.hpp>

#include <doctest/doctest.h>
#include <signal/exact.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace hallmark;

namespace {
auto row(std::vector<double> const& z) -> logit_row<double> { return {z.data(), z.size(), 1}; }
auto ce(std::vector<double> const& z, std::size_t label) -> double { return neg_cross_entropy{}(row(z), label); }
auto ls(std::vector<double> const& z, std::size_t label) -> double { return logit_scaled{}(row(z), label); }

// And where the other classes' exponentials are below the smallest double; and many classes.
auto adversarial() -> std::vector<std::vector<double>> {
    auto out = exact::few_classes();
    out.push_back({0, -745, -746});
    std::vector<double> many;
    for (int c = 0; c < 1000; ++c) {
        many.push_back(std::sin(c * 1.7) * 30);
    }
    out.push_back(many);
    return out;
}
}  // namespace

// A softmax followed by a logarithm gives −inf or 0 for half of these.
TEST_CASE("against long double, relative error") {
    for (auto const& z : adversarial()) {
        for (std::size_t y = 0; y < z.size(); ++y) {
            auto const signal = ce(z, y);
            INFO("z[0] = ", z[0], ", label ", y);
            CHECK(close(signal, static_cast<double>(exact::log_p(exact::scaled(z, y))), 4e-15));
            CHECK(signal <= 0.0);
            CHECK(std::isfinite(signal));
            // The scaled logit crosses 0, where the logits themselves carry a rounding: absolute there.
            CHECK(close(ls(z, y), static_cast<double>(exact::scaled(z, y)), 4e-15, 4e-15));
        }
    }
}

// When the model is certain, members and others differ only in digits that 1 − p has lost.
TEST_CASE("a certain model keeps its digits") {
    CHECK(close(ce({40, 0}, 0), -4.248354255291589e-18, 1e-14));  // -log1p(exp(-40))
    CHECK(close(ce({600, 0}, 0), -std::exp(-600.0), 1e-14));
    CHECK(ce({800, 0}, 0) == 0.0);
    CHECK(ls({800, 0}, 0) == 800.0);  // the scaled logit has no end
    CHECK(ce({800, 0}, 1) == -800.0);
    CHECK(ls({800, 0}, 1) == -800.0);
}

TEST_CASE("pinned") {
    CHECK(close(ce({0, 0}, 0), -std::log(2.0), 1e-15));
    CHECK(close(ce({1, 1, 1, 1}, 2), -std::log(4.0), 1e-15));
    CHECK(ls({0, 0}, 0) == 0.0);
    CHECK(close(ls({1, 1, 1, 1}, 2), -std::log(3.0), 1e-15));
    CHECK(ls({2.5, -1.0}, 0) == 3.5);
    CHECK(ls({2.5, -1.0}, 1) == -3.5);
}

// The wrong sign would accuse those whose data was not used.
TEST_CASE("larger means member: surer of the label is larger") {
    auto const base = std::vector<double>{0.3, -1.2, 2.0, 0.0};
    for (std::size_t y = 0; y < 4; ++y) {
        auto ce_before = ce(base, y), ls_before = ls(base, y);
        for (double const more : {0.1, 1.0, 2.0, 5.0, 12.0}) {
            auto z = base;
            z[y] += more;
            CHECK(ce(z, y) > ce_before);
            CHECK(ls(z, y) > ls_before);
            ce_before = ce(z, y);
            ls_before = ls(z, y);
        }
        auto z = base;
        z[(y + 1) % 4] += 1.0;
        CHECK(ce(z, y) < ce(base, y));
        CHECK(ls(z, y) < ls(base, y));
    }
}

TEST_CASE("a number added to all logits changes nothing, and neither does their order") {
    for (double const shift : {-1024.0, 0.5, 4096.0}) {
        for (std::size_t y = 0; y < 3; ++y) {
            auto const z       = std::vector<double>{0.25, -1.5, 2.0};
            auto const shifted = std::vector<double>{0.25 + shift, -1.5 + shift, 2.0 + shift};
            CHECK(ce(z, y) == ce(shifted, y));
            CHECK(ls(z, y) == ls(shifted, y));
        }
    }
    CHECK(close(ce({1, 2, 3}, 0), ce({3, 2, 1}, 2), 1e-15));
}

TEST_CASE("any stride, and float logits as doubles") {
    double const interleaved[] = {1, 99, 2, 99, 3, 99};
    CHECK(neg_cross_entropy{}(logit_row<double>{interleaved, 3, 2}, 1) == ce({1, 2, 3}, 1));
    CHECK(neg_cross_entropy{}(logit_row<double>{interleaved + 4, 3, -2}, 0) == ce({3, 2, 1}, 0));
    float const floats[] = {0.1f, 40.7f};
    CHECK(logit_scaled{}(logit_row<float>{floats, 2, 1}, 0) == ls({double{0.1f}, double{40.7f}}, 0));
}

TEST_CASE("the reference's numbers") {
    HALLMARK_NEEDS_GOLDEN();
    auto const file   = golden::npy("extra/logits_f32.npy");
    auto const logits = file.as<float>();
    auto const labels = golden::values<std::size_t>("extra/labels.npy");
    auto const loss   = golden::values("extra/ce_f64.npy");
    auto const scaled = golden::values("extra/logit_scaled_f64.npy");
    auto const k      = file.shape.at(1);
    REQUIRE(loss.size() == labels.size());
    for (std::size_t n = 0; n < labels.size(); ++n) {
        auto const z = logit_row<float>{logits.data() + n * k, k, 1};
        // The reference subtracts in double, so it has lost what is less than one unit of the logits' last place.
        CHECK(close(neg_cross_entropy{}(z, labels[n]), -loss[n], 1e-12, 2e-14));
        CHECK(close(logit_scaled{}(z, labels[n]), scaled[n], 1e-12, 2e-14));
    }
}
