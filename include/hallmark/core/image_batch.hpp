// An owning batch of pictures (or a matrix of logits), for users without an array library.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// Dense (N, C, H, W) elements in that order. Regular: copies are deep, `==` compares extents and elements.
template <class Scalar>
class image_batch {
public:
    using value_type = Scalar;

    image_batch() = default;

    /// `n` samples of `c` channels, `h` rows and `w` columns, all zero. Any extent may be 0.
    image_batch(std::size_t n, std::size_t c, std::size_t h, std::size_t w) : n_(n), c_(c), h_(h), w_(w), elements_(n * c * h * w) {}

    /// Takes `elements`, whose length must be n·c·h·w.
    image_batch(std::size_t n, std::size_t c, std::size_t h, std::size_t w, std::vector<Scalar> elements)
        : n_(n), c_(c), h_(h), w_(w), elements_(std::move(elements)) {
        detail::require(elements_.size() == n * c * h * w, errc::shape_mismatch, "hallmark::image_batch: ", elements_.size(),
                        " elements were given for extents (", n, ", ", c, ", ", h, ", ", w, "), which need ", n * c * h * w);
    }

    [[nodiscard]] auto view() noexcept -> tensor_view<Scalar> { return nchw(elements_.data(), n_, c_, h_, w_); }
    [[nodiscard]] auto view() const noexcept -> tensor_view<Scalar const> { return nchw(elements_.data(), n_, c_, h_, w_); }

    [[nodiscard]] auto samples() const noexcept -> std::size_t { return n_; }
    [[nodiscard]] auto channels() const noexcept -> std::size_t { return c_; }
    [[nodiscard]] auto height() const noexcept -> std::size_t { return h_; }
    [[nodiscard]] auto width() const noexcept -> std::size_t { return w_; }
    [[nodiscard]] auto elements() noexcept -> std::vector<Scalar>& { return elements_; }
    [[nodiscard]] auto elements() const noexcept -> std::vector<Scalar> const& { return elements_; }

    friend auto operator==(image_batch const&, image_batch const&) -> bool = default;

private:
    std::size_t         n_ = 0, c_ = 0, h_ = 0, w_ = 0;
    std::vector<Scalar> elements_;
};

template <class Scalar>
struct tensor_traits<image_batch<Scalar>> {
    static auto view(image_batch<Scalar>& t) noexcept -> tensor_view<Scalar> { return t.view(); }
    static auto view(image_batch<Scalar> const& t) noexcept -> tensor_view<Scalar const> { return t.view(); }
    static auto clone(image_batch<Scalar> const& t) -> image_batch<Scalar> { return t; }
};
static_assert(owning_tensor<image_batch<float>>);

}  // namespace hallmark::inline v0
