// The plug-in that opens TorchScript files: the only source of the program that includes LibTorch.
#include <hallmark/backend/torchscript.hpp>

#include "suspect.hpp"

#include <cstddef>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace {
class torchscript_suspect final : public cli::suspect {
public:
    explicit torchscript_suspect(hallmark::torchscript_model model) : model_(std::move(model)) {}

    auto logits(hallmark::tensor_view<float const> batch) -> hallmark::image_batch<float> override {
        auto const out = ask(batch).contiguous();
        hallmark::detail::require(out.dim() == 2 && static_cast<std::size_t>(out.size(0)) == batch.samples(), hallmark::errc::shape_mismatch,
                                  "hallmark::torchscript: the module returned a tensor of rank ", out.dim(), " for ", batch.samples(),
                                  " pictures; allowed is a matrix of logits with a row for each picture");
        auto const classes = static_cast<std::size_t>(out.size(1));
        auto const first   = out.data_ptr<float>();
        return hallmark::image_batch<float>(batch.samples(), classes, 1, 1, std::vector<float>(first, first + batch.samples() * classes));
    }

private:
    /// LibTorch answers a picture that does not fit with a page of stack trace; one line of it says what is wrong.
    auto ask(hallmark::tensor_view<float const> batch) -> at::Tensor {
        try {
            return model_(batch);
        } catch (hallmark::error const&) {
            throw;
        } catch (std::exception const& e) {
            auto const text   = std::string(e.what());
            auto const reason = text.find("RuntimeError: ");
            auto const line   = text.substr(reason == std::string::npos ? 0 : reason);
            hallmark::detail::fail(hallmark::errc::bad_format, "hallmark::torchscript: the model failed on pictures of ", batch.height(), " x ", batch.width(),
                                   " pixels and ", batch.channels(), " channels: ", line.substr(0, line.find('\n')));
        }
    }

    hallmark::torchscript_model model_;
};
}  // namespace

extern "C" [[gnu::visibility("default")]] auto hallmark_open_torchscript(char const* path) -> cli::suspect* {
    return new torchscript_suspect(hallmark::load_torchscript(path));
}
