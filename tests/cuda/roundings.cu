// The float arithmetic of the published noise as kernels, for roundings.sh to look at what nvcc makes of it.
#include <hallmark/backend/cuda/nvcc.hpp>

#include <hallmark/noise/pnoise2_grid.hpp>
#include <hallmark/parity/noise.hpp>
#include <hallmark/parity/sine.hpp>

#include <cstdint>

using namespace hallmark;

__global__ void octave(float* out, detail::pnoise_axis const* axes, std::uint8_t const* permutation) {
    *out = detail::pnoise_octave(axes[0], axes[1], permutation);
}
__global__ void sum_of_octaves(float* out, detail::pnoise_octaves* o) {
    *out = detail::quotient(detail::plus(*out, detail::times(out[1], o->height)), o->most);
    o->next();
}
__global__ void place(float* out, float period, std::uint32_t i) { *out = detail::pnoise_grid{period, 1, 1, 1}.place(i); }
__global__ void argument(float* out, float least, float range, float frequency) {
    *out = detail::parity_argument(detail::parity_share(*out, least, range), frequency);
}
__global__ void sine(float* out) { *out = parity_sine(*out); }
