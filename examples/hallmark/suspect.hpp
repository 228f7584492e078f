// The model under suspicion: a TorchScript file, opened by a plug-in so that only those who need LibTorch wait for it.
//
// LibTorch brings some 280 shared libraries; linked into the program itself it would add most of a second to
// every command, also to `hallmark version`.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>

#include <memory>
#include <string>

namespace cli {

class suspect {
public:
    suspect()                                  = default;
    suspect(suspect const&)                    = delete;
    auto operator=(suspect const&) -> suspect& = delete;
    virtual ~suspect()                         = default;
    /// One row of logits per picture, extents (samples, classes, 1, 1).
    virtual auto logits(hallmark::tensor_view<float const> batch) -> hallmark::image_batch<float> = 0;
};

/// True if the plug-in lies beside the program.
[[nodiscard]] auto suspects_work() -> bool;
/// Refuses in one sentence where the plug-in is missing or the file is no TorchScript module.
[[nodiscard]] auto open_suspect(std::string const& path) -> std::unique_ptr<suspect>;

/// What the plug-in exports under the name "hallmark_open_torchscript".
using open_torchscript = suspect* (*)(char const* path);

}  // namespace cli
