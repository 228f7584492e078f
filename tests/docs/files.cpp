// The code in docs/*.md that reads and writes files (stb, nlohmann-json), compiled and run.
#include <hallmark/hallmark.hpp>
#include <hallmark/io/image.hpp>
#include <hallmark/io/manifest.hpp>
#include <hallmark/report/json.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "support/temp_folder.hpp"

TEST_CASE("a folder is marked, recorded and verified") {
    temp_folder const                   folder;
    auto const                          originals = folder / "originals/";
    auto const                          marked    = folder / "marked/";
    auto const                          key_file  = folder / "owner.key";
    hallmark::image_batch<std::uint8_t> grey(1, 3, 16, 16, std::vector<std::uint8_t>(3 * 16 * 16, 90));
    hallmark::write_file(originals + "cat.png", hallmark::encode_png(std::as_const(grey).view()));
    hallmark::write_key_file(key_file, hallmark::secret_key::generate());
    // clang-format off
    // [folder]
    hallmark::marker const mark(hallmark::read_key_file(key_file));
    hallmark::manifest record;
    record.recipe = hallmark::to_recipe(mark.parameters());
    record.key_commitment = mark.key().commitment();
    record.user = "ada";
    auto const digest = [](std::span<std::byte const> b) {
        return hallmark::to_hex(hallmark::sha256({reinterpret_cast<std::uint8_t const*>(b.data()), b.size()}));
    };
    for (auto const& name : hallmark::list_images(originals)) {
        auto const sample = record.entries.size();
        auto const before = hallmark::read_file(originals + name, 1 << 28);
        auto const picture = mark(hallmark::decode_image(before), "ada", {.first_sample = sample});
        auto const after = hallmark::encode_png(picture.view());
        hallmark::write_file(marked + name, after);
        record.entries.push_back({name, sample, digest(before), digest(after), name, "cat"});
    }
    hallmark::write_manifest(marked + "manifest.json", record);
    auto const findings = hallmark::verify(hallmark::read_manifest(marked + "manifest.json"), marked);  // empty: nothing has changed
    // [/folder]
    // clang-format on
    CHECK(findings.empty());
    CHECK(record.entries.size() == 1);
    hallmark::write_file(marked + "cat.png", hallmark::encode_png(std::as_const(grey).view()));
    CHECK(hallmark::verify(record, marked).size() == 1);
}

TEST_CASE("arrays of another program") {
    temp_folder const folder;
    auto const        logits_file = folder / "logits.npy", labels_file = folder / "labels.npy";
    hallmark::write_npy(logits_file, std::span<float const>(std::vector<float>{1.0f, 2.0f, 3.0f, 0.0f, 0.0f, 0.0f}), {2, 3});
    hallmark::write_npy(labels_file, std::vector<std::int64_t>{2, 0});
    // clang-format off
    // [npy]
    auto const z = hallmark::read_npy(logits_file);  // shape (samples, classes)
    auto const values = z.as_doubles();
    auto const labels = hallmark::read_npy(labels_file).as_indices();
    auto const matrix = hallmark::nchw(values.data(), 1, 1, z.shape.at(0), z.shape.at(1));
    auto const scores = hallmark::evaluate(hallmark::neg_cross_entropy{}, matrix, labels);
    // [/npy]
    // clang-format on
    CHECK(scores[0] == doctest::Approx(-0.4076).epsilon(0.001));
    CHECK(scores[1] == doctest::Approx(-1.0986).epsilon(0.001));
}

TEST_CASE("a verdict as JSON") {
    std::vector<double> nulls;
    for (int i = 0; i < 499; ++i) {
        nulls.push_back(static_cast<double>(i * 173 % 499) / 499.0);
    }
    auto const v = hallmark::population_audit(1.0, nulls, {.alpha = 0.05, .samples = 25});
    // clang-format off
    // [json]
    auto const text = nlohmann::ordered_json(v).dump(2);
    // [/json]
    // clang-format on
    // docs/report.md shows this.
    CHECK(text.starts_with(R"({
  "audit": "population rank",
  "decision": "shown",
  "alpha": 0.05,
  "statistic": 1.0,
  "p_value": 0.002,
  "smallest_p": 0.002,
  "n": 25,
  "null_size": 499,
  "hits": 0,
  "false_alarm_rate": {
    "lower": 0.0,
    "upper": 0.00598)"));
    CHECK(text.find(R"(
    "confidence": 0.95
  },
  "checks": [
    {
      "check": "too-few-nulls",
      "state": "passed",
      "finding": "the least possible p-value is 0.002 and alpha is 0.05"
    },)") != std::string::npos);
    CHECK(text.ends_with(R"(
  ],
  "warnings": []
})"));
}
