// The code in docs/*.md that needs LibTorch, compiled and run.
#include <hallmark/backend/cuda.hpp>
#include <hallmark/backend/torch.hpp>
#include <hallmark/backend/torch_cuda.hpp>
#include <hallmark/backend/torchscript.hpp>

#include <torch/torch.h>

#include <hallmark/hallmark.hpp>

#undef CHECK  // glog's, which comes with LibTorch
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "support/temp_folder.hpp"

namespace {
struct small_net : torch::nn::Module {
    small_net() { fc = register_module("fc", torch::nn::Linear(3 * 8 * 8, 10)); }
    auto forward(at::Tensor x) -> at::Tensor { return fc->forward(x.flatten(1)); }

    torch::nn::Linear fc{nullptr};
};
}  // namespace

TEST_CASE("LibTorch tensors are marked, and its modules audited") {
    torch::manual_seed(1);
    auto const                     net    = std::make_shared<small_net>();
    std::vector<std::size_t> const labels = {0, 1, 2, 3};
    // clang-format off
    // [torch]
    at::Tensor const originals = torch::rand({4, 3, 8, 8});  // float in [0, 1], or Byte
    hallmark::marker const mark(hallmark::secret_key::generate());
    at::Tensor const published = mark(originals, "ada");

    auto model = hallmark::torch_module(*net);  // eval mode while it is asked, then back
    auto const v = hallmark::counterfactual_audit(model, mark, originals, labels, "ada", {.alpha = 0.05, .withheld = 19});
    // [/torch]
    // clang-format on
    CHECK(v.null_size == 19);
    CHECK(!torch::equal(originals, published));
    // clang-format off
    // [torch-callable]
    auto two_steps = hallmark::torch_model([&](at::Tensor const& x) { return net->forward(x * 2 - 1); });
    // [/torch-callable]
    // clang-format on
    CHECK(hallmark::score_samples(two_steps, originals, labels, hallmark::neg_cross_entropy{}).size() == 4);
}

TEST_CASE("TorchScript files are models") {
    temp_folder const  folder;
    std::string const  path = folder / "suspect.pt";
    torch::jit::Module script("net");
    script.define("def forward(self, x):\n    return x.flatten(1)\n");
    script.save(path);
    at::Tensor const               pictures = torch::rand({2, 3, 2, 2});
    std::vector<std::size_t> const labels   = {0, 5};
    // clang-format off
    // [torchscript]
  // In Python: torch.jit.trace(model.eval(), torch.rand(1, 3, 32, 32)).save("suspect.pt")
    auto model = hallmark::load_torchscript(path);
    auto usual = hallmark::normalised(std::move(model), {0.485f, 0.456f, 0.406f}, {0.229f, 0.224f, 0.225f});
    auto const scores = hallmark::score_samples(usual, pictures, labels, hallmark::neg_cross_entropy{});
    // [/torchscript]
    // clang-format on
    CHECK(scores.size() == 2);
}

namespace {
/// Logits that say they are on a device, as do the pictures: Debian's LibTorch has no CUDA.
auto said_to_be_there(void* data, std::vector<std::int64_t> const& sizes, at::ScalarType type) -> at::Tensor {
    auto const there = at::Device(at::kCUDA, 0);
    return at::for_blob(data, sizes).options(at::TensorOptions().dtype(type).device(there)).target_device(there).make_tensor();
}
struct net_on_a_device : torch::nn::Module {
    explicit net_on_a_device(float* room) : logits(room) {}
    auto   forward(at::Tensor const& x) -> at::Tensor { return said_to_be_there(logits, {x.size(0), 2}, at::kFloat); }
    float* logits;
};
}  // namespace

TEST_CASE("LibTorch on a device, audited there") {
    hallmark::emulated_cuda const  device;
    auto const                     bytes    = device.array(std::vector<std::uint8_t>(2 * 3 * 8 * 8, 100));
    auto const                     pictures = said_to_be_there(bytes.data, {2, 3, 8, 8}, at::kByte);
    auto const                     room     = device.array(std::vector<float>(4096, 0.25f));
    auto const                     net      = std::make_shared<net_on_a_device>(room.data);
    std::vector<std::size_t> const labels   = {0, 1};
    hallmark::marker const         mark(hallmark::secret_key::generate());
    // clang-format off
    // [cuda-torch]
    auto model    = hallmark::torch_cuda_module(device.ordinal(), *net);  // eval mode while it is asked, gradients off
    auto const in = hallmark::cuda_view<std::uint8_t const>(pictures);  // (N, 3, H, W) on the device, no copy
    auto const v  = hallmark::cuda_counterfactual_audit(device, model, mark, in, labels, "ada", {.alpha = 0.05, .withheld = 19});
    // [/cuda-torch]
    // clang-format on
    CHECK(v.queries == 40);
}
