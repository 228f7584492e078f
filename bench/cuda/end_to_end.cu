// The whole audit of many users on a device, from the marks to the p-values: every user's pictures in their published and withheld versions, through a
// ResNet-18 of LibTorch (He, Zhang, Ren & Sun 2016, for pictures of 32 x 32: no first pooling) with weights that nobody trained.
//
// usage: bench.cuda.end_to_end [USERS [PICTURES [WITHHELD]]]      100, 25 and 999 without them. 77: LibTorch has no CUDA device.
#include <ATen/core/ivalue.h>  // before all others of LibTorch: clang in C++20 needs it

#include <hallmark/backend/cuda.cuh>
#include <hallmark/backend/torch_cuda.hpp>
#include <hallmark/mark/marker.hpp>

#include <torch/torch.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

namespace {
namespace nn = torch::nn;

auto convolution(std::int64_t in, std::int64_t out, std::int64_t size, std::int64_t stride) -> nn::Conv2d {
    return nn::Conv2d(nn::Conv2dOptions(in, out, size).stride(stride).padding(size / 2).bias(false));
}

struct block : nn::Module {
    nn::Conv2d      first, second;
    nn::BatchNorm2d first_norm, second_norm;
    nn::Sequential  past;  // empty where the shapes agree

    block(std::int64_t in, std::int64_t out, std::int64_t stride)
        : first(register_module("first", convolution(in, out, 3, stride))),
          second(register_module("second", convolution(out, out, 3, 1))),
          first_norm(register_module("first_norm", nn::BatchNorm2d(out))),
          second_norm(register_module("second_norm", nn::BatchNorm2d(out))) {
        if (in != out || stride != 1) {
            past = register_module("past", nn::Sequential(convolution(in, out, 1, stride), nn::BatchNorm2d(out)));
        }
    }
    auto forward(at::Tensor const& x) -> at::Tensor {
        auto const y = second_norm(second(torch::relu(first_norm(first(x)))));
        return torch::relu(y + (past.is_empty() || past->size() == 0 ? x : past->forward(x)));
    }
};

struct resnet18 : nn::Module {
    nn::Conv2d                          stem = register_module("stem", convolution(3, 64, 3, 1));
    nn::BatchNorm2d                     norm = register_module("norm", nn::BatchNorm2d(64));
    std::vector<std::shared_ptr<block>> blocks;
    nn::Linear                          last = register_module("last", nn::Linear(512, 10));

    resnet18() {
        std::int64_t in = 64;
        for (std::int64_t const out : {64, 128, 256, 512}) {
            for (int i = 0; i < 2; ++i) {
                auto const name = "block" + std::to_string(blocks.size());
                blocks.push_back(register_module(name, std::make_shared<block>(in, out, in != out ? 2 : 1)));
                in = out;
            }
        }
    }
    auto forward(at::Tensor x) -> at::Tensor {
        x = torch::relu(norm(stem(x)));
        for (auto const& b : blocks) {
            x = b->forward(x);
        }
        return last(x.mean({2, 3}));
    }
};

void run(std::int64_t users, std::int64_t pictures, std::uint32_t withheld) {
    using clock = std::chrono::steady_clock;
    torch::manual_seed(1);
    hallmark::cuda_executor const device;
    resnet18                      net;
    net.to(at::kCUDA);
    auto const all   = torch::randint(0, 256, {users, pictures, 3, 32, 32}, at::TensorOptions().device(at::kCUDA).dtype(at::kByte));
    auto const mark  = hallmark::marker(hallmark::secret_key::generate());
    auto       model = hallmark::torch_cuda_module(device.ordinal(), net);

    hallmark::counterfactual_options options{.alpha = 0.05, .withheld = withheld};
    options.batch_size = 4096;
    std::vector<std::size_t> labels;
    for (std::int64_t i = 0; i < pictures; ++i) {
        labels.push_back(static_cast<std::size_t>(i % 10));
    }
    std::size_t shown = 0, asked = 0;
    auto const  audit = [&](std::int64_t user) {
        auto const v = hallmark::cuda_counterfactual_audit(device, model, mark, hallmark::cuda_view<std::uint8_t const>(all[user]), labels,
                                                            static_cast<std::uint64_t>(user), options);
        shown += v.outcome == hallmark::decision::shown ? 1u : 0u;
        asked += v.queries;
    };
    audit(0);  // the kernels are loaded and LibTorch's memory is there
    shown = asked = 0;
    torch::cuda::synchronize();
    auto const from = clock::now();
    for (std::int64_t user = 0; user < users; ++user) {
        audit(user);
    }
    torch::cuda::synchronize();
    auto const s = std::chrono::duration<double>(clock::now() - from).count();
    std::printf("counterfactual audits of %lld users x %lld pictures x %u withheld keys, ResNet-18: %.1f s, %.3g questions a second, %zu users accused\n",
                static_cast<long long>(users), static_cast<long long>(pictures), withheld, s, static_cast<double>(asked) / s, shown);
}

auto number(int argc, char** argv, int at, long otherwise) -> long { return argc > at ? std::strtol(argv[at], nullptr, 10) : otherwise; }
}  // namespace

auto main(int argc, char** argv) -> int {
    if (!torch::cuda::is_available()) {
        std::puts("skipped: LibTorch has no CUDA device, so there is no network to ask");
        return 77;
    }
    try {
        run(number(argc, argv, 1, 100), number(argc, argv, 2, 25), static_cast<std::uint32_t>(number(argc, argv, 3, 999)));
    } catch (std::exception const& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
    return 0;
}
