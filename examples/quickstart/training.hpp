// Training, seen from outside: pictures in, a model out. LibTorch stays in training.cpp, which takes half a minute to compile.
#pragma once

#include "data.hpp"
#include "options.hpp"
#include "progress.hpp"

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/model/concept.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace quickstart {

/// A network. It is a hallmark model: a callable that turns a batch of pictures into logits.
class classifier {
public:
    /// Untrained: the seed decides the weights. Networks are made one after the other, for LibTorch draws them from one place.
    classifier(std::size_t classes, options const& o);
    classifier(classifier&&) noexcept;
    ~classifier();

    auto operator()(hallmark::tensor_view<float const> batch) -> hallmark::image_batch<float>;

    struct implementation;
    [[nodiscard]] auto inside() const noexcept -> implementation& { return *net_; }

private:
    std::unique_ptr<implementation> net_;
};
static_assert(hallmark::model<classifier>);

/// How far a network was after an epoch.
struct epoch_record {
    double loss;               ///< mean cross-entropy over the training set, each picture just before it is learnt from
    double accuracy;           ///< on the training set, likewise
    double held_out_accuracy;  ///< on pictures that it is not trained on
};

/// Where networks of this recipe are trained here: "a CUDA device" or "the CPU".
[[nodiscard]] auto place_of(recipe const& r) -> char const*;

/// How many steps `bar` is advanced by a training.
[[nodiscard]] auto training_steps(options const& o) -> std::size_t;

/// Trains `net`. Where the recipe does not say `anywhere`, on one thread, so that several can be trained at once and the result does not depend on how many
/// processors there are: then the seed and the set decide the weights. `watched`: pictures that it is not trained on, which choose the best epoch where the
/// recipe says so.
auto train(classifier& net, labelled const& set, labelled const& watched, options const& o, progress& bar) -> std::vector<epoch_record>;

/// The share of the pictures that are classified right.
[[nodiscard]] auto accuracy(classifier& net, labelled const& set) -> double;

}  // namespace quickstart
