// TorchScript files as hallmark models: what a Python user saves with torch.jit.save.
#pragma once

#include <hallmark/backend/torch.hpp>
#include <hallmark/error.hpp>

#include <torch/script.h>

#include <exception>
#include <fstream>
#include <string>

namespace hallmark::inline v0 {

namespace detail {
struct torchscript_forward {
    torch::jit::script::Module module;
    auto                       operator()(at::Tensor const& x) -> at::Tensor {
        auto const out = module.forward({x});
        require(out.isTensor(), errc::bad_format, "hallmark::torchscript: the module returns ", out.tagKind(), "; allowed is one tensor of logits");
        return out.toTensor();
    }
};
}  // namespace detail

using torchscript_model = torch_model<detail::torchscript_forward>;

/// Loads a scripted or traced module onto the CPU, in eval mode. Only load files from people you trust:
/// TorchScript is a programming language.
[[nodiscard]] inline auto load_torchscript(std::string const& path) -> torchscript_model {
    detail::require(std::ifstream(path, std::ios::binary).get() != std::char_traits<char>::eof(), errc::io_failure, "hallmark::load_torchscript: ", path,
                    " cannot be read");
    try {
        auto module = torch::jit::load(path, at::kCPU);
        module.eval();
        return torchscript_model({module});
    } catch (std::exception const& e) {
        // The first line says what is wrong; the rest is a stack trace.
        auto const text = std::string(e.what());
        detail::fail(errc::io_failure, "hallmark::load_torchscript: ", path, " is not a TorchScript module: ", text.substr(0, text.find('\n')));
    }
}

}  // namespace hallmark::inline v0
