#include <hallmark/core/image_batch.hpp>
#include <hallmark/random/secret_key.hpp>
#include <hallmark/signal/views.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using namespace hallmark;
using pixels = std::vector<float>;

namespace {
template <class View>
auto seen(View const& view, image_batch<float> const& in, std::uint64_t first = 0) -> image_batch<float> {
    auto out = image_batch<float>(in.samples(), in.channels(), in.height(), in.width());
    view(in.view(), out.view(), first);
    return out;
}
auto picture() -> image_batch<float> { return image_batch<float>(1, 1, 3, 3, {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f}); }
auto user() -> user_key {
    std::uint8_t bytes[secret_key::size] = {7};
    return user_key(secret_key::from_bytes(bytes), 1);
}
}  // namespace

TEST_CASE("as it is, mirrored, shifted with the edge repeated") {
    auto const in = picture();
    CHECK(seen(as_published{}, in) == in);
    CHECK(seen(mirrored{}, in).elements() == pixels{0.3f, 0.2f, 0.1f, 0.6f, 0.5f, 0.4f, 0.9f, 0.8f, 0.7f});
    CHECK(seen(shifted{1, 0}, in).elements() == pixels{0.1f, 0.2f, 0.3f, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f});
    CHECK(seen(shifted{0, -1}, in).elements() == pixels{0.2f, 0.3f, 0.3f, 0.5f, 0.6f, 0.6f, 0.8f, 0.9f, 0.9f});
    CHECK(seen(shifted{-2, 1}, in).elements() == pixels{0.7f, 0.7f, 0.8f, 0.7f, 0.7f, 0.8f, 0.7f, 0.7f, 0.8f});
    CHECK(seen(shifted{100, -100}, in).elements() == pixels(9, 0.3f));
    CHECK(seen(shifted{}, in) == in);
    CHECK(seen(mirrored{}, seen(mirrored{}, in)) == in);
}

// A channel or a sample mixed up with another would be invisible in one grey picture.
TEST_CASE("every sample and channel by itself, through any strides") {
    auto in = image_batch<float>(2, 3, 2, 2);
    for (std::size_t i = 0; i < 24; ++i) {
        in.elements()[i] = static_cast<float>(i) / 32.0f;
    }
    auto const out = seen(mirrored{}, in);
    auto const v   = out.view();
    for (std::size_t n = 0; n < 2; ++n) {
        for (std::size_t c = 0; c < 3; ++c) {
            CHECK(v.at(n, c, 1, 0) == in.view().at(n, c, 1, 1));
        }
    }
    auto flipped      = tensor_view<float const>(in.view());
    flipped.data      = in.view().row(1, 0, 0);
    flipped.stride[0] = -flipped.stride[0];
    auto reversed     = image_batch<float>(2, 3, 2, 2);
    mirrored{}(flipped, reversed.view(), 0);
    CHECK(reversed.view().at(0, 2, 1, 0) == v.at(1, 2, 1, 0));
}

// Noise that depended on the batch would give another score with another batch size.
TEST_CASE("noise belongs to the picture's number, the key and the version") {
    auto const key  = user();
    auto const grey = image_batch<float>(3, 1, 4, 4, pixels(48, 0.5f));
    auto const all  = seen(noisy(key, 0.1f), grey, 10);
    for (std::size_t n = 0; n < 3; ++n) {
        auto const one = seen(noisy(key, 0.1f), image_batch<float>(1, 1, 4, 4, pixels(16, 0.5f)), 10 + n);
        CHECK(one.elements() ==
              pixels(all.elements().begin() + static_cast<std::ptrdiff_t>(16 * n), all.elements().begin() + static_cast<std::ptrdiff_t>(16 * n + 16)));
    }
    CHECK(seen(noisy(key, 0.1f), grey, 10) == all);
    CHECK(seen(noisy(key, 0.1f), grey, 11) != all);
    CHECK(seen(noisy(key, 0.1f, 1), grey, 10) != all);
    CHECK(all.elements()[0] != all.elements()[16]);
}

TEST_CASE("noise is within its amplitude, on both sides, and cut to 0 to 1") {
    auto const key  = user();
    auto const grey = seen(noisy(key, 0.25f), image_batch<float>(1, 3, 32, 32, pixels(3072, 0.5f)));
    float      low = 1, high = 0, sum = 0;
    for (auto const x : grey.elements()) {
        low  = x < low ? x : low;
        high = x > high ? x : high;
        sum += x - 0.5f;
    }
    CHECK((low >= 0.25f && low < 0.26f));
    CHECK((high <= 0.75f && high > 0.74f));
    CHECK(std::abs(sum / 3072) < 0.02f);  // five standard deviations are 0.013
    auto const black = seen(noisy(key, 1.0f), image_batch<float>(1, 1, 8, 8));
    auto const white = seen(noisy(key, 1.0f), image_batch<float>(1, 1, 8, 8, pixels(64, 1.0f)));
    for (std::size_t i = 0; i < 64; ++i) {
        CHECK(detail::is_unit(black.elements()[i]));
        CHECK(detail::is_unit(white.elements()[i]));
        CHECK((black.elements()[i] == 0.0f) != (white.elements()[i] == 1.0f));  // one of the two was cut
    }
    CHECK(seen(noisy(key, 0.0f), picture()) == picture());
}

TEST_CASE("what a caller can get wrong") {
    auto const key = user();
    CHECK_THROWS_WITH_AS(noisy(key, 1.5f), "hallmark::noisy: amplitude is 1.5; allowed is 0 to 1", error);
    CHECK_THROWS_WITH_AS(noisy(key, std::numeric_limits<float>::quiet_NaN()), "hallmark::noisy: amplitude is nan; allowed is 0 to 1", error);
}
