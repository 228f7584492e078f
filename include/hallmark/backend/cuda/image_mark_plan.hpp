// Part of the CUDA backend: which mark each picture of a batch gets from an `image_marker`, drawn from keys on the host.
#pragma once

#include <hallmark/backend/cuda/image_steps.hpp>
#include <hallmark/backend/cuda/mark_body.hpp>
#include <hallmark/backend/cuda/mark_plan.hpp>
#include <hallmark/backend/cuda/noise_draw.hpp>
#include <hallmark/backend/cuda/pattern_draw.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/image_marker.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/pattern/colour_stripes.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/pattern/keyed_filter.hpp>
#include <hallmark/random/key_tree.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail::device {
/// What a blend is when its pattern was drawn: itself, unless it has a `draw`.
template <class Blend, class Drawn>
struct when_drawn {
    static constexpr bool draws = false;
    using type                  = Blend;
};
template <class Blend, class Drawn>
    requires image_blend_source<Blend, Drawn>
struct when_drawn<Blend, Drawn> {
    static constexpr bool draws = true;
    using type                  = decltype(std::declval<Blend const&>().draw(std::declval<stream&>()));
};
}  // namespace detail::device

/// The draws of any number of pictures of one size, as those of `mark_plan`, for the noise, pattern and image blend of an `image_marker`. The noise is a
/// `device_noise`; the blend any of blend/ that is one, and masks may be drawn (`isotope`).
///
/// Cost: as `mark_plan`. Patterns that are neither stripes nor filters are painted by the host, four bytes a pixel and channel.
template <device_noise Noise, pattern_source Pattern, class Blend>
class image_mark_plan {
    using drawn_pattern = decltype(std::declval<Pattern const&>().draw(std::declval<stream&>()));
    using when          = detail::device::when_drawn<Blend, drawn_pattern>;

public:
    using draw        = decltype(detail::device::draw_noise(std::declval<Noise const&>(), std::declval<stream&>()));
    using drawn_blend = typename when::type;
    using patterns =
        std::conditional_t<std::is_same_v<Pattern, colour_stripes>, detail::device::stripe_draws,
                           std::conditional_t<std::is_same_v<drawn_pattern, keyed_filter>, detail::device::filter_draws, detail::device::painted_draws>>;
    /// Whether each pattern has a blend of its own.
    static constexpr bool draws_blends = when::draws;

    static_assert(std::is_trivially_copyable_v<drawn_blend>, "hallmark::image_mark_plan: this blend is no plain value, so no kernel can be given it.");

    /// The key stays with the marker: `plan.add(m.key(), …)`.
    image_mark_plan(image_marker<Pattern, Noise, Blend> const& m, picture_extents const& size)
        : design_(m.design()),
          height_(m.noise_height()),
          size_(checked(size)),
          noise_(m.noise()),
          pattern_(m.pattern()),
          blend_(m.blend()),
          patterns_(room_for(pattern_, size_)) {
        if constexpr (!draws_blends) {
            blends_.push_back(blend_);
        }
    }

    /// Appends one picture for each request.
    void add(secret_key const& key, user_id user, std::span<mark_request const> requests) {
        detail::device::draw_pictures(pictures_, noise_, design_, user_key(key, user), requests, [&](stream& draws) {
            patterns_.add(pattern_.draw(draws));
            if constexpr (draws_blends) {
                blends_.push_back(blend_.draw(draws));
            }
            return patterns_.size() - 1;
        });
    }
    /// Appends `count` pictures, numbered and versioned as `image_marker` does with these options; picture i is made of original i.
    void add(secret_key const& key, user_id user, std::size_t count, mark_options const& options = {}) {
        add(key, user, detail::device::requests_of(count, options, "hallmark::image_mark_plan"));
    }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return pictures_.size(); }
    /// Of each picture.
    [[nodiscard]] auto extents() const noexcept -> picture_extents const& { return size_; }
    /// Of the noise, in levels.
    [[nodiscard]] auto noise_height() const noexcept -> level { return height_; }
    [[nodiscard]] auto pictures() const noexcept -> std::vector<detail::device::picture_draw<draw>> const& { return pictures_; }
    [[nodiscard]] auto drawn_patterns() const noexcept -> patterns const& { return patterns_; }
    /// One for each pattern where they are drawn, one in all otherwise.
    [[nodiscard]] auto drawn_blends() const noexcept -> std::vector<drawn_blend> const& { return blends_; }

private:
    static auto checked(picture_extents const& p) -> picture_extents const& {
        constexpr auto most = std::size_t{1} << 40;
        detail::require((p.channels == 1 || p.channels == 3) && p.height >= 1 && p.width >= 1 && p.height <= most / p.width, errc::out_of_domain,
                        "hallmark::image_mark_plan: the pictures are ", p.channels, " x ", p.height, " x ", p.width,
                        "; allowed are 1 or 3 channels, and 1 to 1099511627776 pixels");
        return p;
    }
    static auto room_for(Pattern const& pattern, picture_extents const& size) -> patterns {
        if constexpr (std::is_same_v<Pattern, colour_stripes>) {
            return patterns(pattern.count);
        } else if constexpr (std::is_same_v<drawn_pattern, keyed_filter>) {
            return patterns();
        } else {
            return patterns(size);
        }
    }

    key_design                                      design_;
    level                                           height_;
    picture_extents                                 size_;
    Noise                                           noise_;
    Pattern                                         pattern_;
    Blend                                           blend_;
    patterns                                        patterns_;
    std::vector<drawn_blend>                        blends_;
    std::vector<detail::device::picture_draw<draw>> pictures_;
};

}  // namespace hallmark::inline v0
