// A model with a meter: every picture it is asked about counts against a budget.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>

#include <cstddef>
#include <utility>

namespace hallmark::inline v0 {

/// Passes batches on to `model` until `budget` pictures have been asked about; then throws
/// errc::budget_exhausted before the model is called. For models behind a paid or rate-limited API.
template <model Model>
class counted {
public:
    counted(Model model, std::size_t budget) : model_(std::move(model)), budget_(budget) {}

    auto operator()(tensor_view<float const> batch) -> decltype(auto) {
        detail::require(batch.samples() <= budget_ - used_, errc::budget_exhausted, "hallmark::counted: the model was asked about ", used_, " pictures, ",
                        batch.samples(), " more are wanted, and the budget is ", budget_);
        used_ += batch.samples();
        return model_(batch);
    }

    [[nodiscard]] auto used() const noexcept -> std::size_t { return used_; }

private:
    Model       model_;
    std::size_t budget_, used_ = 0;
};

}  // namespace hallmark::inline v0
