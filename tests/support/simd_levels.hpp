// The instruction sets this machine has, for tests that force each in turn.
#pragma once

#include <hallmark/core/simd.hpp>

#include <vector>

/// From narrow to wide, the scalar one first.
inline auto all_levels() -> std::vector<hallmark::detail::simd::level> {
    using hallmark::detail::simd::level;
    std::vector<level> out;
    for (auto const l : {level::scalar, level::baseline, level::avx2, level::avx512}) {
        if (l <= hallmark::detail::simd::best()) {
            out.push_back(l);
        }
    }
    return out;
}

/// Without the scalar one.
inline auto vector_levels() -> std::vector<hallmark::detail::simd::level> {
    auto const all = all_levels();
    return {all.begin() + 1, all.end()};
}
