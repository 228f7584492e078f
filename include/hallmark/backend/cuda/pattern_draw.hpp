// Part of the CUDA backend: what a device is told about the patterns of a plan: sixteen bytes of stripes each, or, of any other pattern, all its levels.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/colour_stripes.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/pattern/keyed_filter.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// The size of the pictures of a plan.
struct picture_extents {
    std::size_t           channels, height, width;
    friend constexpr auto operator==(picture_extents const&, picture_extents const&) -> bool = default;
};

namespace detail::device {

/// Stripes behind pictures of any size.
class stripe_draws {
public:
    using element = std::uint8_t;
    /// As a kernel has them: `row_level` is that of every pixel of a row.
    struct behind {
        static constexpr bool by_row = true;

        element const* colours;  // `stripes` of them for each pattern
        std::uint32_t  stripes;
        level          palette[4][11];  // red, green, blue, grey

        [[nodiscard]] HALLMARK_HD auto row_level(std::uint32_t which, std::size_t channel, std::size_t channels, std::size_t row,
                                                 std::size_t height) const noexcept -> level {
            return palette[channels == 1 ? 3 : channel][colours[std::size_t{which} * stripes + row * stripes / height]];
        }
    };

    explicit stripe_draws(std::uint32_t stripes) : stripes_(stripes) {}

    void               add(hallmark::stripes const& drawn) { elements_.insert(elements_.end(), drawn.colours().begin(), drawn.colours().end()); }
    [[nodiscard]] auto each() const noexcept -> std::size_t { return stripes_; }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return elements_.size() / each(); }
    [[nodiscard]] auto elements() const noexcept -> std::vector<element> const& { return elements_; }
    [[nodiscard]] auto at(element const* uploaded) const -> behind {
        auto       out = behind{uploaded, stripes_, {}};
        auto const all = hallmark::stripes({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        for (std::size_t c = 0; c < 4; ++c) {
            for (std::size_t i = 0; i < 11; ++i) {
                out.palette[c][i] = c < 3 ? all(c, 3, i, 11, 0, 1) : all(0, 1, i, 11, 0, 1);
            }
        }
        return out;
    }

private:
    std::uint32_t        stripes_;
    std::vector<element> elements_;
};

/// Any pattern, painted on the host for pictures of one size: four bytes a pixel and channel, which the pictures of a user share.
class painted_draws {
public:
    using element = level;
    struct behind {
        static constexpr bool by_row = false;

        element const*  levels;
        picture_extents size;

        [[nodiscard]] HALLMARK_HD auto at(std::uint32_t which, std::size_t channel, std::size_t row, std::size_t column) const noexcept -> level {
            return levels[((which * size.channels + channel) * size.height + row) * size.width + column];
        }
    };

    explicit painted_draws(picture_extents const& size) : size_(size) {
        require((size.channels == 1 || size.channels == 3) && size.height >= 1 && size.width >= 1, errc::out_of_domain,
                "hallmark::mark_plan: patterns are painted for pictures of ", size.channels, " x ", size.height, " x ", size.width,
                "; allowed are 1 or 3 channels, and 1 row and column or more");
    }

    template <pattern Drawn>
    void add(Drawn const& drawn) {
        for (std::size_t c = 0; c < size_.channels; ++c) {
            for (std::size_t h = 0; h < size_.height; ++h) {
                for (std::size_t w = 0; w < size_.width; ++w) {
                    elements_.push_back(drawn(c, size_.channels, h, size_.height, w, size_.width));
                }
            }
        }
    }
    [[nodiscard]] auto each() const noexcept -> std::size_t { return size_.channels * size_.height * size_.width; }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return elements_.size() / each(); }
    [[nodiscard]] auto elements() const noexcept -> std::vector<element> const& { return elements_; }
    [[nodiscard]] auto at(element const* uploaded) const -> behind { return {uploaded, size_}; }

private:
    picture_extents      size_;
    std::vector<element> elements_;
};

/// Filters, which no pixel is blended with: the size of each, and room for the weights of the largest.
class filter_draws {
public:
    using element = std::uint32_t;
    struct behind {
        static constexpr bool by_row = false;

        element const* filters;

        [[nodiscard]] HALLMARK_HD auto at(std::uint32_t, std::size_t, std::size_t, std::size_t) const noexcept -> level { return 0; }
    };

    void add(keyed_filter const& drawn) {
        elements_.push_back(drawn.size());
        elements_.insert(elements_.end(), drawn.weights().begin(), drawn.weights().end());
        elements_.resize((elements_.size() + each() - 1) / each() * each());
    }
    [[nodiscard]] static constexpr auto each() noexcept -> std::size_t { return 1 + 15 * 15; }
    [[nodiscard]] auto                  size() const noexcept -> std::size_t { return elements_.size() / each(); }
    [[nodiscard]] auto                  elements() const noexcept -> std::vector<element> const& { return elements_; }
    [[nodiscard]] auto                  at(element const* uploaded) const noexcept -> behind { return {uploaded}; }

private:
    std::vector<element> elements_;
};

inline void require_painted(stripe_draws::behind const&, picture_extents const&, std::string_view) {}
inline void require_painted(filter_draws::behind const&, picture_extents const&, std::string_view) {}
inline void require_painted(painted_draws::behind const& b, picture_extents const& p, std::string_view who) {
    require(b.size == p, errc::shape_mismatch, who, ": the pictures have extents (", p.channels, ", ", p.height, ", ", p.width,
            ") and the plan's patterns were painted for (", b.size.channels, ", ", b.size.height, ", ", b.size.width, ")");
}

}  // namespace detail::device
}  // namespace hallmark::inline v0
