// Two samples in one rising order, equal values together: what AUC, ROC, Mann–Whitney and Kolmogorov–Smirnov are read off (internal).
//
// Which sample a value is from is the lowest bit of what is sorted, so that there is one list and no merge of two, whose every step would wait for the
// step before. Piles are sorted, and read while they are still in the cache.
#pragma once

#include <hallmark/core/memory.hpp>
#include <hallmark/stats/radix_sort.hpp>
#include <hallmark/stats/value_piles.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hallmark::inline v0::detail {

/// Equal values, and how many of each sample have been read by then, these included.
struct value_group {
    double      value;
    std::size_t first, second;
};

class pooled_order {
public:
    /// Finite values. O(n) for most data, O(n log n) at worst. Memory for ten bytes a value, and for the largest pile again.
    pooled_order(std::span<double const> first, std::span<double const> second)
        : size_(first.size() + second.size()), piles_(first, second), buffer_(piles_.largest()) {}

    /// `visit(std::span<value_group const>)` from the least value up. Once: it sorts on its way.
    template <class Visit>
    void sort_and_visit_up(Visit visit) {
        auto   groups = block<value_group>(std::min(chunk, size_));
        counts read{};
        for (std::size_t k = 0; k < piles_.piles().size(); ++k) {
            auto const pile = sorted(k);
            for (std::size_t from = 0; from < pile.size(); from += chunk) {
                auto const to   = std::min(from + chunk, pile.size());
                auto       out  = groups.data();
                auto       seen = read;
                for (auto i = from; i < to; ++i) {
                    out = put(out, pile[i], piles_.flip(k), seen);
                    out += i + 1 == pile.size() || differ(pile[i], pile[i + 1]) ? 1 : 0;
                }
                read = seen;
                visit(std::span<value_group const>(groups.data(), out));
            }
        }
    }

    /// Sorts, and says how many different values there are.
    [[nodiscard]] auto sort() -> std::size_t {
        std::size_t distinct = 0;
        for (std::size_t k = 0; k < piles_.piles().size(); ++k) {
            auto const pile = sorted(k);
            distinct += pile.empty() ? 0u : 1u;
            for (std::size_t i = 1; i < pile.size(); ++i) {
                distinct += differ(pile[i - 1], pile[i]) ? 1u : 0u;
            }
        }
        return distinct;
    }

    /// As sort_and_visit_up, from the largest value down, once it is sorted.
    template <class Visit>
    void visit_down(Visit visit) const {
        auto   groups = block<value_group>(std::min(chunk, size_));
        counts read{};
        for (auto k = piles_.piles().size(); k-- > 0;) {
            auto const pile = of(k);
            for (auto from = pile.size(); from > 0;) {
                auto const to   = from - std::min(chunk, from);
                auto       out  = groups.data();
                auto       seen = read;
                for (auto i = from; i-- > to;) {
                    out = put(out, pile[i], piles_.flip(k), seen);
                    out += i == 0 || differ(pile[i], pile[i - 1]) ? 1 : 0;
                }
                read = seen;
                from = to;
                visit(std::span<value_group const>(groups.data(), out));
            }
        }
    }

private:
    static constexpr std::size_t chunk = 1024;
    struct counts {
        std::size_t all, second;
    };

    static auto differ(std::uint64_t x, std::uint64_t y) noexcept -> bool { return (x ^ y) > 1; }

    /// Written whether or not the group ends here: no branch depends on the values.
    static auto put(value_group* out, std::uint64_t item, std::uint64_t flip, counts& seen) noexcept -> value_group* {
        ++seen.all;
        seen.second += item & 1u;
        *out = {value_item::value(item, flip), seen.all - seen.second, seen.second};
        return out;
    }

    [[nodiscard]] auto of(std::size_t k) const noexcept -> std::span<std::uint64_t> {
        auto const [begin, end] = piles_.piles()[k];
        return {piles_.items() + begin, piles_.items() + end};
    }
    [[nodiscard]] auto sorted(std::size_t k) -> std::span<std::uint64_t> {
        auto const pile = of(k);
        radix_sorter<std::uint64_t>::sort(pile, buffer_.data());
        return pile;
    }

    std::size_t          size_;
    value_piles          piles_;
    block<std::uint64_t> buffer_;
};

}  // namespace hallmark::inline v0::detail
