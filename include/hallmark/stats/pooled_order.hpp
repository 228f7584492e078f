// Two samples in one rising order, equal values together: what AUC, ROC, Mann–Whitney and Kolmogorov–Smirnov are read off (internal).
//
// Which sample a value is from is the lowest bit of what is sorted, so that there is one list and no merge of two, whose every step would wait for the
// step before. Piles are sorted, and read while they are still in the cache. (Tried and lost: asking memory for the next pile while one is sorted; piles in
// blocks here and there, which need no count of their values first.)
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/memory.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/stats/radix_sort.hpp>
#include <hallmark/stats/value_piles.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hallmark::inline v0::detail {

/// Equal values, and how many of each sample have been read by then, these included.
struct value_group {
    double      value;
    std::size_t first, second;
};

/// Finds the groups in piles of items in rising order, read up or down.
template <bool Up>
class group_reader {
public:
    /// Of so many items in all.
    explicit group_reader(std::size_t items) : groups_(std::min(groups, items + word)) {}

    /// `visit(std::span<value_group const>)` for the groups of a pile, a few at a time.
    template <class Visit>
    void read(std::span<std::uint64_t const> pile, std::uint64_t flip, Visit& visit) {
        for (std::size_t done = 0; done < pile.size();) {
            auto out = groups_.data();
            auto all = true;  // what is left can be read one by one
            simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
                if constexpr (set.bytes > 16) {  // with fewer lanes, and counts of bits made by hand, there is nothing to gain
                    for (; done + word < pile.size() && out <= groups_.data() + (groups - word); done += word) {
                        out = put_word<decltype(set)>(pile.data() + (Up ? done : pile.size() - word - done), flip, out);
                    }
                    all = done + word >= pile.size();
                }
            });
            for (; all && done < pile.size() && out < groups_.data() + groups; ++done) {
                auto const at   = Up ? done : pile.size() - 1 - done;
                auto const last = done + 1 == pile.size() || value_item::differ(pile[at], pile[Up ? at + 1 : at - 1]);
                put(pile[at], flip, seen_, out);
                out += last ? 1 : 0;
            }
            visit(std::span<value_group const>(groups_.data(), out));  // here, not among the lanes: its sums of products must not be fused
        }
    }

private:
    static constexpr std::size_t groups = 1024, word = 64;
    struct counts {
        std::size_t all = 0, second = 0;
    };

    /// Written whether or not the group ends here: no branch depends on the values.
    HALLMARK_INLINE static void put(std::uint64_t item, std::uint64_t flip, counts& seen, value_group* out) noexcept {
        ++seen.all;
        seen.second += item & 1u;
        *out = {value_item::value(item, flip), seen.all - seen.second, seen.second};
    }

    /// The groups that end within 64 items, of which there are others behind: a bit for each says whether it is a group's last, and another its sample.
    template <class Set>
    HALLMARK_INLINE auto put_word(std::uint64_t const* items, std::uint64_t flip, value_group* out) noexcept -> value_group* {
        using integers       = typename Set::u64;
        constexpr auto lanes = Set::template count<std::uint64_t>;
        integers       one, item, next;
        Set::splat(one, std::uint64_t{1});
        std::uint64_t ends = 0, second = 0;
        for (std::size_t l = 0; l < word; l += lanes) {
            simd::load(item, items + l);
            simd::load(next, Up ? items + l + 1 : items + l - 1);
            ends |= std::uint64_t{Set::negative((typename Set::i64)((item ^ next) > one))} << l;
            second |= std::uint64_t{Set::negative((typename Set::i64)(item << 63))} << l;
        }
        auto seen = seen_;
        if (ends == ~std::uint64_t{0}) {
            for (std::size_t i = 0; i < word; ++i) {
                put(items[Up ? i : word - 1 - i], flip, seen, out++);
            }
        } else {
            for (auto left = ends; left != 0;) {
                auto const read      = static_cast<std::size_t>(Up ? std::countr_zero(left) : std::countl_zero(left));  // before the group's last
                auto const last      = Up ? read : word - 1 - read;
                auto const by_then   = Up ? second << (word - 1 - last) : second >> last;
                auto const of_second = seen.second + static_cast<std::size_t>(std::popcount(by_then));
                *out++               = {value_item::value(items[last], flip), seen.all + read + 1 - of_second, of_second};
                left ^= std::uint64_t{1} << last;
            }
            seen = {seen.all + word, seen.second + static_cast<std::size_t>(std::popcount(second))};
        }
        seen_ = seen;
        return out;
    }

    block<value_group> groups_;
    counts             seen_;
};

class pooled_order {
public:
    /// Finite values. O(n) for most data, O(n log n) at worst. Memory for ten bytes a value, and for the largest pile again.
    pooled_order(std::span<double const> first, std::span<double const> second)
        : size_(first.size() + second.size()), piles_(first, second), buffer_(piles_.largest()) {}

    /// `visit(std::span<value_group const>)` from the least value up. Once: it sorts on its way.
    template <class Visit>
    void sort_and_visit_up(Visit visit) {
        auto       reader = group_reader<true>(size_);
        auto const many   = piles_.piles().size() > 2;
        auto const apart  = block<std::uint64_t>(many ? piles_.largest() : 0);
        for (std::size_t k = 0; k < piles_.piles().size(); ++k) {
            // Of many piles none is sorted where it was: from there it would go back to memory.
            reader.read(sorted(k, many ? apart.data() : of(k).data()), piles_.flip(k), visit);
        }
    }

    /// Sorts, and says how many different values there are.
    [[nodiscard]] auto sort() -> std::size_t {
        std::size_t distinct = 0;
        for (std::size_t k = 0; k < piles_.piles().size(); ++k) {
            auto const pile = sorted(k, of(k).data());
            distinct += pile.empty() ? 0u : 1u;
            for (std::size_t i = 1; i < pile.size(); ++i) {
                distinct += value_item::differ(pile[i - 1], pile[i]) ? 1u : 0u;
            }
        }
        return distinct;
    }

    /// As sort_and_visit_up, from the largest value down, once it is sorted.
    template <class Visit>
    void visit_down(Visit visit) const {
        auto reader = group_reader<false>(size_);
        for (auto k = piles_.piles().size(); k-- > 0;) {
            reader.read(of(k), piles_.flip(k), visit);
        }
    }

private:
    [[nodiscard]] auto of(std::size_t k) const noexcept -> std::span<std::uint64_t> {
        auto const& p = piles_.piles()[k];
        return {piles_.items() + p.begin, piles_.items() + p.end};
    }
    [[nodiscard]] auto sorted(std::size_t k, std::uint64_t* out) -> std::span<std::uint64_t const> {
        auto const  pile = of(k);
        auto const& p    = piles_.piles()[k];
        radix_sorter<std::uint64_t>::sort(pile, buffer_.data(), p.low, p.high, out);
        return {out, pile.size()};
    }

    std::size_t          size_;
    value_piles          piles_;
    block<std::uint64_t> buffer_;
};

}  // namespace hallmark::inline v0::detail
