// An owning batch of pictures (or a matrix of logits), for users without an array library.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// n·c·h·w, or the sentence where that many elements cannot be addressed: a product that wrapped around would
/// make a small array that claims to be a large one.
[[nodiscard]] inline auto element_count(std::size_t n, std::size_t c, std::size_t h, std::size_t w, std::size_t element_size) -> std::size_t {
    auto const  most  = static_cast<std::size_t>(PTRDIFF_MAX) / element_size;
    std::size_t count = n == 0 || c == 0 || h == 0 || w == 0 ? 0 : 1;
    for (auto const extent : {n, c, h, w}) {
        require(count <= (extent == 0 ? most : most / extent), errc::out_of_domain, "hallmark::image_batch: extents are (", n, ", ", c, ", ", h, ", ", w,
                "); allowed are at most ", most, " elements");
        count *= extent;
    }
    return count;
}
}  // namespace detail

/// Dense (N, C, H, W) elements in that order. Regular: copies are deep, `==` compares extents and elements.
/// A batch that was moved from is empty.
template <class Scalar>
class image_batch {
public:
    using value_type = Scalar;

    image_batch() = default;

    /// `n` samples of `c` channels, `h` rows and `w` columns, all zero. Any extent may be 0.
    image_batch(std::size_t n, std::size_t c, std::size_t h, std::size_t w)
        : n_(n), c_(c), h_(h), w_(w), elements_(detail::element_count(n, c, h, w, sizeof(Scalar))) {}

    /// Takes `elements`, whose length must be n·c·h·w.
    image_batch(std::size_t n, std::size_t c, std::size_t h, std::size_t w, std::vector<Scalar> elements)
        : n_(n), c_(c), h_(h), w_(w), elements_(std::move(elements)) {
        auto const needed = detail::element_count(n, c, h, w, sizeof(Scalar));
        detail::require(elements_.size() == needed, errc::shape_mismatch, "hallmark::image_batch: ", elements_.size(), " elements were given for extents (", n,
                        ", ", c, ", ", h, ", ", w, "), which need ", needed);
    }

    image_batch(image_batch const&)                    = default;
    auto operator=(image_batch const&) -> image_batch& = default;
    image_batch(image_batch&& other) noexcept
        : n_(std::exchange(other.n_, 0)),
          c_(std::exchange(other.c_, 0)),
          h_(std::exchange(other.h_, 0)),
          w_(std::exchange(other.w_, 0)),
          elements_(std::exchange(other.elements_, {})) {}
    auto operator=(image_batch&& other) noexcept -> image_batch& {
        auto taken = std::move(other);
        std::swap(n_, taken.n_), std::swap(c_, taken.c_), std::swap(h_, taken.h_), std::swap(w_, taken.w_);
        elements_.swap(taken.elements_);
        return *this;
    }
    ~image_batch() = default;

    [[nodiscard]] auto view() noexcept -> tensor_view<Scalar> { return nchw(elements_.data(), n_, c_, h_, w_); }
    [[nodiscard]] auto view() const noexcept -> tensor_view<Scalar const> { return nchw(elements_.data(), n_, c_, h_, w_); }

    [[nodiscard]] auto samples() const noexcept -> std::size_t { return n_; }
    [[nodiscard]] auto channels() const noexcept -> std::size_t { return c_; }
    [[nodiscard]] auto height() const noexcept -> std::size_t { return h_; }
    [[nodiscard]] auto width() const noexcept -> std::size_t { return w_; }
    /// All elements in order; how many there are cannot be changed.
    [[nodiscard]] auto elements() & noexcept -> std::span<Scalar> { return elements_; }
    [[nodiscard]] auto elements() const& noexcept -> std::vector<Scalar> const& { return elements_; }
    /// Of a batch that is about to go: the elements themselves, so that nothing dangles.
    [[nodiscard]] auto elements() && noexcept -> std::vector<Scalar> {
        auto taken = std::move(*this);
        return std::move(taken.elements_);
    }

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
static_assert(owning_tensor<image_batch<float>> && std::regular<image_batch<float>>);

}  // namespace hallmark::inline v0
