// The dataset-inference test: does a model keep its own training data farther from its decision boundaries than other data?
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/welch.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// `owned` and `held_out` hold distances from pictures to the boundary of another class, found by walking in random directions until the label changes
/// (labels only) or along gradients: `directions` distances for each picture, picture by picture. A picture's distances are averaged: they are one
/// observation, and counting each as one would multiply the sample by hand. The distances themselves must not come from a regressor that was
/// trained on these pictures.
///
/// H0: both have the same mean distance; approximate, by Welch's t test. `greater`: the owned ones are farther from the boundary, as trained-on data is;
/// `less`: nearer; `two_sided`: either. The statistic is t, n the number of pictures in both sets, two of each or more. Both sets must come from one
/// distribution: a difference that is there without the model shows as a difference in distance as well.
///
/// One test and not the published harmonic mean of resampled ones, which rejects 7 to 10 % of nulls at 5 %. O(n).
/// Throws errc::out_of_domain for directions = 0, errc::shape_mismatch for a list that is not a multiple of it, and as welch_t.
/// Source: Maini, Yaghini & Papernot 2021.
struct dataset_inference_test {
    std::size_t directions = 1;

    [[nodiscard]] auto operator()(std::span<double const> owned, std::span<double const> held_out, alternative alt) const -> test_result {
        auto const a = means(owned, "owned"), b = means(held_out, "held_out");
        return welch_t{}(a, b, alt);
    }

    /// The natural logarithm of p, also where p itself is too small for a double. Errors as above.
    [[nodiscard]] auto log_p_value(std::span<double const> owned, std::span<double const> held_out, alternative alt) const -> double {
        auto const a = means(owned, "owned"), b = means(held_out, "held_out");
        return welch_t{}.log_p_value(a, b, alt);
    }

private:
    [[nodiscard]] auto means(std::span<double const> x, std::string_view name) const -> std::vector<double> {
        detail::require(directions > 0, errc::out_of_domain, "hallmark::dataset_inference_test: directions is 0; allowed is 1 or more");
        detail::require_sample(x, "hallmark::dataset_inference_test", name);
        detail::require(x.size() % directions == 0, errc::shape_mismatch, "hallmark::dataset_inference_test: ", name, " has ", x.size(),
                        " distances, which is not a multiple of directions = ", directions);
        auto out = std::vector<double>(x.size() / directions);
        for (std::size_t i = 0; i < out.size(); ++i) {
            for (std::size_t d = 0; d < directions; ++d) {
                out[i] += x[i * directions + d] / static_cast<double>(directions);
            }
        }
        return out;
    }
};
static_assert(two_sample_test<dataset_inference_test>);

}  // namespace hallmark::inline v0
