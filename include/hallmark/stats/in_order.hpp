// What is said of each value when they are read in order, put where the value was (internal to the adjusted p-values).
//
// Piles are ordered by the leading bits of their values, each with its number in the pile. To put the answers in their places, the values' piles are read once
// more in the order given: the next answer for a value is the next one of its pile. So nothing is written here and there in memory.
#pragma once

#include <hallmark/core/memory.hpp>
#include <hallmark/stats/radix_sort.hpp>
#include <hallmark/stats/value_piles.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

enum class reading { up, down };

/// Which item of the pile is the i-th least? Equal ones in any order. `order` and `buffer` have room for as many.
inline void order_pile(std::span<std::uint64_t const> pile, std::uint64_t* order, std::uint64_t* buffer) {
    constexpr int numbers = 16;  // bits for the number of an item
    auto const    by_item = [pile](std::uint64_t x, std::uint64_t y) { return pile[x] < pile[y]; };
    if (pile.size() > std::size_t{1} << numbers) {
        auto keys = std::vector<placed_key>(pile.size());
        for (std::size_t i = 0; i < pile.size(); ++i) {
            keys[i] = {pile[i], i};
        }
        radix_sorter<placed_key>::sort(keys);
        for (std::size_t i = 0; i < pile.size(); ++i) {
            order[i] = keys[i].place;
        }
        return;
    }
    if (pile.empty()) {
        return;
    }
    auto low = pile[0], high = pile[0];
    for (auto const item : pile) {
        low  = item < low ? item : low;
        high = item > high ? item : high;
    }
    auto const width = static_cast<int>(std::bit_width(high - low));
    auto const lost  = std::max(0, width + numbers - 64);
    for (std::size_t i = 0; i < pile.size(); ++i) {
        order[i] = ((pile[i] - low) >> lost) << numbers | i;
    }
    radix_sorter<std::uint64_t>::sort({order, pile.size()}, buffer);
    for (std::size_t i = 0; i < pile.size(); ++i) {
        order[i] &= (std::uint64_t{1} << numbers) - 1;
    }
    if (lost > 0 && !std::is_sorted(order, order + pile.size(), by_item)) {
        std::sort(order, order + pile.size(), by_item);
    }
}

/// out[i] = answer(value i, how many others are below it or were called equal before), asked in rising or falling order of the values. No NaN.
/// O(n) for most data, O(n log n) at worst; 10 bytes a value beside the result, up to 26 where most are alike.
template <class Answer>
[[nodiscard]] auto answers_in_order(std::span<double const> values, reading direction, Answer answer) -> std::vector<double> {
    if (values.size() < std::size_t{1} << 16) {  // all of it is in a cache
        auto const sorted = sorted_places(values);
        auto       out    = std::vector<double>(values.size());
        for (std::size_t r = 0; r < sorted.size(); ++r) {
            auto const below         = direction == reading::up ? r : sorted.size() - 1 - r;
            out[sorted[below].place] = answer(from_ordered_key(sorted[below].key), below);
        }
        return out;
    }
    auto const piles = value_piles(values, {}, true);
    auto const all   = piles.piles();
    auto const order = block<std::uint64_t>(piles.largest()), buffer = block<std::uint64_t>(piles.largest());
    auto       next   = std::vector<std::size_t>();
    auto       before = direction == reading::up ? 0 : values.size();
    for (std::size_t j = 0; j < all.size(); ++j) {
        auto const k    = direction == reading::up ? j : all.size() - 1 - j;
        auto const size = all[k].end - all[k].begin;
        auto const pile = std::span(piles.items() + all[k].begin, size);
        order_pile(pile, order.data(), buffer.data());
        for (std::size_t r = 0; r < size; ++r) {
            auto const at    = order[direction == reading::up ? r : size - 1 - r];
            auto const rank  = direction == reading::up ? before++ : --before;
            auto const value = value_item::value(pile[at], piles.flip(k));
            buffer[at]       = std::bit_cast<std::uint64_t>(answer(value, rank));
        }
        std::copy_n(buffer.data(), size, pile.data());
        next.push_back(all[j].begin);
    }
    auto out = large_vector<double>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        out[i] = std::bit_cast<double>(piles.items()[next[piles.places()[i]]++]);
    }
    return out;
}

}  // namespace hallmark::inline v0::detail
