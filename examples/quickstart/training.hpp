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
    classifier(std::size_t classes, std::uint64_t seed);
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

/// The recipe: stochastic gradient descent with momentum, one cycle of the learning rate, random flips, no other augmentation.
struct recipe {
    double      highest_rate = 0.2;
    double      momentum     = 0.9;
    double      weight_decay = 5e-4;
    std::size_t batch_size   = 50;
};

/// How many steps `bar` is advanced by a training.
[[nodiscard]] auto training_steps(options const& o) -> std::size_t;

/// Trains `net` on one thread, so that several can be trained at once and the result does not depend on how many processors
/// there are. The seed and the set decide the weights.
auto train(classifier& net, labelled const& set, labelled const& held_out, options const& o, progress& bar, recipe const& r = {}) -> std::vector<epoch_record>;

}  // namespace quickstart
