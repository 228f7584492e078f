// LibTorch tensors on a CUDA device as views of device memory, and LibTorch networks as models that are asked there.
//
// Neither nvcc nor a LibTorch with CUDA is needed to compile this: the launches are in backend/cuda.cuh. A tensor's work is on LibTorch's current stream, so
// bind the executor to it:
//
//     c10::cuda::CUDAGuard const here(device_index);
//     hallmark::cuda_executor const device(at::cuda::getCurrentCUDAStream());  // <c10/cuda/CUDAGuard.h>, <ATen/cuda/CUDAContext.h>
#pragma once

#include <hallmark/backend/cuda/nvcc.hpp>  // first

#include <hallmark/backend/cuda/half.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/torch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hallmark::inline v0 {

namespace detail {
/// LibTorch's name for a scalar of device memory.
template <class Scalar>
inline constexpr auto torch_scalar = [] {
    using plain = std::remove_const_t<Scalar>;
    static_assert(std::is_same_v<plain, float> || std::is_same_v<plain, double> || std::is_same_v<plain, float16> || std::is_same_v<plain, bfloat16> ||
                      std::is_same_v<plain, std::uint8_t> || std::is_same_v<plain, std::int64_t>,
                  "hallmark::torch: a view of device memory has float, double, hallmark::float16, hallmark::bfloat16, std::uint8_t or std::int64_t scalars");
    return std::is_same_v<plain, float>          ? at::kFloat
           : std::is_same_v<plain, double>       ? at::kDouble
           : std::is_same_v<plain, float16>      ? at::kHalf
           : std::is_same_v<plain, bfloat16>     ? at::kBFloat16
           : std::is_same_v<plain, std::uint8_t> ? at::kByte
                                                 : at::kLong;
}();

/// The address of a tensor's first element, on a device.
template <class Scalar>
[[nodiscard]] auto torch_device_data(at::Tensor const& t) -> Scalar* {
    require_torch_memory(t, at::kCUDA, "a CUDA device");
    require(t.scalar_type() == torch_scalar<Scalar>, errc::out_of_domain, "hallmark::torch: the tensor's scalars are ", at::toString(t.scalar_type()),
            "; allowed are ", at::toString(torch_scalar<Scalar>), ", those of the view that was asked for");
    if constexpr (!std::is_const_v<Scalar>) {
        require_torch_writable(t);
    }
    return static_cast<Scalar*>(t.data_ptr());
}
}  // namespace detail

/// Pictures: a tensor on a CUDA device, with its strides. Ranks as on the CPU: 4 is (sample, channel, row, column), 3 one picture, 2 one grey picture. The
/// view must not outlive the tensor. Which device it is on is checked by the algorithm that gets it.
template <class Scalar>
[[nodiscard]] auto cuda_view(at::Tensor const& t) -> tensor_view<Scalar, cuda_space> {
    auto* const data = detail::torch_device_data<Scalar>(t);
    return detail::torch_strided<tensor_view<Scalar, cuda_space>>(data, t);
}

/// Logits: a matrix (sample, class) on a CUDA device as the extents (samples, classes, 1, 1) that `cuda_score` and the audits take. `float`, `double`,
/// `float16` or `bfloat16`.
template <class Scalar>
[[nodiscard]] auto cuda_logits(at::Tensor const& t) -> tensor_view<Scalar const, cuda_space> {
    auto* const data = detail::torch_device_data<Scalar const>(t);
    detail::require(t.dim() == 2, errc::shape_mismatch, "hallmark::torch: the logits have rank ", t.dim(), "; allowed is 2, (sample, class)");
    return {data, {static_cast<std::size_t>(t.size(0)), static_cast<std::size_t>(t.size(1)), 1, 1}, {t.stride(0), t.stride(1), 1, 1}};
}

/// Labels (`std::int64_t const`), scores (`double`) and other lists: a dense tensor of rank 1 on a CUDA device.
template <class T>
[[nodiscard]] auto cuda_list(at::Tensor const& t) -> cuda_span<T> {
    auto* const data = detail::torch_device_data<T>(t);
    detail::require(t.dim() == 1 && t.is_contiguous(), errc::shape_mismatch, "hallmark::torch: the list has rank ", t.dim(),
                    t.is_contiguous() ? "" : " and gaps", "; allowed is a dense tensor of rank 1");
    return {data, static_cast<std::size_t>(t.numel())};
}

/// The same pixels as a tensor on device `ordinal`, extents (N, C, H, W), without a copy. The tensor must not outlive the view's memory, and must not be
/// written.
[[nodiscard]] inline auto to_torch(tensor_view<float const, cuda_space> batch, int ordinal) -> at::Tensor {
    detail::torch_sizes const as(batch);
    detail::require(as.forward, errc::out_of_domain, "hallmark::to_torch: the view has a negative stride, which LibTorch cannot express");
    auto const device = at::Device(at::kCUDA, static_cast<at::DeviceIndex>(ordinal));
    return at::for_blob(const_cast<float*>(batch.data), as.sizes)
        .strides(as.strides)
        .options(at::TensorOptions().dtype(at::kFloat).device(device))
        .target_device(device)
        .make_tensor();
}

/// A model for `cuda_counterfactual_audit` and `cuda_score_versions`, from any callable that takes a batch tensor on device `ordinal` and returns logits there;
/// gradients are off while it runs. Pass the audit's `device.ordinal()`.
template <class Forward>
class torch_cuda_model {
public:
    torch_cuda_model(int ordinal, Forward forward) : forward_(std::move(forward)), ordinal_(ordinal) {}

    /// The logits, (samples, classes, 1, 1), valid until the next call.
    auto operator()(tensor_view<float const, cuda_space> batch) -> tensor_view<float const, cuda_space> {
        at::NoGradGuard const quiet;
        logits_ = forward_(to_torch(batch, ordinal_));
        if (logits_.defined() && logits_.scalar_type() != at::kFloat) {
            logits_ = logits_.to(at::kFloat);
        }
        return cuda_logits<float>(logits_);
    }

private:
    Forward    forward_;
    int        ordinal_;
    at::Tensor logits_;  // keeps the memory
};

/// The same from a torch::nn::Module, evaluated in eval mode as `torch_module` does. `module` must outlive the result.
template <class Module>
[[nodiscard]] auto torch_cuda_module(int ordinal, Module& module) {
    return detail::with_torch_module(module, [&](auto forward) { return torch_cuda_model(ordinal, forward); });
}

}  // namespace hallmark::inline v0
