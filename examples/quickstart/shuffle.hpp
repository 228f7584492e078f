// Orders that only the seed decides. std::shuffle and the <random> distributions differ between standard libraries.
#pragma once

#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace quickstart {

/// What draws are for: draws for different things have nothing in common.
enum class stage : std::uint32_t { dealing = 1, order = 2, flips = 3, null_sets = 4, making_pictures = 5, crop_rows = 6, crop_columns = 7 };

/// The draws number `index` for `what`. The secret key has nothing to do with them: it must not depend on the data, nor they on it.
[[nodiscard]] inline auto draws_for(std::uint64_t seed, stage what, std::size_t index) -> hallmark::stream {
    auto const low  = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
    auto const high = [](std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); };
    return hallmark::stream(hallmark::chacha_key{{low(seed), high(seed), low(index), high(index), static_cast<std::uint32_t>(what), 0, 0, 0}});
}

/// 0, 1, …, n − 1 in random order (Fisher & Yates).
[[nodiscard]] inline auto shuffled(std::size_t n, hallmark::stream draws) -> std::vector<std::size_t> {
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (auto i = n; i > 1; --i) {
        std::swap(order[i - 1], order[hallmark::uniform_below(draws, static_cast<std::uint32_t>(i))]);
    }
    return order;
}

}  // namespace quickstart
