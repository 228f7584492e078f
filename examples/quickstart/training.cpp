// Training with LibTorch; the only source file that includes it.
#include "training.hpp"
#include "network.hpp"  // first: LibTorch before anything else

#include "shuffle.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace quickstart {

struct classifier::implementation {
    network net;
};

classifier::classifier(std::size_t classes, std::uint64_t seed) {
    torch::manual_seed(seed);
    net_ = std::make_unique<implementation>(implementation{network(static_cast<std::int64_t>(classes))});
}
classifier::classifier(classifier&&) noexcept = default;
classifier::~classifier()                     = default;

auto classifier::operator()(hallmark::tensor_view<float const> batch) -> hallmark::image_batch<float> {
    auto const logits  = hallmark::torch_module(net_->net)(batch).contiguous();
    auto const rows    = static_cast<std::size_t>(logits.size(0));
    auto const classes = static_cast<std::size_t>(logits.size(1));
    auto const values  = logits.data_ptr<float>();
    return {rows, classes, 1, 1, std::vector<float>(values, values + rows * classes)};
}

namespace {

struct tensors {
    torch::Tensor images;  // float in [0, 1]
    torch::Tensor labels;
};

auto as_tensors(labelled const& set) -> tensors {
    auto const& from   = set.images;
    auto const  extent = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    auto const  bytes  = torch::from_blob(const_cast<std::uint8_t*>(from.elements().data()),  // only to be copied from, on the next line but one
                                          {extent(from.samples()), extent(from.channels()), extent(from.height()), extent(from.width())}, torch::kByte);
    std::vector<std::int64_t> const labels(set.labels.begin(), set.labels.end());
    return {bytes.to(torch::kFloat) / 255.0, torch::tensor(labels)};
}

/// Up for the first fifth of the way, then down to zero, along cosines (Smith & Topin 2017).
auto rate_at(double way, recipe const& r) -> double {
    constexpr double rise = 0.2;
    auto const       wave = [](double x) { return 0.5 - 0.5 * std::cos(std::numbers::pi * x); };
    return r.highest_rate * (way < rise ? 0.04 + 0.96 * wave(way / rise) : wave((1.0 - way) / (1.0 - rise)));
}

/// The order of an epoch, and which of its pictures are mirrored. Drawn here and not by LibTorch, whose generator is shared by all threads.
struct epoch_plan {
    torch::Tensor order, flip;
};
auto plan_epoch(std::size_t n, std::uint64_t seed, std::size_t epoch) -> epoch_plan {
    auto const                order = shuffled(n, draws_for(seed, stage::order, epoch));
    auto                      coins = draws_for(seed, stage::flips, epoch);
    std::vector<std::int64_t> flip(n);
    for (auto& f : flip) {
        f = hallmark::uniform_below(coins, 2);
    }
    return {torch::tensor(std::vector<std::int64_t>(order.begin(), order.end())),
            torch::tensor(flip).to(torch::kBool).reshape({static_cast<std::int64_t>(n), 1, 1, 1})};
}

auto right_answers(torch::Tensor const& logits, torch::Tensor const& labels) -> double { return logits.argmax(1).eq(labels).sum().item<double>(); }

auto accuracy(network& net, tensors const& set) -> double {
    torch::NoGradGuard const quiet;
    net.eval();
    auto const right = right_answers(net.forward(set.images), set.labels);
    net.train();
    return right / static_cast<double>(set.labels.size(0));
}

}  // namespace

auto training_steps(options const& o) -> std::size_t { return o.epochs; }

auto train(classifier& model, labelled const& set, labelled const& held_out, options const& o, progress& bar, recipe const& r) -> std::vector<epoch_record> {
    at::set_num_threads(1);
    auto&      net    = model.inside().net;
    auto const data   = as_tensors(set);
    auto const unseen = as_tensors(held_out);
    auto const n      = data.labels.size(0);
    auto const batch  = static_cast<std::int64_t>(r.batch_size);

    torch::optim::SGD optimizer(net.parameters(), torch::optim::SGDOptions(r.highest_rate).momentum(r.momentum).weight_decay(r.weight_decay));
    auto&             sgd = static_cast<torch::optim::SGDOptions&>(optimizer.param_groups().front().options());

    std::vector<epoch_record> curve;
    for (std::size_t epoch = 0; epoch < o.epochs; ++epoch) {
        auto const plan = plan_epoch(set.labels.size(), o.seed, epoch);
        double     loss = 0.0, right = 0.0;
        for (std::int64_t first = 0; first < n; first += batch) {
            auto const last   = std::min(first + batch, n);
            auto const which  = plan.order.slice(0, first, last);
            auto const labels = data.labels.index_select(0, which);
            auto const plain  = data.images.index_select(0, which);
            auto const images = torch::where(plan.flip.slice(0, first, last), plain.flip(3), plain);

            sgd.lr(rate_at((static_cast<double>(epoch) + static_cast<double>(first) / static_cast<double>(n)) / static_cast<double>(o.epochs), r));
            auto const logits = net.forward(images);
            auto const error  = torch::nn::functional::cross_entropy(logits, labels);
            optimizer.zero_grad();
            error.backward();
            optimizer.step();

            loss += error.item<double>() * static_cast<double>(last - first);
            right += right_answers(logits, labels);
        }
        curve.push_back({loss / static_cast<double>(n), right / static_cast<double>(n), accuracy(net, unseen)});
        bar.advance();
    }
    return curve;
}

}  // namespace quickstart
