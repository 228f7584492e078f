// A scalar that LibTorch and hallmark do not both have on a device.
#include <hallmark/backend/torch_cuda.hpp>

auto f(at::Tensor const& t) { return hallmark::cuda_view<int>(t); }
