#include <hallmark/parity/seed.hpp>

#include <doctest/doctest.h>
#include <support/golden.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
auto picture() -> image_batch<std::uint8_t> {
    image_batch<std::uint8_t> p(2, 3, 2, 3);
    std::uint8_t              v = 0;
    for (auto& e : p.elements()) {
        e = v;
        v = static_cast<std::uint8_t>(v + 7);
    }
    return p;
}
}  // namespace

// RandomState(frombuffer(md5(x).digest(), 'uint32')).randint(0, 2**32, 1, 'uint32') of NumPy 1.24.2, with x the float32 pixels of `picture`.
TEST_CASE("the pixels are hashed in the order that is asked for") {
    auto const p = parity_pixels(picture().view());
    CHECK(parity_stream(p.view(), parity_order::channel_first).bits() == 2205198956u);
    CHECK(parity_stream(p.view(), parity_order::channel_last).bits() == 398277260u);
    CHECK(parity_stream(p.view().slice(1, 1), parity_order::channel_first).bits() == 3938421151u);
}

TEST_CASE("the sum is float32, in the order of the pictures") {
    image_batch<std::uint8_t> p(3, 1, 1, 2, {1, 49, 100, 49, 200, 49});
    auto const                sum = parity_sum(p.view());
    CHECK(sum.elements()[0] == (1.0f / 255.0f + 100.0f / 255.0f) + 200.0f / 255.0f);
    CHECK(sum.elements()[1] == (49.0f / 255.0f + 49.0f / 255.0f) + 49.0f / 255.0f);
    // Another order, another last bit.
    image_batch<std::uint8_t> q(3, 1, 1, 1, {1, 1, 4}), r(3, 1, 1, 1, {4, 1, 1});
    CHECK(parity_sum(q.view()).elements()[0] != parity_sum(r.view()).elements()[0]);
    CHECK(parity_sum(p.view().slice(0, 0)).samples() == 0);
}

TEST_CASE("pixels are level / 255 in float32") {
    image_batch<std::uint8_t> p(1, 1, 16, 16);
    for (std::size_t i = 0; i < 256; ++i) {
        p.elements()[i] = static_cast<std::uint8_t>(i);
    }
    auto const f = parity_pixels(p.view());
    for (std::size_t i = 0; i < 256; ++i) {
        CHECK(f.elements()[i] == static_cast<float>(static_cast<double>(i) / 255.0));
    }
}

TEST_CASE("the draws of one picture") {
    std::uint32_t const seed[] = {1, 2, 3, 4};
    numpy_stream        s(seed);
    CHECK(draw_parity_field(s) == parity_field{56, 4, 25});
}

TEST_CASE("the sums, seeds and draws of the published program") {
    HALLMARK_NEEDS_GOLDEN();
    for (auto const& row : golden::csv("marked/index.csv")) {
        auto const                user = row.at("user");
        auto const                in   = golden::npy("marked/" + user + "_in_u8.npy");
        image_batch<std::uint8_t> pictures(in.shape[0], 3, in.shape[2], in.shape[3], in.as<std::uint8_t>());
        auto const                sum = parity_sum(pictures.view());
        CHECK(std::vector<float>(sum.elements().begin(), sum.elements().end()) == golden::values<float>("marked/" + user + "_seedimg_f32.npy"));
        auto const pixels = parity_pixels(pictures.view());
        auto       draws  = parity_stream(tensor_view<float const>(pixels.view()).slice(std::stoul(row.at("image")), 1), parity_order::channel_first);
        CHECK(draw_parity_field(draws) == parity_field{std::stof(row.at("period")), static_cast<std::uint32_t>(std::stoul(row.at("octave"))),
                                                       static_cast<std::uint32_t>(std::stoul(row.at("freq_sine")))});
    }
}
