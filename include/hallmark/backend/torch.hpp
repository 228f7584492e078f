// LibTorch tensors as hallmark tensors, and LibTorch networks as hallmark models.
//
// Include LibTorch before doctest: glog's CHECK, which comes with it, would replace doctest's.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>

#include <ATen/core/ivalue.h>  // before all others of LibTorch, yours too: clang in C++20 needs it

#include <ATen/ATen.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// What every view of a tensor's memory asks for; `allowed` names the place `where` it must lie in.
inline void require_torch_memory(at::Tensor const& t, at::DeviceType where, std::string_view allowed) {
    require(t.defined(), errc::empty_input, "hallmark::torch: the tensor is undefined");
    require(t.device().type() == where, errc::out_of_domain, "hallmark::torch: the tensor is on device ", t.device().str(), "; allowed is ", allowed);
    require(t.layout() == at::kStrided, errc::out_of_domain, "hallmark::torch: the tensor is sparse; allowed are strided tensors");
    require(!t.is_neg(), errc::out_of_domain, "hallmark::torch: the tensor's memory holds its elements negated; resolve_neg() it first");
}
inline void require_torch_writable(at::Tensor const& t) {
    require(!t.defined() || !t.requires_grad(), errc::out_of_domain,
            "hallmark::torch: this tensor records gradients, so its memory must not be written; detach() it first");
}

/// The tensor's extents and strides over `data`, its last dimension the view's last. Rank 2 to 4.
template <class View, class Scalar>
[[nodiscard]] auto torch_strided(Scalar* data, at::Tensor const& t) -> View {
    require(t.dim() >= 2 && t.dim() <= 4, errc::shape_mismatch, "hallmark::torch: the tensor has rank ", t.dim(), "; allowed is 2 to 4");
    auto       v     = View{data, {1, 1, 1, 1}, {1, 1, 1, 1}};
    auto const first = static_cast<std::size_t>(4 - t.dim());
    for (std::size_t i = first; i < 4; ++i) {
        v.extent[i] = static_cast<std::size_t>(t.size(static_cast<std::int64_t>(i - first)));
        v.stride[i] = t.stride(static_cast<std::int64_t>(i - first));
    }
    return v;
}

/// A view's extents and strides as LibTorch takes them; it cannot express negative strides.
template <class Space>
struct torch_sizes {
    std::vector<std::int64_t> sizes, strides;
    bool                      forward = true;

    explicit torch_sizes(tensor_view<float const, Space> const& v) {
        for (int i = 0; i < 4; ++i) {
            sizes.push_back(static_cast<std::int64_t>(v.extent[i]));
            strides.push_back(v.extent[i] > 1 ? v.stride[i] : 1);
            forward = forward && strides.back() >= 0;
        }
    }
};
}  // namespace detail

/// A tensor's scalar and rank are known only at run time, so its view is a variant. Ranks: 4 is (sample,
/// channel, row, column), 3 is one picture (channel, row, column), 2 a matrix (logits: sample, class; or one
/// grey picture). Any strides are read; a tensor that was expanded cannot be written to by the algorithms. Tensors on a CUDA device:
/// `cuda_view` (backend/torch_cuda.hpp).
template <>
struct tensor_traits<at::Tensor> {
    static auto view(at::Tensor& t) -> image_view {
        detail::require_torch_writable(t);
        return make<image_view, float, std::uint8_t>(t);
    }
    static auto view(at::Tensor const& t) -> image_view_const { return make<image_view_const, float const, std::uint8_t const>(t); }
    static auto clone(at::Tensor const& t) -> at::Tensor {
        (void)view(t);  // an undefined tensor, say, gets our sentence and not a stack trace
        return t.detach().clone();
    }

private:
    template <class View, class Float, class Byte>
    static auto make(at::Tensor const& t) -> View {
        detail::require_torch_memory(t, at::kCPU, "the CPU");
        if (t.scalar_type() == at::kFloat) {
            return detail::torch_strided<tensor_view<Float>>(static_cast<Float*>(t.data_ptr<float>()), t);
        }
        detail::require(t.scalar_type() == at::kByte, errc::out_of_domain, "hallmark::torch: the tensor's scalars are ", at::toString(t.scalar_type()),
                        "; allowed are Float and Byte");
        return detail::torch_strided<tensor_view<Byte>>(static_cast<Byte*>(t.data_ptr<std::uint8_t>()), t);
    }
};

/// The same pixels as a tensor of extents (N, C, H, W), without a copy where LibTorch can express the strides;
/// it cannot express negative ones. The tensor must not outlive the view's memory, and must not be written.
[[nodiscard]] inline auto to_torch(tensor_view<float const> batch) -> at::Tensor {
    detail::torch_sizes const as(batch);
    if (as.forward) {
        return at::from_blob(const_cast<float*>(batch.data), as.sizes, as.strides, at::TensorOptions().dtype(at::kFloat));
    }
    auto out = at::empty(as.sizes, at::TensorOptions().dtype(at::kFloat));
    auto to  = nchw(out.data_ptr<float>(), batch.samples(), batch.channels(), batch.height(), batch.width());
    for (std::size_t n = 0; n < batch.samples(); ++n) {
        for (std::size_t c = 0; c < batch.channels(); ++c) {
            for (std::size_t h = 0; h < batch.height(); ++h) {
                for (std::size_t w = 0; w < batch.width(); ++w) {
                    to.at(n, c, h, w) = batch.at(n, c, h, w);
                }
            }
        }
    }
    return out;
}

/// A model from any callable that takes a batch tensor and returns logits; gradients are off while it runs.
///
///     hallmark::torch_model model([&](at::Tensor x) { return net->forward(x); });
template <class Forward>
class torch_model {
public:
    explicit torch_model(Forward forward) : forward_(std::move(forward)) {}

    auto operator()(tensor_view<float const> batch) -> at::Tensor {
        at::NoGradGuard const quiet;
        auto const            in  = to_torch(batch);
        at::Tensor            out = forward_(in);
        detail::require(out.defined(), errc::bad_format, "hallmark::torch_model: the model returned an undefined tensor; allowed is one tensor of logits");
        // A network that only reshapes hands its input back, and that memory is the caller's.
        return out.is_alias_of(in) ? out.clone() : out.to(at::kCPU, at::kFloat);
    }

private:
    Forward forward_;
};

namespace detail {
/// A module of LibTorch's C++ API, as far as torch_module needs it; asking this way leaves <torch/torch.h> out.
template <class M>
concept torch_nn_module = requires(M& m) {
    m.eval();
    m.train(true);
    m.modules(false);
    { m.is_training() } -> std::convertible_to<bool>;
};

/// Eval mode for as long as this lives, also when forward throws. Module::train is recursive, and a network may
/// hold parts in another mode than its own (a frozen batch normalisation), so every part's mode is kept.
template <class Module>
class eval_mode {
public:
    explicit eval_mode(Module& net) : module_(&net), parts_(net.modules(false)) {
        for (auto const& p : parts_) {
            training_.push_back(p->is_training());
        }
        was_training_ = net.is_training();
        net.eval();
    }
    eval_mode(eval_mode const&)                    = delete;
    auto operator=(eval_mode const&) -> eval_mode& = delete;
    ~eval_mode() {
        module_->train(was_training_);
        for (std::size_t i = 0; i < parts_.size(); ++i) {  // parents come before their children
            parts_[i]->train(training_[i]);
        }
    }

private:
    Module*                                                module_;
    decltype(std::declval<Module const&>().modules(false)) parts_;
    std::vector<bool>                                      training_;
    bool                                                   was_training_;
};

template <class Module>
struct torch_module_forward {
    Module* module;
    auto    operator()(at::Tensor const& x) -> at::Tensor {
        eval_mode<Module> const now(*module);
        return module->forward(x);
    }
};

/// What `module` is asked with, handed to `make`.
template <class Module, class Make>
[[nodiscard]] auto with_torch_module(Module& module, Make const& make) {
    static_assert(torch_nn_module<Module>,
                  "hallmark::torch_module: this is not a torch::nn::Module. Of a holder (torch::nn::Sequential, a shared_ptr) pass what it holds, *net; "
                  "for any other callable use torch_model.");
    if constexpr (torch_nn_module<Module>) {  // stop here, so that the sentence above is the only error
        return make(torch_module_forward<Module>{&module});
    }
}
}  // namespace detail

/// A model from a torch::nn::Module with a `forward(Tensor) -> Tensor`: evaluated in eval mode (dropout off,
/// batch statistics fixed), and every part of it put back into the mode it was in. `module` must outlive the
/// result, and must not be used by another thread meanwhile.
template <class Module>
[[nodiscard]] auto torch_module(Module& module) {
    return detail::with_torch_module(module, [](auto forward) { return torch_model(forward); });
}

}  // namespace hallmark::inline v0
