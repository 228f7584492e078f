// The SHA-256 of a run of numbers, for golden values that pin every bit of a picture or a field.
#pragma once

#include <hallmark/random/sha256.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

/// Of the elements one after the other, each in little-endian order whatever this machine's is.
template <class Range>
auto fingerprint(Range const& elements) -> std::string {
    using T = typename Range::value_type;
    std::vector<std::uint8_t> bytes;
    bytes.reserve(elements.size() * sizeof(T));
    for (auto const e : elements) {
        std::uint64_t word = 0;
        if constexpr (sizeof(T) == 4) {
            std::uint32_t half;
            std::memcpy(&half, &e, 4);
            word = half;
        } else {
            static_assert(sizeof(T) == 1);
            word = static_cast<std::uint8_t>(e);
        }
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            bytes.push_back(static_cast<std::uint8_t>(word >> (8 * i)));
        }
    }
    return hallmark::to_hex(hallmark::sha256(bytes));
}
