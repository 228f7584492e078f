// The marker for blends of whole pictures: key + pattern + noise + image blend.
#pragma once

#include <hallmark/blend/image_blend.hpp>
#include <hallmark/core/executor.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/random/key_tree.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// `b.draw(draws)` draws an image blend, as a mask's place is drawn.
template <class B, class Pattern>
concept image_blend_source = requires(B const b, stream& draws) {
    { b.draw(draws) } -> image_blend_with<Pattern>;
};

/// Marks pictures with any pattern, noise and image blend, under the same promises as `basic_marker`: what each sample gets depends on the key, the user, the
/// version and the sample's number alone, and everything is checked before the first pixel is written.
///
/// A blend with a `draw` is drawn once for each pattern, by the draws that follow the pattern's: in the shared design a user's pictures share both.
template <pattern_source Pattern, noise_source Noise, class Blend>
class image_marker {
    using drawn_pattern         = decltype(std::declval<Pattern const&>().draw(std::declval<stream&>()));
    static constexpr bool draws = image_blend_source<Blend, drawn_pattern>;
    static_assert(draws || image_blend_with<Blend, drawn_pattern>,
                  "hallmark::image_marker: this blend is no image blend for this pattern, and draws none. A blend of single pixels goes into basic_marker, or "
                  "into pixelwise.");

public:
    /// `epsilon` is the height of the noise where white is 1, in [0, 1].
    image_marker(secret_key key, Pattern pattern, Noise noise, Blend blend, double epsilon, key_design design)
        : key_(std::move(key)), pattern_(std::move(pattern)), noise_(std::move(noise)), blend_(std::move(blend)), design_(design) {
        detail::require(detail::is_number(epsilon) && epsilon >= 0.0 && epsilon <= 1.0, errc::out_of_domain, "hallmark::image_marker: epsilon is ", epsilon,
                        "; allowed is 0 to 1");
        height_ = static_cast<level>(epsilon * level_white + 0.5);
    }

    /// Marked copies, in the type that came in.
    template <class T, class Executor = sequential>
    [[nodiscard]] auto operator()(T const& batch, user_id user, mark_options const& options = {}, Executor const& executor = {}) const -> T {
        static_assert(owning_tensor<T>,
                      "hallmark::image_marker: this type is not a tensor that owns its pixels, so there is nothing to return. Include its backend header "
                      "(<hallmark/backend/eigen.hpp>, ...), or use in_place(batch, user) or into(destination, batch, user).");
        if constexpr (owning_tensor<T>) {  // stop here, so that the sentence above is the only error
            auto out = tensor_traits<T>::clone(batch);
            into(out, batch, user, options, executor);
            return out;
        }
    }

    /// Writes over the pictures.
    template <class T, class Executor = sequential>
    void in_place(T&& batch, user_id user, mark_options const& options = {}, Executor const& executor = {}) const {
        into(batch, std::as_const(batch), user, options, executor);
    }

    /// Writes marked copies of `source` to `destination`: same extents, same scalar, and either the very same memory or memory without a byte in common.
    template <class D, class S, class Executor = sequential>
    void into(D&& destination, S const& source, user_id user, mark_options const& options = {}, Executor const& executor = {}) const {
        static_assert(tensor<S> && writable_tensor<std::remove_cvref_t<D>>,
                      "hallmark::image_marker: the source is not a tensor, or the destination is not one that can be written to. Include their backend header "
                      "(<hallmark/backend/eigen.hpp>, ...) or specialise hallmark::tensor_traits.");
        static_assert(hallmark::executor<Executor>, "hallmark::image_marker: the last argument is not an executor (see <hallmark/core/executor.hpp>).");
        if constexpr (tensor<S> && writable_tensor<std::remove_cvref_t<D>> && hallmark::executor<Executor>) {
            detail::with_view(destination, [&](auto d) {
                detail::with_view(source, [&](auto s) {
                    using to            = std::remove_cvref_t<decltype(d)>;
                    using from          = std::remove_cvref_t<decltype(s)>;
                    constexpr bool fits = pixel_scalar<typename to::value_type> && pixel_scalar<typename from::value_type> &&
                                          std::is_same_v<typename to::space, host_space> && std::is_same_v<typename from::space, host_space>;
                    static_assert(fits, "hallmark::image_marker: pictures are float in [0, 1] or std::uint8_t, in host memory; this tensor is not.");
                    if constexpr (!fits) {
                        return;
                    } else if constexpr (std::is_same_v<typename to::value_type, typename from::value_type>) {
                        detail::require_markable(d, s, options, who);
                        run(d, tensor_view<typename from::value_type const>(s), user, options, executor);
                    } else {
                        detail::fail(errc::shape_mismatch, who, ": source and destination have different scalars; both must be float or both 8-bit");
                    }
                });
            });
        }
    }

    [[nodiscard]] auto key() const noexcept -> secret_key const& { return key_; }
    [[nodiscard]] auto design() const noexcept -> key_design { return design_; }
    [[nodiscard]] auto pattern() const noexcept -> Pattern const& { return pattern_; }
    [[nodiscard]] auto noise() const noexcept -> Noise const& { return noise_; }
    [[nodiscard]] auto blend() const noexcept -> Blend const& { return blend_; }
    /// Of the noise, in levels.
    [[nodiscard]] auto noise_height() const noexcept -> level { return height_; }

private:
    static constexpr std::string_view who = "hallmark::image_marker";

    // A pattern and the blend that goes with it.
    [[nodiscard]] auto draw(user_key const& keys, std::uint32_t version, std::uint64_t sample) const {
        auto source = keys.open(version, purpose::pattern, sample);
        auto behind = pattern_.draw(source);
        if constexpr (draws) {
            auto chosen = blend_.draw(source);
            return std::pair<decltype(behind), decltype(chosen)>(std::move(behind), std::move(chosen));
        } else {
            return std::pair<decltype(behind), Blend const*>(std::move(behind), &blend_);
        }
    }

    template <class Scalar, class Executor>
    void run(tensor_view<Scalar> out, tensor_view<Scalar const> in, user_id user, mark_options const& options, Executor const& executor) const {
        user_key const                                                       keys(key_, user);
        std::vector<decltype(draw(keys, options.version, std::uint64_t{0}))> shared;
        if (design_ == key_design::shared) {
            shared.push_back(draw(keys, options.version, 0));
        }
        executor.for_each(in.samples(), [&](std::size_t n) {
            auto const sample = options.samples.empty() ? options.first_sample + n : options.samples[n];
            // One plane for the noise and then for the same noise in levels: both are 32 bits.
            std::vector<noise_sample> memory(in.height() * in.width());
            auto                      noise_draws = keys.open(options.version, purpose::noise, sample);
            noise_.fill(noise_draws, nchw(memory.data(), 1, 1, in.height(), in.width()));
            for (auto& v : memory) {
                v = static_cast<level>((std::int64_t{v} * height_) >> 30);
            }
            auto const delta = nchw(static_cast<level const*>(memory.data()), 1, 1, in.height(), in.width());
            auto const mark  = [&](auto const& parts) {
                if constexpr (draws) {
                    parts.second(out.slice(n, 1), in.slice(n, 1), delta, parts.first);
                } else {
                    (*parts.second)(out.slice(n, 1), in.slice(n, 1), delta, parts.first);
                }
            };
            if (shared.empty()) {
                mark(draw(keys, options.version, sample));
            } else {
                mark(shared.front());
            }
        });
    }

    secret_key key_;
    Pattern    pattern_;
    Noise      noise_;
    Blend      blend_;
    level      height_ = 0;
    key_design design_;
};

}  // namespace hallmark::inline v0
