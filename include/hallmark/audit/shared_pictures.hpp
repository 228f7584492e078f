// Part of the population audit: which pictures sets consist of, and how many of the sets have none in common.
#pragma once

#include <hallmark/core/offsets.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

namespace hallmark::inline v0 {

/// Ragged groups: group g holds pictures[offsets[g]] to pictures[offsets[g + 1] − 1]. A picture is any number that stands
/// for it, such as the first bytes of its hash.
struct picture_groups {
    std::span<std::uint64_t const> pictures = {};
    std::span<std::size_t const>   offsets  = {};  ///< one more than there are groups, rising from 0; or none at all

    [[nodiscard]] auto empty() const noexcept -> bool { return offsets.empty(); }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return offsets.empty() ? 0 : offsets.size() - 1; }
};

namespace detail {
struct shared_counts {
    std::vector<std::size_t> disjoint;          ///< of the groups, taken in order, those without a picture of one taken before
    std::size_t              with_the_set = 0;  ///< groups that hold a picture of the set
};

/// Of the groups `used` alone. The greedy family need not be the largest.
[[nodiscard]] inline auto count_shared(picture_groups const& groups, std::span<std::size_t const> used, std::span<std::uint64_t const> set) -> shared_counts {
    require_offsets(groups.offsets, groups.pictures.size(), "hallmark::picture_groups", "null set", "pictures");
    auto const                        own = std::unordered_set<std::uint64_t>(set.begin(), set.end());
    std::unordered_set<std::uint64_t> taken;
    shared_counts                     out;
    for (auto const g : used) {
        auto const mine     = groups.pictures.subspan(groups.offsets[g], groups.offsets[g + 1] - groups.offsets[g]);
        bool       fresh    = true;
        bool       with_set = false;
        for (auto const p : mine) {
            fresh    = fresh && !taken.contains(p);
            with_set = with_set || own.contains(p);
        }
        out.with_the_set += with_set ? 1u : 0u;
        if (fresh) {
            out.disjoint.push_back(g);
            taken.insert(mine.begin(), mine.end());
        }
    }
    return out;
}
}  // namespace detail

}  // namespace hallmark::inline v0
