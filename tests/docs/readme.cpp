// The two examples of README.md, compiled and run. docs/check_snippets.sh compares the text.
#include <hallmark/hallmark.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

#include "support/temp_folder.hpp"

namespace {
auto load_photos() -> hallmark::image_batch<std::uint8_t> {
    hallmark::image_batch<std::uint8_t> out(20, 3, 32, 32);
    for (std::size_t i = 0; i < out.elements().size(); ++i) {
        out.elements()[i] = static_cast<std::uint8_t>(i * 37 % 251);
    }
    return out;
}

// Learnt the published pictures by heart: the nearer a picture is to one of them, the surer it is of class 0.
struct thief {
    hallmark::image_batch<std::uint8_t> seen;
    auto                                forward(hallmark::tensor_view<float const> batch) const -> hallmark::image_batch<float> {
        hallmark::image_batch<float> logits(batch.samples(), 2, 1, 1);
        auto const                   size = batch.channels() * batch.height() * batch.width();
        for (std::size_t n = 0; n < batch.samples(); ++n) {
            float nearest = 1e30f;
            for (std::size_t s = 0; s < seen.samples(); ++s) {
                float distance = 0;
                for (std::size_t i = 0; i < size; ++i) {
                    auto const at = std::as_const(seen).elements()[s * size + i];
                    auto const d  = batch.row(n, 0, 0)[i] - static_cast<float>(at) / 255.0f;
                    distance += d * d;
                }
                nearest = distance < nearest ? distance : nearest;
            }
            logits.view().at(n, 0, 0, 0) = -nearest;
        }
        return logits;
    }
};

// Files of the examples go to a folder of their own.
struct working_folder {
    temp_folder           folder{};
    std::filesystem::path before = std::filesystem::current_path();
    working_folder() { std::filesystem::current_path(folder.path()); }
    ~working_folder() { std::filesystem::current_path(before); }
};

auto mark_photos() -> hallmark::image_batch<std::uint8_t> {
    // [readme-mark]
    // Once: a secret key. Keep the file; without it the mark cannot be found again.
    auto const key = hallmark::secret_key::generate();
    hallmark::write_key_file("my.key", key);

    // Before publishing: any batch of float or 8-bit pictures, from any backend.
    hallmark::marker const mark(key.clone());
    hallmark::image_batch<std::uint8_t> photos = load_photos();
    auto const published = mark(photos, "alice@example.org");

    // What may be shown to others, now, so that nobody can say the key was chosen afterwards.
    std::puts(key.commitment().c_str());
    // [/readme-mark]
    CHECK(published != photos);
    return published;
}
}  // namespace

TEST_CASE("the README's examples mark pictures and catch who learnt them") {
    working_folder const here;
    thief const          network{mark_photos()};
    auto const           photos = load_photos();
    std::vector<std::size_t> const labels(photos.samples(), 0);
    // [readme-audit]
    // Later: a model is any callable from a batch of float pictures to logits.
    auto suspect = [&](hallmark::tensor_view<float const> batch) { return network.forward(batch); };

    // The same originals, marked again with the published and with 199 withheld keys.
    hallmark::marker const mark(hallmark::read_key_file("my.key"));
    auto const verdict = hallmark::counterfactual_audit(suspect, mark, photos, labels, "alice@example.org",
                                                        {.alpha = 0.01, .withheld = 199});

    std::puts(hallmark::to_text(verdict).c_str());
    if (verdict.outcome == hallmark::decision::shown) {
        std::printf("p = %g\n", verdict.p_value);
    }
    // [/readme-audit]
    CHECK(verdict.p_value == 0.005);
}
