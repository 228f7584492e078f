#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>

#include <doctest/doctest.h>
#include <mark/fingerprint/batches.hpp>
#include <support/refusal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
using fingerprints::key;
using fingerprints::pictures;

auto with(key_design design) -> mark_parameters {
    mark_parameters p;
    p.design = design;
    return p;
}
template <class Scalar>
auto part(image_batch<Scalar> const& batch, std::size_t n) -> std::vector<Scalar> {
    auto const size  = batch.channels() * batch.height() * batch.width();
    auto const first = batch.elements().begin() + static_cast<std::ptrdiff_t>(n * size);
    return {first, first + static_cast<std::ptrdiff_t>(size)};
}
// One colour, and noise without any: shows what the marker itself does with its parts.
struct flat_noise {
    noise_sample value;
    void         fill(stream&, tensor_view<noise_sample> plane) const {
                detail::transform(plane, [this](noise_sample) { return value; });
    }
};
// A tensor whose scalar only the running program knows.
struct any_batch {
    image_batch<float>        floats;
    image_batch<std::uint8_t> bytes;
    bool                      is_float;
};
}  // namespace

template <>
struct hallmark::tensor_traits<any_batch> {
    static auto view(any_batch& t) -> image_view { return t.is_float ? image_view(t.floats.view()) : image_view(t.bytes.view()); }
    static auto view(any_batch const& t) -> image_view_const { return t.is_float ? image_view_const(t.floats.view()) : image_view_const(t.bytes.view()); }
    static auto clone(any_batch const& t) -> any_batch { return t; }
};

// Every byte of marks published before: if one of these lines changes, those marks cannot be found any more. The same
// table is in fingerprints.txt, which builds with other compilers and flags are compared with.
TEST_CASE("golden fingerprints of marked batches") {
    std::vector<fingerprints::row> const golden = {
        {"u8-32", "ba459e0b91f9329102fece84e66156cf36aa53fa13b946e7f6babc246e087b52"},
        {"u8-17x23", "3f9629764105b0084ed59017ec3fdab25f14c790fb6373244e577aed3f799b8e"},
        {"u8-1x1", "27919476b87e75f92871f9e48b8c522a19b42e1abc81274afdf5f912f2f9e874"},
        {"u8-224", "0a5524309419bd0dd1fc267431a37c80bfd68acd8067f64fe47fbeebe9ddcd8d"},
        {"u8-grey", "a90d61b532880c9e64bb01910eecc14ce43f1542d7e3ac28392dcad2181a4a88"},
        {"u8-independent", "4d6c7994cc10a2663d8404b4c06a7fbefe595e94ffabc0222d5b27eca2bb35ed"},
        {"u8-version-1", "96d249e6ef7786b9214e0a6dc7c42def87e55f01a8569b732387805541da738b"},
        {"u8-named-user", "fc3395553a6e204745fa8177d5178b68f24b57160e3534f80b264f357c9a33d6"},
        {"u8-first-sample", "203e2a5eb60c579aac1e8296a65f78eee8b8fb417c96a6ed487d8eb4813096cf"},
        {"u8-samples", "fbe5c762fa2f8b9ff8ba49032eb506f3c737e498c2b0e49dab671a68c64e73cf"},
        {"u8-parameters", "1257c1c1e8dc1385d3000a42f3a52697475b1d8a8070910afdb75a5ca68d89e3"},
        {"float-32", "a267e0f8781758a5453ff85bd5e4d435051ea70635e43ed6bdcdcd5ddc961a93"},
        {"float-17x23", "8cdb359af53332705723d22ced3dce37aaef91ddad91986c06945a42be076989"},
        {"float-1x1", "df17a1f690546e9945639a7379d08927750281d4e6fb578de87a90c90076d650"},
        {"float-224", "58104caedae4cfceacc5684964210455a03d3d34acfb1a7e022438cff45577ba"},
        {"float-grey", "818e5ac971d04d80c4a067ea2426c9c30f1f848fe002cf5d609621fcdf675103"},
        {"float-independent", "a3e86cd37546bad5b1799b36054b58a92ce29e1af975cfc74e02d4ce4a4dd739"},
        {"float-version-1", "aea821b4d37a79c23bb0ddef3f8ecefbc292a4f30171762d10c3761a6bb3b7ba"},
        {"float-named-user", "2500adc4499bacf9834641f3cc3dd0391abc1455dc035b77e70002dd84e2528c"},
        {"float-first-sample", "687e2149d2c851a6e4098638c2597d7ad184ed391ba7b4ae29af182d7b2c7fed"},
        {"float-samples", "cf21b1adb589d27639adfd5882b8c5b486d7325d3306bf09384fab0942eb8a53"},
        {"float-parameters", "1da60d28f8116b5ea919693225627ca43a7308cc989ee90aa779f6cb6f065676"},
    };
    auto const made = fingerprints::table();
    REQUIRE(made.size() == golden.size());
    for (std::size_t i = 0; i < made.size(); ++i) {
        CHECK(made[i].name == golden[i].name);
        CHECK(made[i].sha256 == golden[i].sha256);
    }
}

// The fingerprints say that nothing changed; this says that what they pin is the mark of the documentation.
TEST_CASE("a marked pixel is the blend of pixel, noise and stripe") {
    for (auto const design : {key_design::shared, key_design::independent}) {
        auto const marked = marker(key(), with(design));
        auto const batch  = pictures<float>(3, 3, 20, 30);
        auto const result = marked(batch, "alice", {4, 10, {}});
        auto const user   = user_key(marked.key(), "alice");
        auto const b      = convex(0.7);
        for (std::size_t n = 0; n < 3; ++n) {
            auto                      noise_draws   = user.open(4, purpose::noise, 10 + n);
            auto                      pattern_draws = user.open(4, purpose::pattern, design == key_design::shared ? 0 : 10 + n);
            std::vector<noise_sample> plane(20 * 30);
            perlin_sign_noise{}.fill(noise_draws, nchw(plane.data(), 1, 1, 20, 30));
            auto const behind = colour_stripes{}.draw(pattern_draws);
            for (std::size_t c = 0; c < 3; ++c) {
                for (std::size_t h = 0; h < 20; ++h) {
                    for (std::size_t w = 0; w < 30; ++w) {
                        auto const delta = plane[h * 30 + w] > 0 ? 8 << 16 : -(8 << 16);
                        REQUIRE(result.view().at(n, c, h, w) == b(batch.view().at(n, c, h, w), delta, behind(c, 3, h, 20, w, 30)));
                    }
                }
            }
        }
    }
}

TEST_CASE("a batch in pieces is the whole batch") {
    for (auto const design : {key_design::shared, key_design::independent}) {
        auto const m     = marker(key(), with(design));
        auto const whole = pictures<std::uint8_t>(37, 3, 9, 11);
        auto const all   = m(whole, 5, {1, 100, {}});
        for (std::size_t const size : {1u, 5u, 16u, 17u, 36u}) {
            auto out = whole;
            for (std::size_t first = 0; first < 37; first += size) {
                auto const count = std::min<std::size_t>(size, 37 - first);
                m.in_place(out.view().slice(first, count), 5, {1, 100 + first, {}});
            }
            CHECK(out == all);
        }
        // The same with the number of every sample, in any order.
        std::vector<std::uint64_t> numbers(37);
        std::iota(numbers.begin(), numbers.end(), std::uint64_t{100});
        CHECK(m(whole, 5, {1, 0, numbers}) == all);
        CHECK(m(whole, 5, {1, 77, numbers}) == all);  // the numbers win over the first one
        for (std::size_t n = 0; n < 37; ++n) {
            auto const one = image_batch<std::uint8_t>(1, 3, 9, 11, part(whole, n));
            REQUIRE(m(one, 5, {1, 0, std::span(numbers).subspan(n, 1)}).elements().front() == all.elements()[n * 297]);
            REQUIRE(part(m(one, 5, {1, 100 + n, {}}), 0) == part(all, n));
        }
    }
}

TEST_CASE("the executor and the number of threads do not matter") {
    auto const m     = marker(key());
    auto const batch = pictures<float>(50, 3, 16, 16);
    auto const alone = m(batch, 1);
    for (unsigned const count : {1u, 2u, 5u}) {
        CHECK(m(batch, 1, {}, threads(count)) == alone);
    }
}

TEST_CASE("out of place, in place, into another batch and through any strides") {
    auto const m      = marker(key());
    auto const batch  = pictures<std::uint8_t>(3, 3, 7, 5);
    auto const before = batch;
    auto const marked = m(batch, 1);
    CHECK(batch == before);
    CHECK(marked != batch);

    auto here = batch;
    m.in_place(here, 1);
    CHECK(here == marked);

    auto there = image_batch<std::uint8_t>(3, 3, 7, 5);
    m.into(there, batch, 1);
    CHECK(there == marked);

    // From one order of dimensions into another, with gaps between the rows.
    std::vector<std::uint8_t> memory(3 * 3 * 7 * 5 * 2, 9);
    auto const                gaps = tensor_view<std::uint8_t>{memory.data(), {3, 3, 7, 5}, {7 * 5 * 3 * 2, 1, 5 * 3 * 2, 3}};
    m.into(gaps, batch, 1);
    std::size_t untouched = 0;
    for (auto const e : memory) {
        untouched += e == 9 ? 1u : 0u;
    }
    CHECK(untouched >= 3 * 3 * 7 * 5);
    std::vector<std::uint8_t> upside_down(3 * 3 * 7 * 5);
    auto const                flipped = tensor_view<std::uint8_t>{upside_down.data() + 6 * 5, {3, 3, 7, 5}, {105, 35, -5, 1}};
    m.into(flipped, batch, 1);
    for (std::size_t n = 0; n < 3; ++n) {
        for (std::size_t c = 0; c < 3; ++c) {
            for (std::size_t h = 0; h < 7; ++h) {
                for (std::size_t w = 0; w < 5; ++w) {
                    REQUIRE(gaps.at(n, c, h, w) == marked.view().at(n, c, h, w));
                    REQUIRE(flipped.at(n, c, h, w) == marked.view().at(n, c, h, w));
                }
            }
        }
    }

    auto any = any_batch{{}, batch, false};
    CHECK(m(any, 1).bytes == marked);
    m.in_place(any, 1);
    CHECK(any.bytes == marked);
    m.into(any, batch, 1);
    CHECK(any.bytes == marked);
}

// A shared pattern is one draw per user, an independent one a draw per sample: the audit's p-value rests on it.
TEST_CASE("who shares a pattern") {
    auto const flat   = [](key_design design) { return basic_marker(key(), colour_stripes{}, flat_noise{0}, convex(0.0), 0.0, design); };
    auto const black  = image_batch<std::uint8_t>(12, 3, 16, 1);
    auto const shared = flat(key_design::shared)(black, 1);
    auto const apart  = flat(key_design::independent)(black, 1);
    for (std::size_t n = 1; n < 12; ++n) {
        CHECK(part(shared, n) == part(shared, 0));
        CHECK(part(apart, n) != part(apart, n - 1));
    }
    CHECK(part(shared, 0) != part(flat(key_design::shared)(black, 2), 0));
    CHECK(part(shared, 0) != part(flat(key_design::shared)(black, 1, {1, 0, {}}), 0));
    CHECK(shared == flat(key_design::shared)(black, 1, {0, 500, {}}));  // whatever the samples' numbers
    CHECK(marker(key()).design() == key_design::shared);
    CHECK(marker(key(), with(key_design::independent)).design() == key_design::independent);
}

TEST_CASE("user, version, sample and key each change the mark") {
    auto const m     = marker(key());
    auto const batch = pictures<std::uint8_t>(1, 3, 32, 32);
    auto const base  = m(batch, 0);
    CHECK(m(batch, 0) == base);
    CHECK(m(batch, 1) != base);
    CHECK(m(batch, "0") != base);
    CHECK(m(batch, 0, {1, 0, {}}) != base);
    CHECK(m(batch, 0, {0, 1, {}}) != base);
    CHECK(marker(secret_key::generate())(batch, 0) != base);
}

// The promise of the budget: the noise changes no pixel by more than epsilon, and by exactly epsilon where it can.
TEST_CASE("the noise's height is epsilon") {
    for (double const epsilon : {0.0, 1.0 / 255.0, 8.0 / 255.0, 0.1, 1.0}) {
        for (auto const sign : {noise_one, -noise_one}) {
            auto const m      = basic_marker(key(), colour_stripes{}, flat_noise{sign}, convex(1.0), epsilon, key_design::shared);
            auto const batch  = pictures<float>(1, 1, 32, 32);
            auto const result = m(batch, 0);
            for (std::size_t i = 0; i < batch.elements().size(); ++i) {
                auto const x        = double{batch.elements()[i]};
                auto const expected = std::clamp(x + (sign > 0 ? epsilon : -epsilon), 0.0, 1.0);
                REQUIRE(std::abs(double{result.elements()[i]} - expected) <= 0x1p-24);  // epsilon itself is kept to 2^-24
                REQUIRE(std::abs(double{result.elements()[i]} - x) <= epsilon + 0x1p-24);
            }
        }
    }
    // Kept to the nearest 2^-16 of a level: 0.12345 · 255 · 65536 = 2063056.896.
    auto const black  = image_batch<float>(1, 1, 1, 1);
    auto const raised = basic_marker(key(), colour_stripes{}, flat_noise{noise_one}, convex(1.0), 0.12345, key_design::shared)(black, 0);
    CHECK(raised.elements()[0] == static_cast<float>(2063057.0 / (255.0 * 65536.0)));
    // For the published epsilon and 8-bit pixels: exactly 8 levels.
    mark_parameters p;
    p.ratio           = 1.0;
    auto const  grey  = image_batch<std::uint8_t>(4, 3, 32, 32, std::vector<std::uint8_t>(4 * 3 * 32 * 32, 100));
    auto const  noisy = marker(key(), p)(grey, 0);
    std::size_t above = 0;
    for (auto const e : noisy.elements()) {
        REQUIRE((e == 92 || e == 108));
        above += e == 108 ? 1u : 0u;
    }
    CHECK(above > 0);
    CHECK(above < noisy.elements().size());
    p.epsilon = 0.0;
    CHECK(marker(key(), p)(grey, 0) == grey);
}

// All channels share the noise; otherwise grey and colour pictures would have different budgets.
TEST_CASE("the channels of a picture share the noise") {
    mark_parameters p;
    p.ratio           = 1.0;
    auto const grey   = image_batch<std::uint8_t>(2, 3, 20, 20, std::vector<std::uint8_t>(2 * 3 * 20 * 20, 100));
    auto const colour = marker(key(), p)(grey, 0);
    auto const single = marker(key(), p)(image_batch<std::uint8_t>(2, 1, 20, 20, std::vector<std::uint8_t>(2 * 20 * 20, 100)), 0);
    for (std::size_t h = 0; h < 20; ++h) {
        for (std::size_t w = 0; w < 20; ++w) {
            for (std::size_t c = 0; c < 3; ++c) {
                REQUIRE(colour.view().at(1, c, h, w) == single.view().at(1, 0, h, w));
            }
        }
    }
}

TEST_CASE("the parameters and the key can be had back") {
    mark_parameters p;
    p.ratio      = 0.55;
    auto const m = marker(key(), p);
    CHECK(m.parameters() == p);
    CHECK(m.key().commitment() == key().commitment());
}

TEST_CASE("pictures that are refused") {
    auto const m   = marker(key());
    auto const run = [&](auto& b) { m.in_place(b, 0); };

    auto bad = pictures<float>(3, 3, 4, 5);
    for (float const value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        bad.view().at(2, 1, 3, 4) = value;
        auto const expected       = detail::sentence("hallmark::marker: the pixel at sample 2, channel 1, row 3, column 4 is ", value, "; allowed is 0 to 1");
        CHECK(refusal(bad, errc::not_a_number, run) == expected);
        CHECK(refusal(bad, errc::not_a_number, [&](auto& b) { (void)m(b, 0); }) == expected);
    }
    bad.view().at(2, 1, 3, 4) = -0.5f;
    CHECK(refusal(bad, errc::out_of_domain, run) == "hallmark::marker: the pixel at sample 2, channel 1, row 3, column 4 is -0.5; allowed is 0 to 1");
    bad.view().at(2, 1, 3, 4) = 255.0f;
    CHECK(refusal(bad, errc::out_of_domain, run) == "hallmark::marker: the pixel at sample 2, channel 1, row 3, column 4 is 255; allowed is 0 to 1");

    auto two = image_batch<std::uint8_t>(1, 2, 4, 4);
    CHECK(refusal(two, errc::shape_mismatch, run) ==
          "hallmark::marker: the batch has 2 channels; allowed is 1 (grey) or 3 (colour). Extents are (sample, channel, row, column)");
    auto none = image_batch<std::uint8_t>(0, 3, 4, 4);
    CHECK(refusal(none, errc::empty_input, run) == "hallmark::marker: the batch has extents (0, 3, 4, 4), so there is no pixel in it");
    auto flat = image_batch<float>(1, 3, 0, 4);
    CHECK(refusal(flat, errc::empty_input, run) == "hallmark::marker: the batch has extents (1, 3, 0, 4), so there is no pixel in it");
}

TEST_CASE("options and destinations that are refused") {
    auto const          m         = marker(key());
    auto                batch     = pictures<std::uint8_t>(3, 3, 4, 5);
    std::uint64_t const numbers[] = {1, 2};
    auto const          expected  = "hallmark::marker: options.samples has 2 numbers for a batch of 3 pictures";
    CHECK(refusal(batch, errc::shape_mismatch, [&](auto& b) { m.in_place(b, 0, {0, 0, numbers}); }) == expected);
    CHECK(refusal(batch, errc::shape_mismatch, [&](auto& b) { (void)m(b, 0, {0, 0, numbers}); }) == expected);

    auto small = image_batch<std::uint8_t>(3, 3, 5, 4);
    CHECK(refusal(small, errc::shape_mismatch, [&](auto& d) { m.into(d, batch, 0); }) ==
          "hallmark::marker: the destination has extents (3, 3, 5, 4), the source (3, 3, 4, 5)");
    auto floats = image_batch<float>(3, 3, 4, 5);
    CHECK(refusal(floats, errc::shape_mismatch, [&](auto& d) { m.into(d, batch, 0); }) ==
          "hallmark::marker: source and destination have different scalars; both must be float or both 8-bit");

    auto repeated      = batch.view();
    repeated.stride[0] = 0;
    CHECK(refusal(batch, errc::shape_mismatch, [&](auto&) { m.in_place(repeated, 0); }) ==
          "hallmark::marker: the destination's elements lie on one another along dimension 0 (stride 0, extent 3); give it memory of its own");
    CHECK_NOTHROW(m.into(image_batch<std::uint8_t>(3, 3, 4, 5), repeated, 0));  // reading the same picture thrice is fine

    CHECK(refusal(batch, errc::shape_mismatch, [&](auto& b) { m.into(b.view().slice(1, 2), b.view().slice(0, 2), 0); }) ==
          "hallmark::marker: source and destination overlap without being the same; mark in place, or give the destination memory of its own");
    CHECK_NOTHROW(m.into(batch.view().slice(1, 1), batch.view().slice(0, 1), 0));
}

TEST_CASE("parameters that are refused") {
    mark_parameters p;
    p.stripes = 0;
    CHECK_THROWS_WITH_AS(marker(key(), p), "hallmark::mark_parameters: stripes is 0; allowed is 1 to 4096", error);
    p       = {};
    p.ratio = 2.0;
    CHECK_THROWS_WITH_AS(marker(key(), p), "hallmark::mark_parameters: ratio is 2; allowed is 0 to 1", error);
    for (double const bad : {-0.5, 1.5}) {
        auto const expected = detail::sentence("hallmark::marker: epsilon is ", bad, "; allowed is 0 to 1");
        CHECK_THROWS_WITH_AS(basic_marker(key(), colour_stripes{}, flat_noise{0}, convex(0.5), bad, key_design::shared), expected.c_str(), error);
    }
    CHECK_THROWS_WITH_AS(basic_marker(key(), colour_stripes{}, flat_noise{0}, convex(0.5), std::numeric_limits<double>::quiet_NaN(), key_design::shared),
                         "hallmark::marker: epsilon is nan; allowed is 0 to 1", error);
}
