// Pinned numbers were printed by NumPy 1.24.2: r = numpy.random.RandomState(numpy.array([1, 2, 3, 4], dtype=numpy.uint32)).
#include <hallmark/random/numpy_stream.hpp>

#include <doctest/doctest.h>
#include <support/golden.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
std::uint32_t const seed[] = {1, 2, 3, 4};

auto from_hex(std::string const& text) -> std::vector<std::uint8_t> {
    std::vector<std::uint8_t> out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        out.push_back(static_cast<std::uint8_t>(std::stoul(text.substr(i, 2), nullptr, 16)));
    }
    return out;
}
}  // namespace

// The words after 624 and 1248 come from a state that was refilled.
TEST_CASE("the words are NumPy's") {
    numpy_stream s(seed);
    for (std::uint32_t const expected : {2915706234u, 1022996879u, 334638762u, 769204869u}) {
        CHECK(s.bits() == expected);
    }
    for (int i = 4; i < 623; ++i) {
        (void)s.bits();
    }
    CHECK(s.bits() == 3689705447u);
    CHECK(s.bits() == 2380685976u);
    for (int i = 625; i < 1299; ++i) {
        (void)s.bits();
    }
    CHECK(s.bits() == 123947730u);
}

TEST_CASE("a seed longer than the state") {
    std::vector<std::uint32_t> words(700);
    for (std::uint32_t i = 0; i < 700; ++i) {
        words[i] = i;
    }
    CHECK(numpy_stream(words).bits() == 3727595200u);
}

// A range of one value takes no draw: the float after it is the one that follows the floats before.
TEST_CASE("integers and floats are NumPy's, in its order") {
    numpy_stream s(seed);
    for (std::uint32_t const expected : {56u, 45u, 40u, 35u, 50u, 55u, 59u, 32u}) {
        CHECK(s.randint(30, 60) == expected);
    }
    for (std::uint32_t const expected : {1u, 9u, 5u, 6u, 3u}) {
        CHECK(s.randint(0, 11) == expected);
    }
    CHECK(s.random_sample() == 0.9714275583012246);
    CHECK(s.randint(5, 6) == 5);
    CHECK(s.random_sample() == 0.5416413256047499);
}

TEST_CASE("seeded by the MD5 of some bytes, as the published program does") {
    auto s = numpy_stream::from_bytes(from_hex("616263"));  // abc
    CHECK(s.randint(30, 60) == 31);
    CHECK(s.randint(1, 5) == 4);
    CHECK(s.randint(20, 60) == 56);
}

TEST_CASE("the published program's draws") {
    HALLMARK_NEEDS_GOLDEN();
    std::size_t compared = 0;
    for (auto const& row : golden::csv("rng/draws.csv")) {
        if (row.at("period_30_60").empty()) {
            continue;  // the case has only seeds
        }
        auto s = numpy_stream::from_bytes(from_hex(row.at("bytes_hex")));
        CHECK(s.randint(30, 60) == std::stoul(row.at("period_30_60")));
        CHECK(s.randint(1, 5) == std::stoul(row.at("octave_1_5")));
        CHECK(s.randint(20, 60) == std::stoul(row.at("freq_20_60")));
        auto colours = numpy_stream::from_bytes(from_hex(row.at("bytes_hex")));
        for (int i = 0; i < 16; ++i) {
            CHECK(colours.randint(0, 11) == std::stoul(row.at("stripe" + std::to_string(i))));
        }
        ++compared;
    }
    CHECK(compared > 0);
}
