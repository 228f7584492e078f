// The code in docs/*.md that needs LibTorch, compiled and run.
#include <hallmark/backend/torch.hpp>
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
