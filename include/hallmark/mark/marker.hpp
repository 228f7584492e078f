// The marker: key + pattern + noise + blend, applied to batches of pictures of any backend.
#pragma once

#include <hallmark/blend/convex.hpp>
#include <hallmark/core/executor.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/parameters.hpp>
#include <hallmark/noise/sign_noise.hpp>
#include <hallmark/pattern/colour_stripes.hpp>
#include <hallmark/random/key_tree.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// Which mark each sample of a batch gets.
struct mark_options {
    std::uint32_t                  version      = 0;   ///< 0: the published mark; 1, 2, …: marks it could have had
    std::uint64_t                  first_sample = 0;   ///< number of the batch's first sample; the others follow
    std::span<std::uint64_t const> samples      = {};  ///< or: the number of every sample
};

namespace detail {
/// Everything that can be wrong with a destination, a source and the samples' numbers, before the first pixel is written.
template <class To, class From>
void require_markable(tensor_view<To> d, tensor_view<From> s, mark_options const& options, std::string_view who) {
    require_pictures(s, who);
    require(options.samples.empty() || options.samples.size() == s.samples(), errc::shape_mismatch, who, ": options.samples has ", options.samples.size(),
            " numbers for a batch of ", s.samples(), " pictures");
    require(same_extents(d, s), errc::shape_mismatch, who, ": the destination has extents (", d.samples(), ", ", d.channels(), ", ", d.height(), ", ",
            d.width(), "), the source (", s.samples(), ", ", s.channels(), ", ", s.height(), ", ", s.width(), ")");
    require_distinct_elements(d, who);
    require_same_or_apart(d, s, who);
    require_unit_pixels(s, who);
}
}  // namespace detail

/// Marks pictures with any pattern, noise and blend. What each sample gets depends on the key, the user, the
/// version and the sample's number, and on nothing else: not on the other samples, the backend, the executor
/// or the compiler.
///
/// Pictures are float in [0, 1] or 8-bit, grey or colour, of any size. Everything is checked before the first
/// pixel is written. Cost: one pass over the pixels, plus the noise, once per picture.
template <pattern_source Pattern, noise_source Noise, blend Blend>
class basic_marker {
public:
    /// `epsilon` is the height of the noise where white is 1, in [0, 1].
    basic_marker(secret_key key, Pattern pattern, Noise noise, Blend blend, double epsilon, key_design design)
        : key_(std::move(key)), pattern_(std::move(pattern)), noise_(std::move(noise)), blend_(std::move(blend)), design_(design) {
        detail::require(detail::is_number(epsilon) && epsilon >= 0.0 && epsilon <= 1.0, errc::out_of_domain, "hallmark::marker: epsilon is ", epsilon,
                        "; allowed is 0 to 1");
        height_ = static_cast<level>(epsilon * level_white + 0.5);
    }

    /// Marked copies, in the type that came in.
    template <class T, class Executor = sequential>
    [[nodiscard]] auto operator()(T const& batch, user_id user, mark_options const& options = {}, Executor const& executor = {}) const -> T {
        static_assert(tensor<T>,
                      "hallmark::marker: this type is not a tensor. Include its backend header (<hallmark/backend/eigen.hpp>, ...) "
                      "or specialise hallmark::tensor_traits for it.");
        static_assert(!tensor<T> || owning_tensor<T>,
                      "hallmark::marker: this type does not own its pixels, so there is nothing to return. "
                      "Use in_place(batch, user) or into(destination, batch, user).");
        if constexpr (owning_tensor<T>) {  // stop here, so that the sentence above is the only error
            auto out = tensor_traits<T>::clone(batch);
            into(out, batch, user, options, executor);
            return out;
        }
    }

    /// Writes over the pictures.
    template <class T, class Executor = sequential>
    void in_place(T&& batch, user_id user, mark_options const& options = {}, Executor const& executor = {}) const {
        using array = std::remove_cvref_t<T>;
        static_assert(tensor<array>,
                      "hallmark::marker: this type is not a tensor. Include its backend header (<hallmark/backend/eigen.hpp>, ...) "
                      "or specialise hallmark::tensor_traits for it.");
        static_assert(!tensor<array> || writable_tensor<array>, "hallmark::marker: this type cannot be written to. Use into(destination, batch, user).");
        if constexpr (writable_tensor<array>) {
            into(batch, std::as_const(batch), user, options, executor);
        }
    }

    /// Writes marked copies of `source` to `destination`: same extents, same scalar, and either the very same
    /// memory or memory without a byte in common. Backends may differ.
    template <class D, class S, class Executor = sequential>
    void into(D&& destination, S const& source, user_id user, mark_options const& options = {}, Executor const& executor = {}) const {
        static_assert(tensor<S>,
                      "hallmark::marker: the source is not a tensor. Include its backend header (<hallmark/backend/eigen.hpp>, ...) "
                      "or specialise hallmark::tensor_traits for it.");
        static_assert(writable_tensor<std::remove_cvref_t<D>>, "hallmark::marker: the destination is not a tensor that can be written to.");
        if constexpr (tensor<S> && writable_tensor<std::remove_cvref_t<D>>) {
            detail::with_view(destination, [&](auto d) {
                detail::with_view(source, [&](auto s) {
                    using to   = std::remove_cvref_t<decltype(d)>;
                    using from = std::remove_cvref_t<decltype(s)>;
                    if constexpr (!runs<to, Executor>()) {
                        return;
                    } else if constexpr (!runs<from, Executor>()) {
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
    static constexpr std::string_view who = "hallmark::marker";

    // Says in a sentence what is wrong with a view or an executor. False stops the caller's body, so that the
    // sentence is the only error.
    template <class View, class Executor>
    static constexpr auto runs() -> bool {
        constexpr bool here   = std::is_same_v<typename View::space, host_space>;
        constexpr bool pixels = pixel_scalar<typename View::value_type>;
        static_assert(here,
                      "hallmark::marker: the CPU cannot reach this tensor's memory space. "
                      "For cuda_space make a mark_plan, and cuda_marks of it (<hallmark/backend/cuda.cuh>).");
        static_assert(pixels, "hallmark::marker: pictures are float in [0, 1] or std::uint8_t; this tensor has another scalar.");
        static_assert(hallmark::executor<Executor>, "hallmark::marker: the last argument is not an executor (see <hallmark/core/executor.hpp>).");
        return here && pixels && hallmark::executor<Executor>;
    }

    template <class Scalar, class Executor>
    void run(tensor_view<Scalar> out, tensor_view<Scalar const> in, user_id user, mark_options const& options, Executor const& executor) const {
        user_key const keys(key_, user);
        using drawn_pattern = decltype(pattern_.draw(std::declval<stream&>()));
        auto draw_pattern   = [&](std::uint64_t sample) {
            auto draws = keys.open(options.version, purpose::pattern, sample);
            return pattern_.draw(draws);
        };
        // One pattern for the whole user, or, in the independent design, one per sample.
        std::vector<drawn_pattern> shared;
        if (design_ == key_design::shared) {
            shared.push_back(draw_pattern(0));
        }

        // Samples that share one noise plane's memory: enough work for a thread to come for.
        auto const        pixels = in.height() * in.width();
        std::size_t const block  = pixels >= 16384 ? 1 : 16384 / pixels;
        auto const        blocks = (in.samples() + block - 1) / block;
        constexpr bool    by_row = sign_noise_source<Noise> && row_blend_of<Blend, Scalar> && row_pattern<drawn_pattern>;
        executor.for_each(blocks, [&](std::size_t b) {
            std::vector<noise_sample> memory(pixels);
            std::vector<std::uint8_t> signs(by_row ? pixels : 0);
            auto const                plane = nchw(memory.data(), 1, 1, in.height(), in.width());
            auto const                last  = (b + 1) * block < in.samples() ? (b + 1) * block : in.samples();
            for (auto n = b * block; n < last; ++n) {
                auto const sample = options.samples.empty() ? options.first_sample + n : options.samples[n];
                auto       draws  = keys.open(options.version, purpose::noise, sample);
                auto const mark   = [&](drawn_pattern const& behind) {
                    if constexpr (by_row) {
                        noise_.fill_signs(draws, plane, signs.data());
                        mark_rows(out, in, n, signs.data(), behind);
                    } else {
                        noise_.fill(draws, plane);
                        mark_one(out, in, n, plane, behind);
                    }
                };
                if (shared.empty()) {
                    mark(draw_pattern(sample));
                } else {
                    mark(shared.front());
                }
            }
        });
    }

    // Noise of ±1 on a pattern of one colour a row. Rows of the same colour that follow one another in memory are one long row.
    template <class Scalar, class DrawnPattern>
    void mark_rows(tensor_view<Scalar> out, tensor_view<Scalar const> in, std::size_t n, std::uint8_t const* signs, DrawnPattern const& behind) const {
        auto const          channels = in.channels(), height = in.height(), width = in.width();
        auto const          step   = static_cast<std::ptrdiff_t>(width);
        bool const          dense  = (in.stride[3] == 1 && out.stride[3] == 1) || width == 1;
        bool const          joined = dense && in.stride[2] == step && out.stride[2] == step;
        std::vector<Scalar> row(dense ? 0 : width);
        for (std::size_t c = 0; c < channels; ++c) {
            for (std::size_t h = 0; h < height;) {
                auto const  colour = behind.row_level(c, channels, h, height);
                std::size_t rows   = 1;
                while (joined && h + rows < height && behind.row_level(c, channels, h + rows, height) == colour) {
                    ++rows;
                }
                auto const* from = in.row(n, c, h);
                auto*       to   = out.row(n, c, h);
                if (dense) {
                    blend_.row(from, signs + h * width, height_, colour, rows * width, to);
                } else {
                    for (std::size_t w = 0; w < width; ++w) {
                        row[w] = from[static_cast<std::ptrdiff_t>(w) * in.stride[3]];
                    }
                    blend_.row(row.data(), signs + h * width, height_, colour, width, row.data());
                    for (std::size_t w = 0; w < width; ++w) {
                        to[static_cast<std::ptrdiff_t>(w) * out.stride[3]] = row[w];
                    }
                }
                h += rows;
            }
        }
    }

    template <class Scalar, class DrawnPattern>
    void mark_one(tensor_view<Scalar> out, tensor_view<Scalar const> in, std::size_t n, tensor_view<noise_sample> plane,
                  DrawnPattern const& behind) const noexcept {
        auto const channels = in.channels(), height = in.height(), width = in.width();
        for (std::size_t c = 0; c < channels; ++c) {
            for (std::size_t h = 0; h < height; ++h) {
                auto const* from  = in.row(n, c, h);
                auto*       to    = out.row(n, c, h);
                auto const* noise = plane.row(0, 0, h);
                for (std::size_t w = 0; w < width; ++w) {
                    auto const delta       = static_cast<level>((std::int64_t{noise[w]} * height_) >> 30);
                    auto const at          = static_cast<std::ptrdiff_t>(w);
                    to[at * out.stride[3]] = blend_(from[at * in.stride[3]], delta, behind(c, channels, h, height, w, width));
                }
            }
        }
    }

    secret_key key_;
    Pattern    pattern_;
    Noise      noise_;
    Blend      blend_;
    level      height_ = 0;
    key_design design_;
};

/// The mark of MembershipTracker: softened colour stripes behind the picture, signed Perlin waves on it.
class marker : public basic_marker<colour_stripes, perlin_sign_noise, convex> {
public:
    explicit marker(secret_key key, mark_parameters const& p = {})
        : basic_marker(std::move(key), colour_stripes{checked(p).stripes}, perlin_sign_noise{p.period, p.octaves, p.half_cycles}, convex(checked(p).ratio),
                       p.epsilon, p.design),
          parameters_(p) {}

    [[nodiscard]] auto parameters() const noexcept -> mark_parameters const& { return parameters_; }

private:
    static auto checked(mark_parameters const& p) -> mark_parameters const& {
        validate(p);
        return p;
    }
    mark_parameters parameters_;
};

}  // namespace hallmark::inline v0
