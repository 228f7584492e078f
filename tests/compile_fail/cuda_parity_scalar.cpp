// Promise: marked pictures of another scalar than the published program's are refused by a sentence.
#include <hallmark/backend/cuda.hpp>

void marks(hallmark::emulated_cuda const& device, hallmark::parity_plan const& plan, hallmark::tensor_view<double, hallmark::cuda_space> out,
           hallmark::tensor_view<std::uint8_t const, hallmark::cuda_space> in) {
    hallmark::cuda_parity_marks(device, plan).into(out, in);
}
