#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/signal/evaluate.hpp>
#include <hallmark/signal/label_odds.hpp>

#include <doctest/doctest.h>
#include <signal/exact.hpp>
#include <support/close.hpp>
#include <support/golden.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;
using labels = std::vector<std::size_t>;

namespace {
// Numbers in [−8, 8) without a rounding, so that every compiler makes the same ones; a few lead by far.
auto logits_of(std::size_t samples, std::size_t classes) -> image_batch<float> {
    auto          out = image_batch<float>(samples, classes, 1, 1);
    std::uint32_t s   = 1;
    for (auto& z : out.elements()) {
        s = s * 1664525u + 1013904223u;
        z = static_cast<float>(static_cast<std::int32_t>(s >> 8) - 8388608) * 0x1p-20f;
    }
    for (std::size_t n = 0; n < samples; n += 3) {
        out.elements()[n * classes + n % classes] += 40.0f;
    }
    return out;
}
auto labels_for(std::size_t samples, std::size_t classes) -> labels {
    labels out(samples);
    for (std::size_t n = 0; n < samples; ++n) {
        out[n] = n * 7 % classes;
    }
    return out;
}
// Samples side by side that need different treatment, whose exponentials are no floats, vanish beside 1, or add up to no float; and the edges of that.
auto far_logits(std::size_t samples, std::size_t classes) -> image_batch<float> {
    struct place {
        float scale, shift, own = 0, other = 0;  // added to all, to the label's, to the next class's
    };
    constexpr place places[] = {{1, 0},        {16, 0},          {1, -100},       {1, 95},        {1, 81},     {0.5f, -60}, {0.5f, -41},
                                {0.5f, -48},   {0, -83},         {0, 88.5f},      {0, -84},       {0, 88.8f},  {0, -44.4f}, {0, 84},
                                {0x1p100f, 0}, {0x1p-10f, 1e4f}, {1, 0, 0, -500}, {1, 0, 0, 200}, {1, 0, 300}, {1, 0, -300}};
    auto            out      = logits_of(samples, classes);
    auto const      y        = labels_for(samples, classes);
    for (std::size_t n = 0; n < samples; ++n) {
        auto const& p = places[n % std::size(places)];
        auto const  z = out.elements().subspan(n * classes, classes);
        for (auto& v : z) {
            v = v * p.scale + p.shift;
        }
        z[y[n]] += p.own;
        z[(y[n] + 1) % classes] += p.other;
    }
    return out;
}
auto fingerprint_of(std::vector<double> const& xs) -> std::uint64_t {
    std::uint64_t h = 14695981039346656037u;
    for (auto const x : xs) {
        h = (h ^ std::bit_cast<std::uint64_t>(x)) * 1099511628211u;
    }
    return h;
}
void require_near_exact(image_batch<float> const& z, double tolerance) {
    auto const samples = z.samples(), classes = z.elements().size() / samples;
    auto const y = labels_for(samples, classes);
    auto const s = evaluate(neg_cross_entropy{}, z, y);
    auto const l = evaluate(logit_scaled{}, z, y);
    for (std::size_t n = 0; n < samples; ++n) {
        INFO("classes ", classes, ", sample ", n);
        auto const row = std::vector<float>(z.elements().begin() + static_cast<std::ptrdiff_t>(n * classes),
                                            z.elements().begin() + static_cast<std::ptrdiff_t>((n + 1) * classes));
        auto const t   = exact::scaled(row, y[n]);
        CHECK(close(s[n], static_cast<double>(exact::log_p(t)), tolerance, 1e-300));
        CHECK(close(l[n], static_cast<double>(t), 2e-6, 1e-14));
    }
}
template <class Signal>
auto at_level(detail::simd::level level, image_batch<float> const& z, labels const& y) -> std::vector<double> {
    detail::simd::forced_level const forced(level);
    return evaluate(Signal{}, z, y);
}
constexpr detail::simd::level all_levels[] = {detail::simd::level::scalar, detail::simd::level::baseline, detail::simd::level::avx2,
                                              detail::simd::level::avx512};
}  // namespace

// The stated error. A kernel that subtracts in float where it must not is wrong by 5e-6 in a certain model only.
TEST_CASE("float logits against long double, relative error") {
    for (auto const& wide : exact::adversarial()) {
        if (!exact::fits<float>(wide)) {
            continue;
        }
        auto const row = exact::rounded<float>(wide);
        auto const z   = image_batch<float>(1, row.size(), 1, 1, row);
        for (auto const y : exact::labels_of(wide)) {
            INFO("z[0] = ", row[0], ", classes ", row.size(), ", label ", y);
            auto const t = exact::scaled(row, y);
            CHECK(close(evaluate(neg_cross_entropy{}, z, labels{y})[0], static_cast<double>(exact::log_p(t)), 2e-6, 1e-300));
            CHECK(close(evaluate(logit_scaled{}, z, labels{y})[0], static_cast<double>(t), 2e-6, 1e-14));
        }
    }
    for (std::size_t const classes : {2u, 3u, 9u, 10u, 16u, 17u, 63u, 64u, 65u, 100u, 1000u, 5000u}) {
        require_near_exact(logits_of(40, classes), 1e-6);
    }
    for (std::size_t const classes : {2u, 10u, 64u, 100u, 1500u}) {
        require_near_exact(far_logits(48, classes), 2e-6);
    }
}

// Scores are evidence: they must not depend on the processor of the one who checks them. Pinned for other compilers.
TEST_CASE("the same bits at every instruction set, compiler and flag") {
    struct {
        std::size_t   classes;
        std::uint64_t fingerprint, of_far;
    } const pinned[] = {{2, 17581621262152752021u, 17886912182986920385u},  {10, 5476398105424071432u, 1453630757954868837u},
                        {63, 11063755080666412825u, 4528357897689328255u},  {64, 4046512705881675409u, 6204908372316482737u},
                        {79, 17105873009424329040u, 14282425294058467277u}, {1000, 14295888612026657929u, 9975991127444080544u},
                        {1025, 8264615540370179099u, 7428490193669419227u}, {2100, 17210572712154101316u, 2078139397562435864u}};
    for (auto const& p : pinned) {
        auto const z = logits_of(83, p.classes), far = far_logits(83, p.classes);
        auto const y = labels_for(83, p.classes);
        for (auto const level : all_levels) {
            INFO("classes ", p.classes, ", level ", static_cast<int>(level));
            CHECK(fingerprint_of(at_level<neg_cross_entropy>(level, z, y)) == p.fingerprint);
            CHECK(fingerprint_of(at_level<neg_cross_entropy>(level, far, y)) == p.of_far);
        }
    }
}

// A sample's score must not depend on what else was asked.
TEST_CASE("alone or in a batch, in any place and any layout: the same bits") {
    for (std::size_t const classes : {5u, 63u, 64u, 130u, 1030u}) {
        for (auto const& z : {logits_of(37, classes), far_logits(37, classes)}) {
            auto const y   = labels_for(37, classes);
            auto const all = evaluate(neg_cross_entropy{}, z, y);
            auto       t   = image_batch<float>(1, 1, classes, 37);  // classes in rows, samples in columns
            for (std::size_t n = 0; n < 37; ++n) {
                INFO("classes ", classes, ", sample ", n);
                CHECK(evaluate(neg_cross_entropy{}, z.view().slice(n, 1), labels{y[n]})[0] == all[n]);
                for (std::size_t c = 0; c < classes; ++c) {
                    t.view().at(0, 0, c, n) = z.view().at(n, c, 0, 0);
                }
            }
            CHECK(evaluate(neg_cross_entropy{}, tensor_view<float const>{t.elements().data(), {1, 1, 37, classes}, {0, 0, 1, 37}}, y) == all);
        }
    }
}

// The check rides on the vector pass; a NaN that a lane swallows would become somebody's score.
TEST_CASE("a logit that is not finite is found wherever it stands") {
    for (std::size_t const classes : {3u, 63u, 64u, 100u}) {
        auto       z = logits_of(18, classes);
        auto const y = labels_for(18, classes);
        for (std::size_t const n : {0u, 15u, 16u, 17u}) {
            for (std::size_t const c : {std::size_t{0}, classes / 2, classes - 1, y[n]}) {
                auto& at = z.elements()[n * classes + c];
                for (float const bad : {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::quiet_NaN(),
                                        std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()}) {
                    auto const good = at;
                    at              = bad;
                    auto const text =
                        detail::sentence("hallmark::evaluate: the logit of sample ", n, " for class ", c, " is ", bad, "; allowed is any finite number");
                    for (auto const level : all_levels) {
                        CHECK_THROWS_WITH_AS(at_level<neg_cross_entropy>(level, z, y), text.c_str(), error);
                    }
                    CHECK_THROWS_WITH_AS(evaluate(logit_scaled{}, z, y), text.c_str(), error);
                    at = good;
                }
            }
        }
        auto const most = std::numeric_limits<float>::max();
        z.elements()[0] = most, z.elements()[1] = -most;
        CHECK(std::isfinite(evaluate(logit_scaled{}, z, y)[0]));  // the largest finite ones are allowed
    }
}

// The least float stands where a class is left out of a sum. Masked classes have it, too.
TEST_CASE("all classes at the least float") {
    for (std::size_t const classes : {2u, 3u, 63u, 64u, 65u, 100u}) {
        auto z = image_batch<float>(1, classes, 1, 1);
        for (auto& v : z.elements()) {
            v = std::numeric_limits<float>::lowest();
        }
        for (auto const level : all_levels) {
            CHECK(close(at_level<logit_scaled>(level, z, labels{1})[0], -std::log(static_cast<double>(classes - 1)), 2e-6));
            CHECK(close(at_level<neg_cross_entropy>(level, z, labels{1})[0], -std::log(static_cast<double>(classes)), 2e-6));
        }
    }
}

TEST_CASE("larger means member, in lanes, too") {
    for (std::size_t const classes : {4u, 100u}) {
        auto z      = image_batch<float>(1, classes, 1, 1);
        auto before = -HUGE_VAL;
        for (float const own : {-40.0f, -3.0f, 0.0f, 2.0f, 9.0f, 40.0f, 300.0f}) {
            z.elements()[2]  = own;
            auto const score = evaluate(neg_cross_entropy{}, z, labels{2})[0];
            CHECK(score > before);
            CHECK(score <= 0.0);
            before = score;
        }
    }
}

TEST_CASE("the reference's numbers") {
    HALLMARK_NEEDS_GOLDEN();
    auto const file   = golden::npy("extra/logits_f32.npy");
    auto const y      = golden::values<std::size_t>("extra/labels.npy");
    auto const loss   = golden::values("extra/ce_f64.npy");
    auto const scaled = golden::values("extra/logit_scaled_f64.npy");
    auto const torch  = golden::values("extra/ce_torch_f32.npy");
    auto const z      = image_batch<float>(y.size(), file.shape.at(1), 1, 1, file.as<float>());
    auto const s      = evaluate(neg_cross_entropy{}, z, y);
    auto const l      = evaluate(logit_scaled{}, z, y);
    for (std::size_t n = 0; n < y.size(); ++n) {
        CHECK(close(s[n], -loss[n], 2e-6, 2e-14));
        CHECK(close(s[n], -torch[n], 2e-6, 2e-6));  // LibTorch's float loses digits where the loss is small
        CHECK(close(l[n], scaled[n], 2e-6, 2e-14));
    }
}
