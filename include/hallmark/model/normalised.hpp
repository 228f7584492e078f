// A model that wants its input shifted and scaled per channel, as most trained networks do.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// Calls `model` with (x − mean[c]) / deviation[c]. One mean and one deviation per channel; deviations are
/// positive. Keep the model alive as long as its logits are used: they may point into it.
template <model Model>
class normalised {
public:
    normalised(Model model, std::vector<float> mean, std::vector<float> deviation)
        : model_(std::move(model)), mean_(std::move(mean)), deviation_(std::move(deviation)) {
        detail::require(mean_.size() == deviation_.size(), errc::shape_mismatch, "hallmark::normalised: ", mean_.size(), " means and ", deviation_.size(),
                        " deviations were given; allowed is one of each per channel");
        for (std::size_t c = 0; c < mean_.size(); ++c) {
            detail::require(detail::is_number(mean_[c]), errc::not_a_number, "hallmark::normalised: the mean of channel ", c, " is not a number");
            detail::require(detail::is_number(deviation_[c]) && deviation_[c] > 0.0f, errc::out_of_domain, "hallmark::normalised: the deviation of channel ", c,
                            " is ", deviation_[c], "; allowed is any number above 0");
        }
    }

    auto operator()(tensor_view<float const> batch) -> decltype(auto) {
        detail::require(batch.channels() == mean_.size(), errc::shape_mismatch, "hallmark::normalised: the batch has ", batch.channels(),
                        " channels and there are ", mean_.size(), " means");
        input_   = image_batch<float>(batch.samples(), batch.channels(), batch.height(), batch.width());
        auto out = input_.view();
        for (std::size_t n = 0; n < batch.samples(); ++n) {
            for (std::size_t c = 0; c < batch.channels(); ++c) {
                for (std::size_t h = 0; h < batch.height(); ++h) {
                    for (std::size_t w = 0; w < batch.width(); ++w) {
                        out.at(n, c, h, w) = (batch.at(n, c, h, w) - mean_[c]) / deviation_[c];
                    }
                }
            }
        }
        return model_(std::as_const(input_).view());
    }

private:
    Model              model_;
    std::vector<float> mean_, deviation_;
    image_batch<float> input_;
};

}  // namespace hallmark::inline v0
