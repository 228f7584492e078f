#include <hallmark/audit/score_versions.hpp>

#include <doctest/doctest.h>
#include <audit/suspects.hpp>
#include <mark/fingerprint/batches.hpp>
#include <support/close.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace hallmark;
using labels = std::vector<std::size_t>;

namespace {
using fingerprints::pictures;

using suspects::floats;
using suspects::innocent_model;
using suspects::options;

auto shared_marker() -> marker { return suspects::marker_with(key_design::shared); }
}  // namespace

TEST_CASE("version by version, whatever the batch size") {
    auto const                                       originals = pictures<std::uint8_t>(3, 3, 8, 8);
    auto const                                       y         = labels{0, 1, 2};
    auto const                                       m         = shared_marker();
    std::vector<std::pair<std::size_t, std::size_t>> calls;
    auto const                                       all = score_versions(innocent_model{}, m, originals, y, 3, options(4), neg_cross_entropy{},
                                                                          [&](std::size_t done, std::size_t total) { calls.emplace_back(done, total); });
    CHECK(all.samples == 3);
    CHECK(all.versions() == 5);
    for (std::uint32_t v = 0; v < 5; ++v) {
        auto const expected = evaluate(neg_cross_entropy{}, innocent_model{}(floats(m(originals, 3, {v, 0, {}})).view()), y);
        CHECK(std::equal(expected.begin(), expected.end(), all.version(v).begin()));
    }
    CHECK(calls == std::vector<std::pair<std::size_t, std::size_t>>{{1, 5}, {2, 5}, {3, 5}, {4, 5}, {5, 5}});
    for (std::size_t const size : {1u, 2u, 7u, 15u}) {
        CHECK(score_versions(innocent_model{}, m, originals, y, 3, options(4, size)).values == all.values);
    }
    CHECK(originals == pictures<std::uint8_t>(3, 3, 8, 8));
}

// Always asked about first, the published version would be told by any model whose first answer differs.
TEST_CASE("the published version is asked about at a place that the key decides") {
    auto const               m = shared_marker();
    std::vector<std::size_t> places(10, 0);
    for (int user = 0; user < 300; ++user) {
        auto const order = asking_order(m.key(), user, 9);
        REQUIRE(order.size() == 10);
        places[static_cast<std::size_t>(std::find(order.begin(), order.end(), 0u) - order.begin())] += 1;
        auto sorted = order;
        std::sort(sorted.begin(), sorted.end());
        for (std::uint32_t v = 0; v < 10; ++v) {
            REQUIRE(sorted[v] == v);
        }
    }
    for (auto const n : places) {
        CHECK(n >= 12);  // 30 expected, deviation 5.2
        CHECK(n <= 50);
    }
}

// With keys of their own each picture has a place of its own: asked about version after version, a model that changes would move all pictures together.
TEST_CASE("independent keys: the published version of each picture has a place of its own") {
    std::vector<std::uint64_t> numbers(400);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        numbers[i] = 7 * i;
    }
    auto const m     = suspects::marker_with(key_design::independent);
    auto const apart = asking_rounds(m.key(), 5, key_design::independent, 3, numbers), together = asking_rounds(m.key(), 5, key_design::shared, 3, numbers);
    std::vector<std::size_t> places(4, 0);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        std::vector<std::uint32_t> order, set;
        for (std::uint32_t round = 0; round < apart.rounds(); ++round) {
            order.push_back(apart.version(i, round));
            set.push_back(together.version(i, round));
        }
        REQUIRE(order == asking_order(m.key(), 5, 3, numbers[i]));
        REQUIRE(set == asking_order(m.key(), 5, 3));
        places[static_cast<std::size_t>(std::find(order.begin(), order.end(), 0u) - order.begin())] += 1;
    }
    for (auto const n : places) {
        CHECK(n >= 70);  // 100 expected, deviation 8.7
        CHECK(n <= 130);
    }
    // The scores are those of the versions, and so are the blind ones.
    auto const          originals = pictures<std::uint8_t>(3, 3, 8, 8);
    auto const          y         = labels{0, 1, 2};
    std::uint64_t const own[]     = {9, 4, 2};
    auto                o         = options(4);
    o.samples                     = own;
    auto const all                = score_versions(innocent_model{}, m, originals, y, 3, o);
    for (std::uint32_t v = 0; v < 5; ++v) {
        auto const marked   = m(originals, 3, {v, 0, own});
        auto const expected = evaluate(neg_cross_entropy{}, innocent_model{}(floats(marked).view()), y);
        CHECK(std::equal(expected.begin(), expected.end(), all.version(v).begin()));
        double sum = 0;
        for (auto const x : marked.elements()) {
            sum += x;
        }
        CHECK(close(all.blind[v], sum / static_cast<double>(marked.elements().size()), 1e-12));
    }
    o.samples = std::span(own).first(2);
    CHECK_THROWS_WITH_AS(score_versions(innocent_model{}, m, originals, y, 3, o), "hallmark::score_versions: options.samples has 2 numbers for 3 pictures",
                         error);
    o.samples = {};
    CHECK_THROWS_WITH_AS(score_versions(innocent_model{}, m, originals, labels{0, 1}, 3, o),
                         "hallmark::score_versions: the rounds are of 3 pictures and there are 2 labels", error);
}

// Whatever the order of asking; here version v is made of pixels 10 v.
TEST_CASE("scores of other versions than a marker's come back by version") {
    auto const made = [](std::uint32_t v) { return image_batch<std::uint8_t>(2, 3, 4, 4, std::vector<std::uint8_t>(96, static_cast<std::uint8_t>(10 * v))); };
    std::uint32_t const order[] = {1, 0, 2};
    auto const          y       = labels{0, 2};
    auto const          all     = score_versions(innocent_model{}, order, made, y, 3, neg_cross_entropy{});
    CHECK(all.versions() == 3);
    for (std::uint32_t v = 0; v < 3; ++v) {
        auto const expected = evaluate(neg_cross_entropy{}, innocent_model{}(floats(made(v)).view()), y);
        CHECK(std::equal(expected.begin(), expected.end(), all.version(v).begin()));
        CHECK(all.blind[v] == 10.0 * v);
    }
}

// The mean level of a version, which the blind check ranks, is of the pixels that the model was shown.
TEST_CASE("blind scores") {
    auto const originals = pictures<std::uint8_t>(3, 3, 8, 8);
    auto const y         = labels{0, 1, 2};
    auto const m         = shared_marker();
    auto const all       = score_versions(innocent_model{}, m, originals, y, 3, options(2));
    REQUIRE(all.blind.size() == 3);
    for (std::uint32_t v = 0; v < 3; ++v) {
        auto const marked = m(originals, 3, {v, 0, {}});
        double     sum    = 0;
        for (auto const x : marked.elements()) {
            sum += x;
        }
        CHECK(close(all.blind[v], sum / static_cast<double>(marked.elements().size()), 1e-12));
    }
}

TEST_CASE("options that are refused") {
    auto const originals = pictures<std::uint8_t>(2, 3, 4, 4);
    auto const run       = [&](counterfactual_options const& o) { return score_versions(innocent_model{}, shared_marker(), originals, labels{0, 0}, 1, o); };
    CHECK_THROWS_WITH_AS(run(options(0)), "hallmark::score_versions: options.withheld is 0; allowed is 1 or more withheld keys", error);
    CHECK_THROWS_WITH_AS(run(options(0xffffffffu)), "hallmark::score_versions: options.withheld is 4294967295; allowed is up to 4294967294", error);
}

TEST_CASE("a bad pixel is named by its picture, with keys of either kind; as many versions as there are numbers") {
    for (auto const design : {key_design::shared, key_design::independent}) {
        image_batch<float> originals(4, 3, 8, 8);
        originals.view().at(3, 1, 2, 5) = 2.0f;
        auto const m                    = suspects::marker_with(design);
        try {
            (void)score_versions(innocent_model{}, m, originals, labels{0, 1, 2, 0}, 3, options(2), neg_cross_entropy{});
            FAIL("not refused");
        } catch (error const& e) {
            CHECK(std::string(e.what()).find("the pixel at sample 3, channel 1, row 2, column 5 is 2; allowed is 0 to 1") != std::string::npos);
        }
    }
    std::uint64_t const numbers[] = {1, 2};
    CHECK_THROWS_WITH_AS(asking_rounds(shared_marker().key(), 5, key_design::shared, 0xffffffffu, numbers),
                         "hallmark::asking_rounds: withheld is 4294967295; allowed is up to 4294967294", error);
}
