// Bits for tests that need some and do not care which: the same for every compiler.
#pragma once

#include <cstdint>

/// The finaliser of SplitMix64 (Steele et al. 2014): neighbouring numbers get unlike words.
inline auto word(std::uint64_t i) -> std::uint64_t {
    i = (i ^ (i >> 30)) * 0xbf58476d1ce4e5b9u;
    i = (i ^ (i >> 27)) * 0x94d049bb133111ebu;
    return i ^ (i >> 31);
}
