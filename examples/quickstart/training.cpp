// Training with LibTorch; the only source file that includes it.
#include "training.hpp"
#include "network.hpp"  // first: LibTorch before anything else

#include "shuffle.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace quickstart {

namespace {
auto device_of(recipe const& r) -> torch::Device { return r.anywhere && torch::cuda::is_available() ? torch::kCUDA : torch::kCPU; }
}  // namespace

struct classifier::implementation {
    std::shared_ptr<network> net;
    torch::Device            device;
};

classifier::classifier(std::size_t classes, options const& o) {
    torch::manual_seed(o.seed);
    net_ = std::make_unique<implementation>(implementation{make_network(o.net, static_cast<std::int64_t>(classes)), device_of(o.how)});
    net_->net->to(net_->device);
}
classifier::classifier(classifier&&) noexcept = default;
classifier::~classifier()                     = default;

auto classifier::operator()(hallmark::tensor_view<float const> batch) -> hallmark::image_batch<float> {
    auto const logits  = hallmark::torch_module(*net_->net)(batch).contiguous();
    auto const rows    = static_cast<std::size_t>(logits.size(0));
    auto const classes = static_cast<std::size_t>(logits.size(1));
    auto const values  = logits.data_ptr<float>();
    return {rows, classes, 1, 1, std::vector<float>(values, values + rows * classes)};
}

namespace {

struct tensors {
    torch::Tensor images;  // bytes
    torch::Tensor labels;
};

auto as_tensors(labelled const& set, torch::Device device) -> tensors {
    auto const&                     from   = set.images;
    auto const                      extent = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    auto const                      bytes  = torch::from_blob(const_cast<std::uint8_t*>(from.elements().data()),  // only to be copied from, below
                                                              {extent(from.samples()), extent(from.channels()), extent(from.height()), extent(from.width())}, torch::kByte);
    std::vector<std::int64_t> const labels(set.labels.begin(), set.labels.end());
    return {bytes.clone().to(device), torch::tensor(labels).to(device)};
}
auto in_unit(torch::Tensor const& bytes) -> torch::Tensor { return bytes.to(torch::kFloat) / 255.0; }

auto rate_at(double way, recipe const& r) -> double {
    if (r.rate_course == course::steps) {
        return r.highest_rate * (way < 0.6 ? 1.0 : way < 0.8 ? 0.2 : way < 0.9 ? 0.04 : 0.008);
    }
    constexpr double rise = 0.2;  // up for the first fifth of the way, then down to zero
    auto const       wave = [](double x) { return 0.5 - 0.5 * std::cos(std::numbers::pi * x); };
    return r.highest_rate * (way < rise ? 0.04 + 0.96 * wave(way / rise) : wave((1.0 - way) / (1.0 - rise)));
}

/// The order of an epoch, which of its pictures are mirrored, and where each is cut out. Drawn here and not by LibTorch, whose generator is shared by all
/// threads.
struct epoch_plan {
    torch::Tensor order, flip, rows, columns;
};
auto plan_epoch(std::size_t n, options const& o, std::size_t epoch, torch::Device device) -> epoch_plan {
    auto const order = shuffled(n, draws_for(o.seed, stage::order, epoch));
    auto const draw  = [&](stage what, std::uint32_t below) {
        auto                      draws = draws_for(o.seed, what, epoch);
        std::vector<std::int64_t> out(n);
        for (auto& v : out) {
            v = hallmark::uniform_below(draws, below);
        }
        return torch::tensor(out).to(device);
    };
    epoch_plan out{
        torch::tensor(std::vector<std::int64_t>(order.begin(), order.end())).to(device), draw(stage::flips, 2).to(torch::kBool).reshape({-1, 1, 1, 1}), {}, {}};
    if (o.how.crop > 0) {
        auto const places = static_cast<std::uint32_t>(2 * o.how.crop + 1);
        out.rows          = draw(stage::crop_rows, places);
        out.columns       = draw(stage::crop_columns, places);
    }
    return out;
}

/// Each picture of a batch out of its black border, `pad` wide: its corner at (rows[i], columns[i]).
auto cut_out(torch::Tensor const& images, std::int64_t pad, torch::Tensor const& rows, torch::Tensor const& columns) -> torch::Tensor {
    namespace F       = torch::nn::functional;
    auto const wide   = F::pad(images, F::PadFuncOptions({pad, pad, pad, pad}));
    auto const whole  = torch::TensorOptions().dtype(torch::kLong).device(images.device());
    auto const sample = torch::arange(images.size(0), whole).reshape({-1, 1, 1, 1}), channel = torch::arange(images.size(1), whole).reshape({1, -1, 1, 1});
    auto const row    = torch::arange(images.size(2), whole).reshape({1, 1, -1, 1}) + rows.reshape({-1, 1, 1, 1});
    auto const column = torch::arange(images.size(3), whole).reshape({1, 1, 1, -1}) + columns.reshape({-1, 1, 1, 1});
    return wide.index({sample, channel, row, column});
}

auto right_answers(torch::Tensor const& logits, torch::Tensor const& labels) -> double { return logits.argmax(1).eq(labels).sum().item<double>(); }

auto accuracy_of(network& net, tensors const& set) -> double {
    torch::NoGradGuard const quiet;
    net.eval();
    double     right = 0.0;
    auto const n     = set.labels.size(0);
    for (std::int64_t first = 0; first < n; first += 500) {
        auto const last = std::min(first + 500, n);
        right += right_answers(net.forward(in_unit(set.images.slice(0, first, last))), set.labels.slice(0, first, last));
    }
    net.train();
    return right / static_cast<double>(n);
}

/// Everything that a network is, its running means and variances, too.
auto state_of(network const& net) -> std::vector<torch::Tensor> {
    auto out = net.parameters();
    for (auto const& b : net.buffers()) {
        out.push_back(b);
    }
    return out;
}

}  // namespace

auto place_of(recipe const& r) -> char const* { return device_of(r).is_cuda() ? "a CUDA device" : "the CPU"; }

auto training_steps(options const& o) -> std::size_t {
    auto const trained = o.training_set - o.validation;
    return o.how.epochs * ((trained + o.how.batch_size - 1) / o.how.batch_size);
}

auto accuracy(classifier& net, labelled const& set) -> double { return accuracy_of(*net.inside().net, as_tensors(set, net.inside().device)); }

auto train(classifier& model, labelled const& set, labelled const& watched, options const& o, progress& bar) -> std::vector<epoch_record> {
    auto const& r = o.how;
    if (r.anywhere) {
        at::globalContext().setBenchmarkCuDNN(true);
    } else {
        at::set_num_threads(1);
    }
    auto&      net    = *model.inside().net;
    auto const device = model.inside().device;
    auto const data   = as_tensors(set, device);
    auto const unseen = as_tensors(watched, device);
    auto const n      = data.labels.size(0);
    auto const batch  = static_cast<std::int64_t>(r.batch_size);

    torch::optim::SGD optimizer(net.parameters(), torch::optim::SGDOptions(r.highest_rate).momentum(r.momentum).weight_decay(r.weight_decay));
    auto&             sgd = static_cast<torch::optim::SGDOptions&>(optimizer.param_groups().front().options());

    std::vector<epoch_record>  curve;
    std::vector<torch::Tensor> best;
    double                     best_accuracy = -1.0;
    for (std::size_t epoch = 0; epoch < r.epochs; ++epoch) {
        auto const plan = plan_epoch(set.labels.size(), o, epoch, device);
        auto const zero = torch::zeros({}, torch::TensorOptions().dtype(torch::kDouble).device(device));
        auto       loss = zero.clone(), right = zero.clone();  // added up where they are, so that nobody waits for a device at every batch
        for (std::int64_t first = 0; first < n; first += batch) {
            auto const last   = std::min(first + batch, n);
            auto const part   = [&](torch::Tensor const& t) { return t.slice(0, first, last); };
            auto const which  = part(plan.order);
            auto const labels = data.labels.index_select(0, which);
            auto       plain  = in_unit(data.images.index_select(0, which));
            if (r.crop > 0) {
                plain = cut_out(plain, static_cast<std::int64_t>(r.crop), part(plan.rows), part(plan.columns));
            }
            auto const images = torch::where(part(plan.flip), plain.flip(3), plain);

            // Steps are taken between epochs, the cycle goes on within them.
            auto const within = r.rate_course == course::steps ? 0.0 : static_cast<double>(first) / static_cast<double>(n);
            sgd.lr(rate_at((static_cast<double>(epoch) + within) / static_cast<double>(r.epochs), r));
            auto const logits = net.forward(images);
            auto const error  = torch::nn::functional::cross_entropy(logits, labels);
            optimizer.zero_grad();
            error.backward();
            optimizer.step();

            loss += error.detach().to(torch::kDouble) * static_cast<double>(last - first);
            right += logits.detach().argmax(1).eq(labels).sum();
            bar.advance();
        }
        curve.push_back({loss.item<double>() / static_cast<double>(n), right.item<double>() / static_cast<double>(n), accuracy_of(net, unseen)});
        if (r.keep_best && curve.back().held_out_accuracy > best_accuracy) {
            best_accuracy = curve.back().held_out_accuracy;
            best.clear();
            for (auto const& t : state_of(net)) {
                best.push_back(t.detach().clone());
            }
        }
    }
    torch::NoGradGuard const quiet;
    auto const               now = state_of(net);
    for (std::size_t i = 0; i < best.size(); ++i) {
        now[i].copy_(best[i]);
    }
    return curve;
}

}  // namespace quickstart
