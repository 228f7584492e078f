// The networks: a small residual CNN, 117,000 weights for ten classes, and wide residual networks as the published experiments have them.
#pragma once

#include <hallmark/backend/torch.hpp>  // before torch/torch.h: see there

#include <torch/torch.h>

#include "scale.hpp"

#include <cstdint>
#include <memory>
#include <stdexcept>

namespace quickstart {

/// Takes colour pictures with pixels in [0, 1], of any size from 8 x 8, from anywhere; gives logits on the device it is on.
struct network : torch::nn::Module {
    virtual auto logits(torch::Tensor const& pixels) -> torch::Tensor = 0;

    auto forward(torch::Tensor const& pixels) -> torch::Tensor { return logits((pixels.to(parameters().front().device()) - 0.5) / 0.25); }
};

inline auto conv(std::int64_t in, std::int64_t out, std::int64_t side, std::int64_t stride) -> torch::nn::Conv2d {
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, side).stride(stride).padding(side / 2).bias(false));
}
inline auto mean_of_places(torch::Tensor const& x) -> torch::Tensor { return torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1); }

/// Convolution 3 x 3, batch normalisation, ReLU.
struct convolution_impl : torch::nn::Module {
    convolution_impl(std::int64_t in, std::int64_t out, std::int64_t stride)
        : weights(register_module("weights", conv(in, out, 3, stride))), norm(register_module("norm", torch::nn::BatchNorm2d(out))) {}

    auto forward(torch::Tensor const& x) -> torch::Tensor { return torch::relu(norm(weights(x))); }

    torch::nn::Conv2d      weights;
    torch::nn::BatchNorm2d norm;
};
using convolution = torch::nn::ModuleHolder<convolution_impl>;

/// Channels 3, 16, 32, 64, each step half as wide as the one before, with residual blocks at 32 and 64.
struct small_network : network {
    explicit small_network(std::int64_t classes)
        : first(register_module("first", convolution(3, 16, 1))),
          second(register_module("second", convolution(16, 32, 2))),
          second_a(register_module("second_a", convolution(32, 32, 1))),
          second_b(register_module("second_b", convolution(32, 32, 1))),
          third(register_module("third", convolution(32, 64, 2))),
          third_a(register_module("third_a", convolution(64, 64, 1))),
          third_b(register_module("third_b", convolution(64, 64, 1))),
          last(register_module("last", torch::nn::Linear(64, classes))) {}

    auto logits(torch::Tensor const& pixels) -> torch::Tensor override {
        auto x = pixels.contiguous(at::MemoryFormat::ChannelsLast);  // a third faster on a CPU
        x      = second(first(x));
        x      = x + second_b(second_a(x));
        x      = third(x);
        x      = x + third_b(third_a(x));
        return last(mean_of_places(x));
    }

    convolution       first, second, second_a, second_b, third, third_a, third_b;
    torch::nn::Linear last;
};

/// Normalisation and ReLU before each of two convolutions (He et al. 2016b); where the channels change, the way around is a convolution, too.
struct wide_block_impl : torch::nn::Module {
    wide_block_impl(std::int64_t in, std::int64_t out, std::int64_t stride)
        : norm_a(register_module("norm_a", torch::nn::BatchNorm2d(in))),
          conv_a(register_module("conv_a", conv(in, out, 3, stride))),
          norm_b(register_module("norm_b", torch::nn::BatchNorm2d(out))),
          conv_b(register_module("conv_b", conv(out, out, 3, 1))) {
        if (in != out || stride != 1) {
            around = register_module("around", conv(in, out, 1, stride));
        }
    }

    auto forward(torch::Tensor const& x) -> torch::Tensor {
        auto const ready = torch::relu(norm_a(x));
        auto const added = conv_b(torch::relu(norm_b(conv_a(ready))));
        return added + (around.is_empty() ? x : around(ready));
    }

    torch::nn::BatchNorm2d norm_a;
    torch::nn::Conv2d      conv_a;
    torch::nn::BatchNorm2d norm_b;
    torch::nn::Conv2d      conv_b, around{nullptr};
};
using wide_block = torch::nn::ModuleHolder<wide_block_impl>;

/// WRN-depth-width (Zagoruyko & Komodakis 2016): three groups of (depth − 4) / 6 blocks with 16, 32 and 64 times width channels.
struct wide_network : network {
    wide_network(std::int64_t classes, architecture const& of)
        : first(register_module("first", conv(3, 16, 3, 1))),
          norm(register_module("norm", torch::nn::BatchNorm2d(64 * static_cast<std::int64_t>(of.width)))),
          last(register_module("last", torch::nn::Linear(64 * static_cast<std::int64_t>(of.width), classes))) {
        blocks           = register_module("blocks", torch::nn::Sequential());
        std::int64_t now = 16;
        for (std::int64_t group = 0; group < 3; ++group) {
            auto const channels = (16 << group) * static_cast<std::int64_t>(of.width);
            for (std::size_t i = 0; i < (of.depth - 4) / 6; ++i) {
                blocks->push_back(wide_block(now, channels, group > 0 && i == 0 ? 2 : 1));
                now = channels;
            }
        }
        for (auto const& part : modules(false)) {
            if (auto* const c = part->as<torch::nn::Conv2d>()) {
                torch::nn::init::kaiming_normal_(c->weight, 0.0, torch::kFanOut, torch::kReLU);
            }
        }
    }

    auto logits(torch::Tensor const& pixels) -> torch::Tensor override { return last(mean_of_places(torch::relu(norm(blocks->forward(first(pixels)))))); }

    torch::nn::Conv2d      first;
    torch::nn::Sequential  blocks{nullptr};
    torch::nn::BatchNorm2d norm;
    torch::nn::Linear      last;
};

[[nodiscard]] inline auto make_network(architecture const& of, std::int64_t classes) -> std::shared_ptr<network> {
    if (of.depth == 0) {
        return std::make_shared<small_network>(classes);
    }
    return std::make_shared<wide_network>(classes, of);
}

}  // namespace quickstart
