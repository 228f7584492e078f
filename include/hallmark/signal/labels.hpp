// Hits where the model gives nothing but labels: its answer, or its best few in order.
#pragma once

#include <hallmark/error.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// 1 where labels[i] is among the model's answers for sample i, else 0; larger = member. `answers` holds k classes
/// for each sample, sample by sample: k = answers.size() / labels.size(), 1 for a model that names one class.
/// Throws if there are no labels, if the counts do not fit, or if a class is not below `classes`. O(n · k).
[[nodiscard]] inline auto evaluate_labels(std::span<std::size_t const> answers, std::span<std::size_t const> labels, std::size_t classes)
    -> std::vector<double> {
    detail::require(!labels.empty(), errc::empty_input, "hallmark::evaluate_labels: there are no labels; allowed is 1 or more");
    detail::require(!answers.empty() && answers.size() % labels.size() == 0, errc::shape_mismatch, "hallmark::evaluate_labels: there are ", answers.size(),
                    " answers and ", labels.size(), " labels; allowed is the same number of answers for each label");
    auto const          k = answers.size() / labels.size();
    std::vector<double> out(labels.size());
    for (std::size_t n = 0; n < labels.size(); ++n) {
        detail::require(labels[n] < classes, errc::out_of_domain, "hallmark::evaluate_labels: the label of sample ", n, " is ", labels[n],
                        "; allowed is less than classes = ", classes);
        for (auto const answer : answers.subspan(n * k, k)) {
            detail::require(answer < classes, errc::out_of_domain, "hallmark::evaluate_labels: an answer for sample ", n, " is ", answer,
                            "; allowed is less than classes = ", classes);
            out[n] = answer == labels[n] ? 1.0 : out[n];
        }
    }
    return out;
}

}  // namespace hallmark::inline v0
