// Promise: a scalar that no view of device memory has is refused by a sentence. Needs hallmark::torch.
#include <hallmark/backend/torch_cuda.hpp>

auto f(at::Tensor const& t) { return hallmark::cuda_view<int>(t); }
