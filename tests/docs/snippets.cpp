// The code in docs/*.md that needs the standard library and Boost.Math alone, compiled and run.
//
// docs/check_snippets.sh compares each block between `// [name]` and `// [/name]` with the page's, so what a reader
// copies is what ran here. What the page says about a result is checked below its block.
#include <hallmark/hallmark.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "support/temp_folder.hpp"

namespace {
// Pictures that are all alike but for their place.
auto some_pictures(std::size_t n, std::size_t height = 32, std::size_t width = 32) -> hallmark::image_batch<std::uint8_t> {
    hallmark::image_batch<std::uint8_t> out(n, 3, height, width);
    for (std::size_t i = 0; i < out.elements().size(); ++i) {
        out.elements()[i] = static_cast<std::uint8_t>(i * 37 % 251);
    }
    return out;
}

// Somebody else's forward pass: the logit of class c is a weighted sum of the pixels.
struct somebody_elses_network {
    std::size_t classes = 10;
    auto        forward(float const* pixels, std::size_t pictures, std::size_t size) const -> std::vector<float> {
               std::vector<float> logits(pictures * classes);
               for (std::size_t n = 0; n < pictures; ++n) {
                   for (std::size_t i = 0; i < size; ++i) {
                       logits[n * classes + i % classes] += pixels[n * size + i] * 0.01f;
            }
        }
               return logits;
    }
};
}  // namespace

// clang-format off
// [trait]
namespace my {
// Grey pictures, one after the other, each row padded to `pitch` floats.
struct frames {
    std::vector<float> pixels;
    std::size_t count, rows, columns, pitch;
};
}  // namespace my

template <>
struct hallmark::tensor_traits<my::frames> {
    static auto view(my::frames& f) -> hallmark::tensor_view<float> { return make(f.pixels.data(), f); }
    static auto view(my::frames const& f) -> hallmark::tensor_view<float const> { return make(f.pixels.data(), f); }
    static auto clone(my::frames const& f) -> my::frames { return f; }

private:
    template <class Scalar>
    static auto make(Scalar* data, my::frames const& f) -> hallmark::tensor_view<Scalar> {
        auto const pitch = static_cast<std::ptrdiff_t>(f.pitch);
        auto const rows = static_cast<std::ptrdiff_t>(f.rows);
        return {data, {f.count, 1, f.rows, f.columns}, {rows * pitch, 0, pitch, 1}};
    }
};
static_assert(hallmark::owning_tensor<my::frames>);
// [/trait]
// clang-format on

// Without it a user's own array type could stop working with the marker and no test of ours would use one.
TEST_CASE("a user's own array type can be marked") {
    my::frames const mine{std::vector<float>(2 * 8 * 12, 0.5f), 2, 8, 10, 12};
    auto const       marked = hallmark::marker(hallmark::secret_key::generate())(mine, "a user");
    CHECK(marked.pixels != mine.pixels);
    CHECK(marked.pixels[10] == 0.5f);  // the padding
}

TEST_CASE("executors") {
    auto const             pictures = some_pictures(40);
    hallmark::marker const mark(hallmark::secret_key::generate());
    // clang-format off
    // [executor]
    hallmark::threads const pool;  // one thread per processor, as long as the object lives
    auto const marked = mark(pictures, "ada", {}, pool);
    // [/executor]
    // clang-format on
    CHECK(marked == mark(pictures, "ada"));
}

TEST_CASE("draws have addresses") {
    // clang-format off
    // [random]
    auto const key = hallmark::secret_key::generate();
    hallmark::user_key const ada(key, "ada");
    auto draws = ada.open(0, hallmark::purpose::noise, 17);  // version 0, noise, sample 17
    auto const die = hallmark::uniform_between(draws, 1, 6);
    auto const coin = hallmark::uniform_float(draws) < 0.5f;
    draws.seek(0);  // the same address gives the same draws
    // [/random]
    // clang-format on
    CHECK(hallmark::uniform_between(draws, 1, 6) == die);
    CHECK((hallmark::uniform_float(draws) < 0.5f) == coin);
}

TEST_CASE("a noise field fills a plane") {
    auto draws = hallmark::user_key(hallmark::secret_key::generate(), 1).open(0, hallmark::purpose::noise, 0);
    // clang-format off
    // [noise]
    std::vector<hallmark::noise_sample> samples(64 * 64);
    auto const plane = hallmark::nchw(samples.data(), 1, 1, 64, 64);
    auto const field = hallmark::fractal(hallmark::perlin(hallmark::keyed_lattice::draw(draws)), 4);
    hallmark::fill(field, 40, plane);  // 40 pixels to a lattice cell
    hallmark::apply_sine_sign(24, plane);  // bands of +1 and −1
    // [/noise]
    // clang-format on
    for (auto v : samples) {
        CHECK((v == hallmark::noise_one || v == -hallmark::noise_one));
    }
}

// clang-format off
// [pattern]
// A pattern of my own: vertical bars, grey, `width` pixels wide.
struct bars {
    std::size_t width;
    std::uint32_t first;  // level of the first bar, 0 to 255

    [[nodiscard]] auto operator()(std::size_t, std::size_t, std::size_t, std::size_t, std::size_t column, std::size_t) const noexcept -> hallmark::level {
        auto const v = column / width % 2 == 0 ? first : 255 - first;
        return static_cast<hallmark::level>(v << 16);
    }
};
static_assert(hallmark::pattern<bars>);

// And where it comes from: every random choice is a draw.
struct random_bars {
    [[nodiscard]] auto draw(hallmark::stream& draws) const -> bars {
        auto const width = hallmark::uniform_between(draws, 2, 8);
        return {width, hallmark::uniform_below(draws, 256)};
    }
};
static_assert(hallmark::pattern_source<random_bars>);
// [/pattern]
// clang-format on

TEST_CASE("a marker of one's own parts") {
    // clang-format off
    // [basic-marker]
    hallmark::basic_marker const mark(hallmark::secret_key::generate(), random_bars{}, hallmark::uniform_sign_noise{}, hallmark::convex(0.9), 4.0 / 255.0,
                                      hallmark::key_design::independent);
    // [/basic-marker]
    // clang-format on
    auto const pictures = some_pictures(3);
    CHECK(mark(pictures, 1) != pictures);
    CHECK(mark(pictures, 1) == mark(pictures, 1));
}

TEST_CASE("what a mark does to a picture") {
    auto const original = some_pictures(1);
    auto const marked   = hallmark::marker(hallmark::secret_key::generate())(original, "ada");
    // clang-format off
    // [quality]
    auto const quality = hallmark::compare(original.view(), marked.view());
    double const left  = hallmark::survival(original.view(), marked.view(), hallmark::blur_attack{1.0});
    std::printf("PSNR %.1f dB, SSIM %.2f; after a blur the mark correlates with itself by %.2f\n", quality.psnr, quality.ssim, left);
    // [/quality]
    // clang-format on
    CHECK(quality.range_alarm);
    CHECK(left < 1.0);
}

TEST_CASE("a folder that the published program marked") {
    auto const originals = some_pictures(3);
    auto const found     = hallmark::parity_marker()(originals.view());
    // clang-format off
    // [parity]
    // Are these the originals, in this order, of pictures that were found somewhere?
    hallmark::parity_marker const mark;
    bool const made_from_these = mark(originals.view()) == found;
    // [/parity]
    // clang-format on
    CHECK(made_from_these);
}

TEST_CASE("the convex blend") {
    // clang-format off
    // [blend]
    hallmark::convex const blend(0.7);
    hallmark::level const delta = 8 << 16;  // noise: 8 levels up
    hallmark::level const behind = 255 << 16;  // pattern: white
    std::uint8_t const level = blend(std::uint8_t{100}, delta, behind);  // 0.7 · (100 + 8) + 0.3 · 255 = 152.1
    // [/blend]
    // clang-format on
    CHECK(level == 152);
}

TEST_CASE("marking") {
    // clang-format off
    // [mark]
    auto const key = hallmark::secret_key::generate();
    hallmark::marker const mark(key.clone());
    hallmark::image_batch<std::uint8_t> const pictures(20, 3, 224, 224);  // or a tensor of any backend
    auto const published = mark(pictures, "ada");
    // [/mark]
    // clang-format on
    CHECK(published != pictures);
    CHECK(published == mark(pictures, "ada"));
    CHECK(published != mark(pictures, "bob"));
    // clang-format off
    // [mark-options]
  // A large folder in parts: each picture keeps the number it was given when it was published.
    auto const part = hallmark::tensor_view<std::uint8_t const>(pictures.view()).slice(16, 4);
    auto marked = hallmark::image_batch<std::uint8_t>(4, 3, 224, 224);
    mark.into(marked, part, "ada", {.first_sample = 16});
    // [/mark-options]
    // clang-format on
    CHECK(std::equal(marked.elements().begin(), marked.elements().end(), published.elements().begin() + 16 * 3 * 224 * 224));
}

TEST_CASE("a model is a callable") {
    somebody_elses_network const   net;
    auto const                     pictures = some_pictures(6);
    std::vector<std::size_t> const labels   = {0, 1, 2, 3, 4, 5};
    // clang-format off
    // [lambda]
  // The batch is a strided view of floats in [0, 1]; this network wants them dense, sample by sample.
    auto model = [&](hallmark::tensor_view<float const> batch) {
        std::vector<float> dense;
        for (std::size_t n = 0; n < batch.samples(); ++n) {
            for (std::size_t c = 0; c < batch.channels(); ++c) {
                for (std::size_t h = 0; h < batch.height(); ++h) {
                    for (std::size_t w = 0; w < batch.width(); ++w) {
                        dense.push_back(batch.at(n, c, h, w));
                    }
                }
            }
        }
        auto logits = net.forward(dense.data(), batch.samples(), dense.size() / batch.samples());
        return hallmark::image_batch<float>(batch.samples(), 10, 1, 1, std::move(logits));
    };
    static_assert(hallmark::model<decltype(model)>);
    auto const scores = hallmark::score_samples(model, pictures, labels, hallmark::neg_cross_entropy{});
    // [/lambda]
    // clang-format on
    CHECK(scores.size() == 6);
    CHECK(scores[0] < 0.0);

    // clang-format off
    // [counted]
  // Asks about at most 5000 pictures, then throws errc::budget_exhausted before the model is called.
    hallmark::normalised usual(hallmark::counted(model, 5000), {0.485f, 0.456f, 0.406f}, {0.229f, 0.224f, 0.225f});
    // [/counted]
    // clang-format on
    CHECK(hallmark::score_samples(usual, pictures, labels, hallmark::neg_cross_entropy{}).size() == 6);
    static_assert(hallmark::model<decltype(usual)>);

    // clang-format off
    // [counterfactual]
    hallmark::marker const mark(hallmark::secret_key::generate());
    auto const v = hallmark::counterfactual_audit(model, mark, pictures, labels, "ada", {.alpha = 0.05, .withheld = 199});
    std::printf("%s", hallmark::to_text(v).c_str());
    // [/counterfactual]
    // clang-format on
    CHECK(v.smallest_p == doctest::Approx(1.0 / 200.0).epsilon(1e-15));
    CHECK(v.null_size == 199);
}

TEST_CASE("logits only") {
    // clang-format off
    // [signal]
    std::vector<float> const z = {4.0f, 0.5f, -1.0f, 0.2f, 0.1f, 0.0f};  // two samples, three classes
    std::vector<std::size_t> const labels = {0, 2};
    auto const matrix = hallmark::nchw(z.data(), 1, 1, 2, 3);
    auto const loss = hallmark::evaluate(hallmark::neg_cross_entropy{}, matrix, labels);  // −0.036, −1.202
    auto const scaled = hallmark::evaluate(hallmark::logit_scaled{}, matrix, labels);  //  3.299, −0.844
    // [/signal]
    // clang-format on
    CHECK(loss[0] == doctest::Approx(-0.036).epsilon(0.02));
    CHECK(loss[1] == doctest::Approx(-1.202).epsilon(0.001));
    CHECK(scaled[0] == doctest::Approx(3.299).epsilon(0.001));
    CHECK(scaled[1] == doctest::Approx(-0.844).epsilon(0.001));
}

TEST_CASE("aggregates merge") {
    // clang-format off
    // [aggregate]
    hallmark::mean here, there;
    for (double score : {1e16, 1.0}) {
        here.push(score);
    }
    for (double score : {-1e16, 2.0}) {
        there.push(score);
    }
    here.merge(there);
    auto const score = here.value();  // 0.75: the sum is exact, and rounded once
    // [/aggregate]
    // clang-format on
    CHECK(score == 0.75);
}

TEST_CASE("tests") {
    std::vector<double> const member_scores = {-0.02, -0.4, -0.1, -0.03, -0.05}, other_scores = {-0.9, -1.4, -0.2, -2.0, -0.6};
    // clang-format off
    // [stats]
    using enum hallmark::alternative;
    auto const wins = hallmark::binomial_test(18, 25, 0.5, greater);  // 18 of 25 fair coins: p = 0.0216
    auto const more = hallmark::mann_whitney{}(member_scores, other_scores, greater);  // members score higher?
    auto const many = hallmark::benjamini_hochberg(std::vector{0.001, 0.012, 0.21});  // three users, one family
    bool const first_two_are_flagged = many[0] <= 0.05 && many[1] <= 0.05 && many[2] > 0.05;
    // [/stats]
    // clang-format on
    CHECK(wins.p_value == doctest::Approx(0.0216).epsilon(0.002));
    CHECK(more.p_value < 0.05);
    CHECK(first_two_are_flagged);
}

TEST_CASE("looking as often as you like") {
    auto const published_scored_higher = [](int i) { return i % 10 != 3; };
    // clang-format off
    // [sequential]
    hallmark::coin_process evidence;
    for (int i = 0; i < 25 && !evidence.rejects(0.05); ++i) {
        evidence.push(published_scored_higher(i));  // a query of the model for each pair, and none too many
    }
    auto const pairs_asked = evidence.count();  // 11 of 25, where nine of ten are won
    // [/sequential]
    // clang-format on
    CHECK(evidence.rejects(0.05));
    CHECK(pairs_asked == 11);
}

TEST_CASE("the curve") {
    std::vector<double> const members = {3.0, 2.5, 2.0, 1.0}, nulls = {0.5, 1.5, 0.1, 0.2, 0.4};
    // clang-format off
    // [metric]
    auto const area = hallmark::auc(members, nulls);  // 0.95
    auto const tpr = hallmark::tpr_at_fpr(members, nulls, 0.0);  // 3 of 4 members lie above every null
    auto const low = tpr.ci.lower, high = tpr.ci.upper;  // 0.194 to 0.994: four members say little
    // [/metric]
    // clang-format on
    CHECK(area == doctest::Approx(0.95).epsilon(1e-15));
    CHECK(tpr.hits == 3);
    CHECK(low == doctest::Approx(0.194).epsilon(0.003));
    CHECK(high == doctest::Approx(0.994).epsilon(0.001));
}

TEST_CASE("plan") {
    auto const pilot   = hallmark::version_scores{2, {1.0, 1.4, 0.1, 0.3, -0.2, 0.4, 0.2, -0.1}, {}};
    // clang-format off
    // [plan]
    auto const effect = hallmark::effect_of(pilot);  // scores of a pilot: the published version and some withheld ones
    for (auto const& way : hallmark::plan_audit({hallmark::audit_kind::twins, effect, 0.05, 0.9})) {
        std::printf("%zu pictures, %.0f questions: power %.2f\n", way.pictures, way.queries, way.power);
    }
    // [/plan]
    // clang-format on
    CHECK(hallmark::plan_audit({hallmark::audit_kind::twins, effect, 0.05, 0.9}).size() == 1);
    CHECK(effect.shift > 0.0);
}

TEST_CASE("population") {
    std::vector<double> nulls(500);
    std::iota(nulls.begin(), nulls.end(), -600.0);
    auto const observed = -50.0;
    // clang-format off
    // [population]
    auto const v = hallmark::population_audit(observed, nulls, {.alpha = 0.01, .samples = 25});
  // v.p_value is 1/501, v.hits is 0, and v.false_alarm_rate.upper is 0.00597: "at most 0.6 % false alarms", not "0 %"
    // [/population]
    // clang-format on
    CHECK(v.p_value == doctest::Approx(1.0 / 501.0).epsilon(1e-15));
    CHECK(v.hits == 0);
    CHECK(v.false_alarm_rate.upper == doctest::Approx(0.00597).epsilon(0.001));
    CHECK(v.outcome == hallmark::decision::shown);
    // clang-format off
    // [report]
    auto const words = hallmark::to_text(v);  // "Trained on this set: shown at alpha = 0.01. ..."
    // [/report]
    // clang-format on
    CHECK(words.starts_with("Trained on this set: shown at alpha = 0.01.\n"));
}

TEST_CASE("losses only") {
    temp_folder const folder;
    std::string const file = folder / "losses.csv";
    hallmark::write_file(file, std::string_view("cat.png,dog.png\n0.1,0.2\n0.9,0.5\n0.8,0.6\n0.7,0.4\n"));
    // clang-format off
    // [losses]
  // One column per picture, one row per version: the published one first, then the withheld ones.
    auto const table = hallmark::read_csv(file);
    hallmark::version_scores scores{table.columns.size(), {}};
    for (std::size_t version = 0; version < table.rows(); ++version) {
        for (auto const& picture : table.columns) {
            scores.values.push_back(-picture[version]);  // a smaller loss means a more likely member
        }
    }
    auto const v = hallmark::counterfactual_audit(scores, hallmark::key_design::shared, 0.05);
    // [/losses]
    // clang-format on
    CHECK(v.p_value == 0.25);
    CHECK(v.outcome == hallmark::decision::cannot_be_shown);
}

TEST_CASE("errors") {
    // clang-format off
    // [errors]
    try {
        hallmark::marker const mark(hallmark::secret_key::generate(), {.epsilon = 8});
    } catch (hallmark::error const& e) {
        if (e.code() == hallmark::errc::out_of_domain) {
            std::fprintf(stderr, "%s\n", e.what());  // hallmark::mark_parameters: epsilon is 8; allowed is 0 to 1
        }
    }
    // [/errors]
    // clang-format on
    CHECK_THROWS_WITH_AS(hallmark::marker(hallmark::secret_key::generate(), {.epsilon = 8}), "hallmark::mark_parameters: epsilon is 8; allowed is 0 to 1",
                         hallmark::error);
}
