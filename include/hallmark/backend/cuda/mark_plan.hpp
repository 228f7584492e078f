// Part of the CUDA backend: which mark each picture of a batch gets, drawn from keys on the host, so that no key reaches a device.
#pragma once

#include <hallmark/backend/cuda/mark_body.hpp>
#include <hallmark/backend/cuda/noise_draw.hpp>
#include <hallmark/backend/cuda/pattern_draw.hpp>
#include <hallmark/blend/concept.hpp>
#include <hallmark/blend/convex.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/mark/parameters.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/pattern/colour_stripes.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/random/key_tree.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// One picture of a device batch: originals[source] gets the mark that `sample` has in `version`.
struct mark_request {
    std::size_t   source;
    std::uint64_t sample;
    std::uint32_t version = 0;
};

/// A noise that a device can compute: `perlin_sign_noise`, `sine_sign_noise<Field>`, `gabor_sign_noise`, `uniform_sign_noise`, which are ±1, and
/// `sine_noise<Field>` and `field_noise<Field>`, whose samples lie between.
template <class N>
concept device_noise = noise_source<N> && requires(N const n, stream& draws) {
    detail::device::draw_noise(n, draws);
};

namespace detail::device {
/// One request for each of `count` pictures, numbered and versioned as `marker` does with these options; picture i is made of original i.
[[nodiscard]] inline auto requests_of(std::size_t count, mark_options const& options, std::string_view who) -> std::vector<mark_request> {
    require(options.samples.empty() || options.samples.size() == count, errc::shape_mismatch, who, ": options.samples has ", options.samples.size(),
            " numbers for ", count, " pictures");
    std::vector<mark_request> requests;
    for (std::size_t i = 0; i < count; ++i) {
        requests.push_back({i, options.samples.empty() ? options.first_sample + i : options.samples[i], options.version});
    }
    return requests;
}

/// Appends one picture for each request. `draw_pattern(draws)` keeps the next pattern and returns its number; in the shared design it is asked once for each
/// version.
template <class Noise, class Draw, class DrawPattern>
void draw_pictures(std::vector<picture_draw<Draw>>& pictures, Noise const& noise, key_design design, user_key const& keys,
                   std::span<mark_request const> requests, DrawPattern const& draw_pattern) {
    std::map<std::uint32_t, std::uint32_t> pattern_of;  // in the shared design, by version
    for (auto const& r : requests) {
        auto       draws = keys.open(r.version, purpose::noise, r.sample);
        auto const drawn = draw_noise(noise, draws);
        auto const next  = [&](std::uint64_t sample) {
            auto source = keys.open(r.version, purpose::pattern, sample);
            return static_cast<std::uint32_t>(draw_pattern(source));
        };
        std::uint32_t at = 0;
        if (design == key_design::independent) {
            at = next(r.sample);
        } else if (auto const known = pattern_of.find(r.version); known != pattern_of.end()) {
            at = known->second;
        } else {
            at = next(0);
            pattern_of.emplace(r.version, at);
        }
        pictures.push_back({drawn, at, r.source});
    }
}
}  // namespace detail::device

/// The draws of any number of pictures, of any number of keys and users. `add` is all that sees a key. What a picture gets is what
/// `marker` gives it: the same stripes, the same noise, the same blend.
///
/// Cost: two blocks of ChaCha20 a picture, and 32 bytes; patterns are kept once for each (key, user, version) in the shared design.
///
/// A plan with other patterns than stripes is for pictures of one size: the host paints each pattern, and the device reads it, four bytes a pixel and channel.
template <device_noise Noise = sine_sign_noise<perlin>, pattern_source Pattern = colour_stripes, blend Blend = convex>
class mark_plan {
public:
    using draw     = decltype(detail::device::draw_noise(std::declval<Noise const&>(), std::declval<stream&>()));
    using patterns = std::conditional_t<std::is_same_v<Pattern, colour_stripes>, detail::device::stripe_draws, detail::device::painted_draws>;

    static_assert(std::is_trivially_copyable_v<Blend>, "hallmark::mark_plan: this blend is no plain value, so no kernel can be given it.");

    /// With the period, octaves and half cycles of the parameters, where the noise has them.
    explicit mark_plan(mark_parameters const& p = {}) requires requires {
        Noise{p.period, p.octaves, p.half_cycles};
    } : mark_plan(checked(p), Noise{p.period, p.octaves, p.half_cycles}) {
    }
    mark_plan(mark_parameters const& p, Noise noise) requires std::is_same_v<Pattern, colour_stripes>
        : mark_plan(p, std::move(noise), colour_stripes{p.stripes}, picture_extents{}) {}
    /// With any pattern; the parameters' stripes are not used.
    mark_plan(mark_parameters const& p, Noise noise, Pattern pattern, picture_extents const& size) requires std::is_same_v<Blend, convex>
        : mark_plan(checked(p).design, static_cast<level>(p.epsilon* level_white + 0.5), convex(p.ratio), std::move(noise), std::move(pattern), size) {}
    /// With a marker's own parts, which is how a plan gets another blend. `size` is that of the pictures, which all patterns but stripes are painted for. The
    /// key stays with the marker: `plan.add(m.key(), …)`.
    explicit mark_plan(basic_marker<Pattern, Noise, Blend> const& m) requires std::is_same_v<Pattern, colour_stripes> : mark_plan(m, picture_extents{}) {}
    mark_plan(basic_marker<Pattern, Noise, Blend> const& m, picture_extents const& size)
        : mark_plan(m.design(), m.noise_height(), m.blend(), m.noise(), m.pattern(), size) {}

    /// Appends one picture for each request.
    void add(secret_key const& key, user_id user, std::span<mark_request const> requests) {
        detail::device::draw_pictures(pictures_, noise_, design_, user_key(key, user), requests, [&](stream& draws) {
            patterns_.add(pattern_.draw(draws));
            return patterns_.size() - 1;
        });
    }
    /// Appends `count` pictures, numbered and versioned as `marker` does with these options; picture i is made of original i.
    void add(secret_key const& key, user_id user, std::size_t count, mark_options const& options = {}) {
        add(key, user, detail::device::requests_of(count, options, "hallmark::mark_plan"));
    }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return pictures_.size(); }
    [[nodiscard]] auto blend() const noexcept -> Blend const& { return blend_; }
    /// Of the noise, in levels.
    [[nodiscard]] auto noise_height() const noexcept -> level { return height_; }
    [[nodiscard]] auto pictures() const noexcept -> std::vector<detail::device::picture_draw<draw>> const& { return pictures_; }
    [[nodiscard]] auto drawn_patterns() const noexcept -> patterns const& { return patterns_; }

private:
    mark_plan(key_design design, level height, Blend const& blend, Noise noise, Pattern pattern, picture_extents const& size)
        : design_(design), height_(height), blend_(blend), noise_(std::move(noise)), pattern_(std::move(pattern)), patterns_(room_for(pattern_, size)) {}

    static auto room_for(Pattern const& pattern, [[maybe_unused]] picture_extents const& size) -> patterns {
        if constexpr (std::is_same_v<Pattern, colour_stripes>) {
            return patterns(pattern.count);
        } else {
            return patterns(size);
        }
    }
    static auto checked(mark_parameters const& p) -> mark_parameters const& {
        validate(p);
        return p;
    }

    key_design                                      design_;
    level                                           height_;
    Blend                                           blend_;
    Noise                                           noise_;
    Pattern                                         pattern_;
    patterns                                        patterns_;
    std::vector<detail::device::picture_draw<draw>> pictures_;
};

}  // namespace hallmark::inline v0
