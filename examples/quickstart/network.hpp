// The network: a small residual CNN, 117,000 weights for ten classes.
#pragma once

#include <hallmark/backend/torch.hpp>  // before torch/torch.h: see there

#include <torch/torch.h>

#include <cstdint>

namespace quickstart {

/// Convolution 3 x 3, batch normalisation, ReLU.
struct convolution_impl : torch::nn::Module {
    convolution_impl(std::int64_t in, std::int64_t out, std::int64_t stride)
        : weights(register_module("weights", torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3).stride(stride).padding(1).bias(false)))),
          norm(register_module("norm", torch::nn::BatchNorm2d(out))) {}

    auto forward(torch::Tensor const& x) -> torch::Tensor { return torch::relu(norm(weights(x))); }

    torch::nn::Conv2d      weights;
    torch::nn::BatchNorm2d norm;
};
using convolution = torch::nn::ModuleHolder<convolution_impl>;

/// Channels 3, 16, 32, 64, each step half as wide as the one before, with residual blocks at 32 and 64. Takes colour pictures
/// with pixels in [0, 1], of any size from 8 x 8; gives logits.
struct network : torch::nn::Module {
    explicit network(std::int64_t classes)
        : first(register_module("first", convolution(3, 16, 1))),
          second(register_module("second", convolution(16, 32, 2))),
          second_a(register_module("second_a", convolution(32, 32, 1))),
          second_b(register_module("second_b", convolution(32, 32, 1))),
          third(register_module("third", convolution(32, 64, 2))),
          third_a(register_module("third_a", convolution(64, 64, 1))),
          third_b(register_module("third_b", convolution(64, 64, 1))),
          last(register_module("last", torch::nn::Linear(64, classes))) {}

    auto forward(torch::Tensor const& pixels) -> torch::Tensor {
        auto x = ((pixels - 0.5) / 0.25).contiguous(at::MemoryFormat::ChannelsLast);  // a third faster on a CPU
        x      = second(first(x));
        x      = x + second_b(second_a(x));
        x      = third(x);
        x      = x + third_b(third_a(x));
        return last(torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1));
    }

    convolution       first, second, second_a, second_b, third, third_a, third_b;
    torch::nn::Linear last;
};

}  // namespace quickstart
