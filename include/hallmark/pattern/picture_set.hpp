// A set of pictures to draw a pattern from, known by its digest: where the files lay and in which order they came has no part in it.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/pattern/picture.hpp>
#include <hallmark/random/sha256.hpp>
#include <hallmark/random/uniform.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// Draws one of the pictures, as `picture_patterns` does, whose order is that of their digests. Two sets are equal if their digests are: one that was read from
/// a manifest, without pixels, is equal to the one that was marked with. An audit's p-value cannot be smaller than one in the number of pictures by the pattern
/// alone, so give many.
class picture_set {
public:
    picture_set() = default;  ///< no pictures: nothing can be drawn

    /// One picture or more. Copies share the pixels.
    explicit picture_set(std::vector<picture_pattern> const& pictures) {
        detail::require(!pictures.empty(), errc::empty_input, "hallmark::picture_set: there are no pictures; allowed is 1 or more");
        std::vector<std::pair<digest, std::size_t>> order;
        for (auto const& p : pictures) {
            order.emplace_back(p.sha256(), order.size());
        }
        std::sort(order.begin(), order.end());
        sha256_stream all;
        for (auto const& [hash, number] : order) {
            all.update(hash);
            pictures_.push_back(pictures[number]);
        }
        sha256_ = to_hex(all.finish());
    }

    /// A set that is known by its digest alone, as a manifest does.
    [[nodiscard]] static auto known_as(std::string sha256) -> picture_set {
        picture_set out;
        out.sha256_ = std::move(sha256);
        return out;
    }

    /// Of the pictures' own digests, sorted: 64 lowercase hexadecimal digits.
    [[nodiscard]] auto sha256() const noexcept -> std::string const& { return sha256_; }
    /// How many there are to draw from; 0 where only the digest is known.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return pictures_.size(); }

    [[nodiscard]] auto draw(stream& draws) const -> picture_pattern {
        detail::require(!pictures_.empty(), errc::empty_input,
                        "hallmark::picture_set: the pictures themselves are not there, only their digest; give those that were marked with");
        return pictures_[uniform_below(draws, static_cast<std::uint32_t>(pictures_.size()))];
    }

    friend auto operator==(picture_set const& a, picture_set const& b) noexcept -> bool { return a.sha256_ == b.sha256_; }

private:
    std::string                  sha256_;
    std::vector<picture_pattern> pictures_;
};
static_assert(pattern_source<picture_set>);

}  // namespace hallmark::inline v0
