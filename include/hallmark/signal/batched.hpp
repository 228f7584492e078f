// Scores for a stream of pictures, asking the model about a full batch at a time.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/concept.hpp>
#include <hallmark/signal/evaluate.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace hallmark::inline v0 {

/// Collects pictures until there are `batch_size` of them, then asks the model once. Scores come out in the
/// order the pictures went in. 8-bit pixels are divided by 255. All pictures have the same channels and size.
template <model Model, signal Signal>
class batched_scorer {
public:
    batched_scorer(Model& model, Signal signal, std::size_t batch_size) : model_(&model), signal_(signal), batch_size_(batch_size) {
        detail::require(batch_size >= 1, errc::out_of_domain, "hallmark::batched_scorer: batch_size is 0; allowed is 1 or more");
    }

    template <pixel_scalar Scalar>
    void push(tensor_view<Scalar> pictures, std::span<std::size_t const> labels) {
        detail::require(pictures.samples() == labels.size(), errc::shape_mismatch, "hallmark::batched_scorer: there are ", pictures.samples(), " pictures and ",
                        labels.size(), " labels");
        detail::require_pictures(pictures, "hallmark::batched_scorer");
        detail::require_unit_pixels(pictures, "hallmark::batched_scorer");
        if (waiting_.samples() == 0) {
            waiting_ = image_batch<float>(batch_size_, pictures.channels(), pictures.height(), pictures.width());
        }
        detail::require(pictures.channels() == waiting_.channels() && pictures.height() == waiting_.height() && pictures.width() == waiting_.width(),
                        errc::shape_mismatch, "hallmark::batched_scorer: the pictures have extents (", pictures.channels(), ", ", pictures.height(), ", ",
                        pictures.width(), "), those before had (", waiting_.channels(), ", ", waiting_.height(), ", ", waiting_.width(), ")");
        for (std::size_t n = 0; n < labels.size(); ++n) {
            if (labels_.size() == batch_size_) {
                flush();  // the model threw when it was asked about these; ask again before taking more
            }
            copy(pictures, n);
            labels_.push_back(labels[n]);
            if (labels_.size() == batch_size_) {
                flush();
            }
        }
    }

    /// The scores of all pictures pushed so far; the scorer is empty afterwards.
    [[nodiscard]] auto take() -> std::vector<double> {
        flush();
        auto out = std::move(scores_);
        scores_.clear();
        return out;
    }

private:
    template <class Scalar>
    void copy(tensor_view<Scalar> in, std::size_t n) noexcept {
        auto const out = waiting_.view();
        auto const to  = labels_.size();
        for (std::size_t c = 0; c < in.channels(); ++c) {
            for (std::size_t h = 0; h < in.height(); ++h) {
                for (std::size_t w = 0; w < in.width(); ++w) {
                    if constexpr (std::same_as<std::remove_const_t<Scalar>, std::uint8_t>) {
                        out.at(to, c, h, w) = static_cast<float>(in.at(n, c, h, w)) / 255.0f;
                    } else {
                        out.at(to, c, h, w) = in.at(n, c, h, w);
                    }
                }
            }
        }
    }
    void flush() {
        if (labels_.empty()) {
            return;
        }
        auto const batch  = tensor_view<float const>(waiting_.view()).slice(0, labels_.size());
        auto const scores = evaluate(signal_, (*model_)(batch), labels_);
        scores_.insert(scores_.end(), scores.begin(), scores.end());
        labels_.clear();
    }

    Model*                   model_;
    Signal                   signal_;
    std::size_t              batch_size_;
    image_batch<float>       waiting_;
    std::vector<std::size_t> labels_;
    std::vector<double>      scores_;
};

/// The signal of each picture, in order. `pictures` is any tensor of float in [0, 1] or 8-bit pixels.
template <model Model, tensor Pictures, signal Signal>
[[nodiscard]] auto score_samples(Model&& m, Pictures const& pictures, std::span<std::size_t const> labels, Signal const& s, std::size_t batch_size = 256)
    -> std::vector<double> {
    batched_scorer scorer(m, s, batch_size);
    detail::with_view(pictures, [&](auto v) { scorer.push(v, labels); });
    return scorer.take();
}

}  // namespace hallmark::inline v0
