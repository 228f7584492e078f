// Signals on a device, by the emulation: close to the signals of the CPU for every layout, scalar and number of classes.
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/signals.hpp>
#include <hallmark/signal/confidence.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/signal/entropy.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;

namespace {
auto numbers(std::size_t n, double size) -> std::vector<double> {
    std::vector<double> out(n);
    std::uint32_t       state = 99;
    for (auto& v : out) {
        state = state * 1664525u + 1013904223u;
        v     = (static_cast<double>(state >> 8) / 8388608.0 - 1.0) * size;
    }
    return out;
}
template <class Scalar>
auto as(double v) -> Scalar {
    if constexpr (std::is_same_v<Scalar, bfloat16>) {
        return {static_cast<std::uint16_t>(__builtin_bit_cast(std::uint32_t, static_cast<float>(v)) >> 16)};
    } else if constexpr (std::is_same_v<Scalar, float16>) {
        auto const whole = static_cast<int>(std::abs(v) * 64.0);  // a multiple of 2^-6 below 16, so that a half is exact
        auto       e     = 0;
        auto const m     = std::frexp(whole / 64.0, &e);
        auto const bits  = whole == 0 ? 0u : static_cast<unsigned>(e + 14) << 10 | static_cast<unsigned>(std::ldexp(m, 11) - 1024.0);
        return {static_cast<std::uint16_t>(bits | (v < 0 ? 0x8000u : 0u))};
    } else {
        return static_cast<Scalar>(v);
    }
}
template <class Scalar>
auto value(Scalar s) -> double {
    return static_cast<double>(detail::device::logit_value(s));
}

/// The largest difference to the signal of the CPU, relative to 1 and to its size.
template <class DeviceSignal, class Real, class Scalar, class HostSignal>
auto difference(HostSignal const& host, std::size_t n, std::size_t classes, std::size_t pad, double size, emulated_cuda const& device = emulated_cuda{})
    -> double {
    auto const          z = numbers(n * (classes + pad), size);
    std::vector<Scalar> logits;
    std::vector<double> exact;
    for (auto const v : z) {
        logits.push_back(as<Scalar>(v));
        exact.push_back(value(logits.back()));
    }
    std::vector<std::int64_t> labels(n);
    for (std::size_t i = 0; i < n; ++i) {
        labels[i] = static_cast<std::int64_t>(i * 7 % classes);
    }
    auto const in     = device.array(logits);
    auto const l      = device.array(labels);
    auto const out    = device.array<double>(n);
    auto const report = device.array<cuda_score_report>(1);
    auto const view   = tensor_view<Scalar const, cuda_space>{in.data, {n, classes, 1, 1}, {static_cast<std::ptrdiff_t>(classes + pad), 1, 1, 1}};
    cuda_score<DeviceSignal, Real>(device, view, cuda_span<std::int64_t const>(l), out, report.data);
    cuda_require_scores(device, report.data, classes);
    CHECK(device.borders_untouched());
    double most = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        auto const wanted = host(logit_row<double>{exact.data() + i * (classes + pad), classes, 1}, static_cast<std::size_t>(labels[i]));
        most              = std::max(most, std::abs(out.data[i] - wanted) / std::max(1.0, std::abs(wanted)));
    }
    return most;
}
}  // namespace

// Tails of the warp and the block, rows that begin on 16 bytes and rows that do not, numbers of samples around a block's share.
TEST_CASE_TEMPLATE("as on the CPU for any number of samples and classes", Scalar, float, double, float16, bfloat16) {
    for (auto const classes : std::vector<std::size_t>{2, 3, 10, 31, 32, 33, 100, 1000, 1023, 1025}) {
        for (auto const pad : std::vector<std::size_t>{0, 1}) {
            INFO("classes = ", classes, ", pad = ", pad);
            CHECK(difference<cuda_neg_cross_entropy, double, Scalar>(neg_cross_entropy{}, 9, classes, pad, 8.0) < 4e-15);
        }
    }
    for (auto const n : std::vector<std::size_t>{1, 31, 33, 1023, 1025}) {
        CHECK(difference<cuda_neg_cross_entropy, double, Scalar>(neg_cross_entropy{}, n, 7, 0, 8.0) < 4e-15);
    }
}

TEST_CASE("a block to a sample where there are many classes") {
    for (auto const classes : std::vector<std::size_t>{4097, 10000, 100000}) {
        CHECK(difference<cuda_neg_cross_entropy, double, float>(neg_cross_entropy{}, 3, classes, 0, 8.0) < 4e-15);
        CHECK(difference<cuda_neg_entropy, double, float>(neg_entropy{}, 3, classes, 3, 8.0) < 1e-14);
    }
}

TEST_CASE("every signal, also where the model is certain and where exponentials underflow") {
    for (double const size : {0.0, 0.5, 8.0, 40.0, 700.0, 3000.0}) {
        INFO("size = ", size);
        CHECK(difference<cuda_neg_cross_entropy, double, double>(neg_cross_entropy{}, 40, 10, 0, size) < 4e-15);
        CHECK(difference<cuda_logit_scaled, double, double>(logit_scaled{}, 40, 10, 0, size) < 4e-15);
        CHECK(difference<cuda_confidence, double, double>(confidence{}, 40, 10, 0, size) < 4e-15);
        CHECK(difference<cuda_margin, double, double>(margin{}, 40, 10, 0, size) == 0.0);
        CHECK(difference<cuda_neg_entropy, double, double>(neg_entropy{}, 40, 10, 0, size) < 4e-15);
    }
}

// The fast way: exponentials in float.
TEST_CASE("within 2e-6 where exponentials are floats") {
    for (auto const classes : std::vector<std::size_t>{2, 10, 1000, 10000}) {
        CHECK(difference<cuda_neg_cross_entropy, float, float>(neg_cross_entropy{}, 20, classes, 0, 8.0) < 2e-6);
        CHECK(difference<cuda_neg_entropy, float, float>(neg_entropy{}, 20, classes, 0, 8.0) < 2e-6);
    }
}

// Halves are decoded by hand: all of them, against the definition.
TEST_CASE("every half and bfloat16 is the number it stands for") {
    for (std::uint32_t b = 0; b < 65536; ++b) {
        auto const exponent = static_cast<int>(b >> 10 & 31u), fraction = static_cast<int>(b & 1023u);
        auto const size   = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
        auto const got    = static_cast<float>(float16{static_cast<std::uint16_t>(b)});
        auto const finite = exponent != 31;
        REQUIRE((finite ? static_cast<double>(got) == (b & 0x8000u ? -size : size) : fraction == 0 ? std::isinf(got) : std::isnan(got)));
        REQUIRE(__builtin_bit_cast(std::uint32_t, static_cast<float>(bfloat16{static_cast<std::uint16_t>(b)})) == b << 16);
    }
}

TEST_CASE("the order of the threads, and how many blocks there are, does not matter") {
    for (auto const order : {detail::device::thread_order::downwards, detail::device::thread_order::interleaved}) {
        CHECK(difference<cuda_neg_cross_entropy, double, float>(neg_cross_entropy{}, 100, 33, 0, 8.0,
                                                                emulated_cuda(emulated_cuda::traits{.most_blocks = 3, .order = order})) < 4e-15);
    }
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    auto const          z      = device.array(std::vector<float>(12, 1.0f));
    auto const          labels = device.array(std::vector<std::int32_t>{0, 1, 2, 0});
    auto const          out    = device.array<double>(4);
    auto const          report = device.array<cuda_score_report>(1);
    auto const          view   = cuda_nchw<float const>(z.data, 4, 3, 1, 1);
    auto const          score  = [&](tensor_view<float const, cuda_space> v, cuda_span<std::int32_t const> l, cuda_span<double> to) {
        cuda_score(device, v, l, to, report.data);
        cuda_require_scores(device, report.data, 3);
    };
    score(view, labels, out);
    cuda_score(device, cuda_nchw(z.data, 4, 3, 1, 1), labels, out, report.data);  // views that can be written can be read
    CHECK_THROWS_WITH_AS(score(cuda_nchw<float const>(z.data, 12, 1, 1, 1), labels, out),
                         "hallmark::cuda_score: logits has extents (12, 1, 1, 1); allowed are (samples, classes, 1, 1) with 2 classes or more", error);
    CHECK_THROWS_WITH_AS(score(view, {labels.data, 3}, out), "hallmark::cuda_score: labels has 3 numbers; allowed are 4", error);
    CHECK_THROWS_WITH_AS(score(view, labels, {out.data, 0}), "hallmark::cuda_score: scores is empty; allowed is 1 number or more", error);
    CHECK_THROWS_WITH_AS(score(view, labels, {reinterpret_cast<double*>(z.data), 4}),
                         "hallmark::cuda_score: scores and logits overlap; give each memory of its own", error);
    double host[4];
    CHECK_THROWS_WITH_AS(score(view, labels, {host, 4}), "hallmark::cuda_score: scores is in host memory; allowed is memory of device 0", error);
    labels.data[2] = 3;
    CHECK_THROWS_WITH_AS(score(view, labels, out), "hallmark::cuda_score: the label of sample 2 is no class; allowed is 0 to 2", error);
    labels.data[2] = -1;
    CHECK_THROWS_WITH_AS(score(view, labels, out), "hallmark::cuda_score: the label of sample 2 is no class; allowed is 0 to 2", error);
    labels.data[2] = 0;
    for (auto const wrong : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
        z.data[7] = wrong;  // of a class that is not the label
        CHECK_THROWS_WITH_AS(score(view, labels, out), "hallmark::cuda_score: the logit of sample 2 for class 1 is no number; allowed is any finite number",
                             error);
    }
}
