// That a user's kernels compile and link beside hallmark's. Without a device it only says so.
#include <hallmark/backend/cuda.cuh>

#include <cstdio>

__global__ void invert(float* pixels, unsigned n) {
    auto const i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        pixels[i] = 1.0f - pixels[i];
    }
}

int main() {
    int devices = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        std::puts("there is no CUDA device");
        return 0;
    }
    hallmark::cuda_executor const device;
    auto const                    key = hallmark::secret_key::generate();
    hallmark::mark_plan           plan;
    plan.add(key, "a user", 2);
    auto const n        = 2u * 3 * 8 * 8;
    auto const pixels   = static_cast<float*>(device.allocate(n * sizeof(float)));
    auto const pictures = hallmark::cuda_nchw(pixels, 2, 3, 8, 8);
    device.fill(pixels, 0, n * sizeof(float));
    invert<<<2, 256>>>(pixels, n);
    hallmark::cuda_marks const marks(device, plan);
    marks.into(pictures, pictures);
    marks.check_pixels();
    device.release(pixels);
    return 0;
}
