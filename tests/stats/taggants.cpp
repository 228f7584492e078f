#include <hallmark/stats/taggants.hpp>

#include <doctest/doctest.h>
#include <stats/enumerate.hpp>
#include <support/close.hpp>

#include <vector>

using namespace hallmark;

TEST_CASE("pinned certificates") {
    auto const r = taggants_certificate(2, 2, 1, 10);
    CHECK(r.hits == 2);
    CHECK(r.keys == 2);
    CHECK(r.chance == 0.1);
    CHECK(close(r.p_value, 0.01, 1e-14));
    CHECK(close(r.log_p_value, std::log(0.01), 1e-14));
    CHECK(taggants_certificate(0, 2, 1, 10).p_value == 1.0);
    CHECK(taggants_certificate(3, 3, 10, 10).p_value == 1.0);
    CHECK(close(taggants_certificate(1, 3, 2, 4).p_value, 0.875, 1e-14));
    // 200 of 200 keys in the top one of 1000 classes: 10^-600.
    CHECK(close(taggants_certificate(200, 200, 1, 1000).log_p_value, -200.0 * std::log(1000.0), 1e-14));
}

// Every way to draw the labels of four keys among five classes is equally likely; the model always answers classes 0 and 3.
TEST_CASE("the false-alarm rate is at most alpha over all labels") {
    auto p = std::vector<double>{};
    for (unsigned labels = 0; labels < 625; ++labels) {
        std::size_t hits = 0;
        for (auto rest = labels, key = 0u; key < 4; ++key, rest /= 5) {
            hits += rest % 5 == 0 || rest % 5 == 3 ? 1u : 0u;
        }
        p.push_back(taggants_certificate(hits, 4, 2, 5).p_value);
    }
    check_super_uniform(p);
}

TEST_CASE("what a caller can get wrong") {
    CHECK_THROWS_WITH_AS(taggants_certificate(0, 1ul << 60, 1, 10),
                         "hallmark::taggants_certificate: keys is 1152921504606846976; allowed is 1 to 9007199254740992 = 2^53", error);
    CHECK_THROWS_WITH_AS(taggants_certificate(0, 0, 1, 10), "hallmark::taggants_certificate: keys is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(taggants_certificate(3, 2, 1, 10), "hallmark::taggants_certificate: hits is 3; allowed is 0 to keys = 2", error);
    CHECK_THROWS_WITH_AS(taggants_certificate(1, 2, 0, 10), "hallmark::taggants_certificate: top_k is 0; allowed is 1 to classes = 10", error);
    CHECK_THROWS_WITH_AS(taggants_certificate(1, 2, 11, 10), "hallmark::taggants_certificate: top_k is 11; allowed is 1 to classes = 10", error);
}
