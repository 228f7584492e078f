// Views of a picture that keep its label: mirrored, shifted, with a little noise.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/random/key_tree.hpp>
#include <hallmark/random/uniform.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0 {

/// `v(in, out, first)` writes a view of each picture of `in`, floats in [0, 1], to `out`, which has the same extents.
/// `first` is the number of the first picture in its set, so that what is random depends on the picture's number and
/// not on the batch it came in.
template <class V>
concept query_view = requires(V const v, tensor_view<float const> in, tensor_view<float> out, std::uint64_t first) {
    { v(in, out, first) }
    noexcept;
};

namespace detail {
/// out(n, c, h, w) = value(n, c, h, w) for every element of `out`, in that order.
template <class Value>
void fill_each(tensor_view<float> out, Value const& value) noexcept {
    for (std::size_t n = 0; n < out.samples(); ++n) {
        for (std::size_t c = 0; c < out.channels(); ++c) {
            for (std::size_t h = 0; h < out.height(); ++h) {
                for (std::size_t w = 0; w < out.width(); ++w) {
                    out.at(n, c, h, w) = value(n, c, h, w);
                }
            }
        }
    }
}
}  // namespace detail

/// The picture as it is.
struct as_published {
    void operator()(tensor_view<float const> in, tensor_view<float> out, std::uint64_t /*first*/) const noexcept {
        detail::fill_each(out, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) { return in.at(n, c, h, w); });
    }
};
static_assert(query_view<as_published>);

/// Left and right change places.
struct mirrored {
    void operator()(tensor_view<float const> in, tensor_view<float> out, std::uint64_t /*first*/) const noexcept {
        detail::fill_each(out, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) { return in.at(n, c, h, in.width() - 1 - w); });
    }
};
static_assert(query_view<mirrored>);

/// Moved `down` rows down and `right` columns to the right (negative: up, left); the pixels at the edge repeat.
struct shifted {
    std::int32_t down = 0, right = 0;

    void operator()(tensor_view<float const> in, tensor_view<float> out, std::uint64_t /*first*/) const noexcept {
        detail::fill_each(out, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
            return in.at(n, c, from(h, down, in.height()), from(w, right, in.width()));
        });
    }

private:
    static auto from(std::size_t to, std::int32_t by, std::size_t extent) noexcept -> std::size_t {
        auto const at   = static_cast<std::int64_t>(to) - by;
        auto const last = static_cast<std::int64_t>(extent) - 1;
        return static_cast<std::size_t>(at < 0 ? 0 : at > last ? last : at);
    }
};
static_assert(query_view<shifted>);

/// Uniform noise in [−amplitude, amplitude) on every value, cut to [0, 1]. Drawn from the key at the address
/// (version, audit, number of the picture): the same noise whenever the audit is repeated, another for another
/// version. The key must outlive the view. Amplitude 0 to 1.
class noisy {
public:
    noisy(user_key const& key, float amplitude, std::uint32_t version = 0) : key_(&key), amplitude_(amplitude), version_(version) {
        detail::require(detail::is_unit(amplitude), errc::out_of_domain, "hallmark::noisy: amplitude is ", amplitude, "; allowed is 0 to 1");
    }
    void operator()(tensor_view<float const> in, tensor_view<float> out, std::uint64_t first) const noexcept {
        for (std::size_t n = 0; n < out.samples(); ++n) {
            auto draws = key_->open(version_, purpose::audit, first + n);
            detail::fill_each(out.slice(n, 1), [&](std::size_t, std::size_t c, std::size_t h, std::size_t w) {
                auto const x = in.at(n, c, h, w) + detail::rounded(amplitude_ * (2.0f * uniform_float(draws) - 1.0f));
                return x < 0.0f ? 0.0f : x > 1.0f ? 1.0f : x;
            });
        }
    }

private:
    user_key const* key_;
    float           amplitude_;
    std::uint32_t   version_;
};
static_assert(query_view<noisy>);

}  // namespace hallmark::inline v0
