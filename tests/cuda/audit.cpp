// The counterfactual audit on a device, by the emulation: the verdict of the CPU.
#include "pictures.hpp"

#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/backend/cuda/audit.hpp>
#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/mode.hpp>
#include <hallmark/pattern/checkerboard.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
constexpr std::size_t classes = 3;

// A linear model, the same on both sides: logit c is a weighted sum of the pixels. `seen` gets a pixel of each picture, in the order of asking.
template <class Space>
void forward(tensor_view<float const, Space> x, float* out, std::vector<float>& seen) {
    auto const v = tensor_view<float const>{x.data, {x.extent[0], x.extent[1], x.extent[2], x.extent[3]}, {x.stride[0], x.stride[1], x.stride[2], x.stride[3]}};
    for (std::size_t n = 0; n < v.samples(); ++n) {
        for (std::size_t c = 0; c < classes; ++c) {
            float sum = 0.0f;
            for (std::size_t i = 0; i < v.channels() * v.height() * v.width(); ++i) {
                sum += v.at(n, i / (v.height() * v.width()), i / v.width() % v.height(), i % v.width()) * static_cast<float>((i * (c + 3)) % 11) * 0.01f;
            }
            out[n * classes + c] = sum;
        }
        seen.push_back(v.at(n, 0, v.height() / 2, v.width() / 2));
    }
}
struct host_model {
    std::vector<float> seen{};

    auto operator()(tensor_view<float const> x) -> image_batch<float> {
        image_batch<float> out(x.samples(), classes, 1, 1);
        forward(x, out.elements().data(), seen);
        return out;
    }
};
struct device_model {
    emulated_cuda const*     device;
    cuda_span<float>         logits;
    std::size_t              columns = classes, rows_less = 0;
    std::vector<std::size_t> asked{};
    std::vector<float>       seen{};

    auto operator()(tensor_view<float const, cuda_space> x) -> tensor_view<float const, cuda_space> {
        asked.push_back(x.samples());
        forward(x, logits.data, seen);
        return {logits.data, {x.samples() - rows_less, columns, 1, 1}, {classes, 1, 1, 1}};
    }
};
template <class Scalar, class Marker>
void same_verdict(Marker const& m, std::size_t batch_size, emulated_cuda const& device) {
    auto const                     batch     = test_pictures<Scalar>(5, 3, 12, 13);
    std::vector<std::size_t> const labels    = {0, 1, 2, 0, 1};
    std::uint64_t const            numbers[] = {4, 8, 15, 16, 23};
    auto                           options   = counterfactual_options{};
    options.withheld                         = 19;
    options.batch_size                       = batch_size;
    options.samples                          = numbers;
    host_model   model;
    auto const   wanted = score_versions(model, m, batch, labels, "ada", options);
    auto const   in     = device.array(batch.elements());
    auto const   view   = cuda_nchw<Scalar const>(in.data, 5, 3, 12, 13);
    device_model there{&device, device.array<float>(batch_size * classes)};
    auto const   room = device.array<unsigned char>(cuda_audit_workspace(m, view, options));
    CHECK_THROWS_WITH_AS(
        (void)cuda_score_versions(device, there, m, view, labels, "ada", options, {room.data, room.size - 1}),
        ("hallmark::cuda_score_versions: the workspace has " + std::to_string(room.size - 1) + " bytes; allowed are " + std::to_string(room.size) + " or more")
            .c_str(),
        error);
    auto const got = cuda_score_versions(device, there, m, view, labels, "ada", options, {room.data, room.size});
    CHECK(there.asked.front() == std::min<std::size_t>(batch_size, 100));
    CHECK(there.seen == model.seen);  // the published version at the place that the key decides, not first
    REQUIRE(got.values.size() == wanted.values.size());
    for (std::size_t i = 0; i < got.values.size(); ++i) {
        REQUIRE(std::abs(got.values[i] - wanted.values[i]) < 2e-6);  // what the CPU's exponentials in lanes are off
    }
    for (std::size_t i = 0; i < got.blind.size(); ++i) {
        REQUIRE(std::abs(got.blind[i] - wanted.blind[i]) < 1e-11);
    }
    auto const v = cuda_counterfactual_audit(device, there, m, view, labels, "ada", options);
    auto const w = counterfactual_audit(model, m, batch, labels, "ada", options);
    CHECK(v.p_value == w.p_value);
    CHECK(v.hits == w.hits);
    CHECK(v.queries == w.queries);
    REQUIRE(v.checks.size() == w.checks.size());  // also numbers that are there twice, where pictures have keys of their own
    for (std::size_t i = 0; i < v.checks.size(); ++i) {
        CHECK(v.checks[i].which == w.checks[i].which);
        CHECK(v.checks[i].state == w.checks[i].state);
    }
    CHECK(device.borders_untouched());
}
}  // namespace

TEST_CASE("the verdict of the CPU, for both designs, both scalars and batches that do not divide the versions") {
    auto independent   = mark_parameters{};
    independent.design = key_design::independent;
    same_verdict<std::uint8_t>(marker(test_key()), 7, emulated_cuda{});
    same_verdict<float>(marker(test_key()), 256, emulated_cuda{});
    same_verdict<float>(marker(test_key(), independent), 33, emulated_cuda(emulated_cuda::traits{.order = detail::device::thread_order::interleaved}));
}

TEST_CASE("the verdict of the CPU for markers of other noises, patterns and blends") {
    same_verdict<std::uint8_t>(basic_marker(test_key(), colour_stripes{}, uniform_sign_noise{}, additive(0.3), 0.05, key_design::shared), 7, emulated_cuda{});
    same_verdict<float>(basic_marker(test_key(), colour_boards{}, perlin_sign_noise{}, overlay(0.3), 0.05, key_design::independent), 33, emulated_cuda{});
}

// White pixels of a picture as large as a screenful of cameras: in 64 bits of parts of 1, whichever size it has.
TEST_CASE("the level of a large white picture") {
    using body = detail::device::level_body<float>;
    emulated_cuda const device;
    std::size_t const   each  = 3 * 2600 * 2600;
    auto const          white = std::vector<float>(each, 1.0f);
    auto const          sum   = device.array<std::uint64_t>(1);
    device.launch(body{white.data(), each, 1, body::parts_for(each), sum.data}, 1);
    CHECK(static_cast<double>(sum.data[0]) / body::parts_for(each) == static_cast<double>(each));
    CHECK(body::parts_for(3 * 224 * 224) == 0x1p40);
    for (int bits = 0; bits < 60; ++bits) {
        for (auto const n : {std::uint64_t{1} << bits, (std::uint64_t{2} << bits) - 1}) {
            auto const parts = static_cast<std::uint64_t>(body::parts_for(n));
            CHECK(parts <= ~std::uint64_t{0} / n);  // the sum of n white values fits
            CHECK(0x1p-40 + 0x1p-62 * static_cast<double>(n) >= 1.0 / body::parts_for(n));
        }
    }
}

TEST_CASE("what a caller, or a model, can get wrong") {
    emulated_cuda const            device;
    auto const                     in     = device.array(test_pictures<float>(2, 3, 8, 8).elements());
    auto const                     view   = cuda_nchw<float const>(in.data, 2, 3, 8, 8);
    auto const                     m      = marker(test_key());
    std::vector<std::size_t> const labels = {0, 1};
    device_model                   model{&device, device.array<float>(256 * classes)};
    auto                           options = counterfactual_options{};
    options.withheld                       = 4;
    auto const scores = [&](std::span<std::size_t const> l, cuda_workspace w = {}) { return cuda_score_versions(device, model, m, view, l, 1, options, w); };
    CHECK(scores(labels).values.size() == 10);
    CHECK_THROWS_WITH_AS(scores(std::span(labels).first(1)), "hallmark::cuda_score_versions: there are 2 pictures and 1 labels", error);
    std::vector<std::size_t> const high = {0, 3};
    CHECK_THROWS_WITH_AS(scores(high), "hallmark::cuda_score: the label of sample 1 is no class; allowed is 0 to 2", error);
    auto const room = device.array<unsigned char>(1024);
    CHECK_THROWS_WITH_AS(scores(labels, {room.data, 1024}), "hallmark::cuda_score_versions: the workspace has 1024 bytes; allowed are 10240 or more", error);
    model.rows_less = 1;
    CHECK_THROWS_WITH_AS(scores(labels), "hallmark::cuda_score_versions: the model returned 9 rows of logits for 10 pictures", error);
    model.rows_less    = 0;
    options.batch_size = 4;
    auto fickle        = [&, n = std::size_t{0}](tensor_view<float const, cuda_space> x) mutable {
        model.columns = n++ == 0 ? 3 : 2;
        return model(x);
    };
    CHECK_THROWS_WITH_AS(cuda_score_versions(device, fickle, m, view, labels, 1, options),
                         "hallmark::cuda_score_versions: the model returned 2 classes and 3 before", error);
    options.batch_size = 0;
    CHECK_THROWS_WITH_AS(scores(labels), "hallmark::cuda_score_versions: options.batch_size is 0; allowed is 1 or more", error);
    options.batch_size = 4;
    options.withheld   = 0;
    CHECK_THROWS_WITH_AS(scores(labels), "hallmark::cuda_score_versions: options.withheld is 0; allowed is 1 to 4294967294", error);
    options.withheld              = 4;
    std::uint64_t const numbers[] = {1};
    options.samples               = numbers;
    CHECK_THROWS_WITH_AS(scores(labels), "hallmark::cuda_score_versions: options.samples has 1 numbers for 2 pictures", error);
    options.samples = {};
    options.alpha   = 0.0;
    CHECK_THROWS_AS((void)cuda_counterfactual_audit(device, model, m, view, labels, 1, options), error);
    options.alpha = 0.05;
    in.data[5]    = 0.5f;
    in.data[197]  = std::nanf("");
    // A batch is one picture: its number in the plan is what tells the original.
    for (std::size_t const at_once : std::vector<std::size_t>{1, 256}) {
        options.batch_size = at_once;
        CHECK_THROWS_WITH_AS(
            scores(labels),
            "hallmark::cuda_marks: pixel 197 of the plan's pictures, counted by sample, channel, row and column, was not in [0, 1] in the original; allowed "
            "is 0 to 1",
            error);
    }
    in.data[5] = std::nanf("");
    CHECK_THROWS_WITH_AS(
        scores(labels),
        "hallmark::cuda_marks: pixel 5 of the plan's pictures, counted by sample, channel, row and column, was not in [0, 1] in the original; allowed "
        "is 0 to 1",
        error);
}
