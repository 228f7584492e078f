// What hallmark's own benchmarks on a device share: memory, times by events, and the device's measured copy bandwidth.
#pragma once

#include <hallmark/backend/cuda.cuh>

#include "report.hpp"

#include <cstddef>
#include <cstdio>
#include <exception>
#include <vector>

namespace bench {

/// Memory of the device for as long as this lives, filled with bytes that are not all alike.
template <class T>
class buffer {
public:
    explicit buffer(std::size_t n) : n_(n) { hallmark::detail::device::require_success(cudaMalloc(&data_, n * sizeof(T)), "cudaMalloc"); }
    explicit buffer(std::vector<T> const& from) : buffer(from.size()) { cudaMemcpy(data_, from.data(), n_ * sizeof(T), cudaMemcpyHostToDevice); }
    buffer(buffer const&)                    = delete;
    auto operator=(buffer const&) -> buffer& = delete;
    ~buffer() { cudaFree(data_); }

    [[nodiscard]] auto data() const noexcept -> T* { return data_; }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return n_; }
    [[nodiscard]] auto span() const noexcept -> hallmark::cuda_span<T> { return {data_, n_}; }

private:
    T*          data_ = nullptr;
    std::size_t n_;
};

/// The median time of some runs, in seconds, between two events on the stream.
template <class Work>
auto seconds(hallmark::cuda_executor const& ex, Work const& work) -> double {
    cudaEvent_t from{}, to{};
    cudaEventCreate(&from);
    cudaEventCreate(&to);
    auto const out = median_of_runs([&] {
        cudaEventRecord(from, ex.stream());
        work();
        cudaEventRecord(to, ex.stream());
        cudaEventSynchronize(to);
        float ms = 0.0f;
        cudaEventElapsedTime(&ms, from, to);
        return static_cast<double>(ms) * 1e-3;
    });
    cudaEventDestroy(from);
    cudaEventDestroy(to);
    return out;
}

/// Bytes read and written by a second of copying 1 GiB within the device.
inline auto copy_bandwidth(hallmark::cuda_executor const& ex) -> double {
    std::size_t const           bytes = std::size_t{1} << 30;
    buffer<unsigned char> const a(bytes), b(bytes);
    cudaMemset(a.data(), 0x5a, bytes);
    auto const s = seconds(ex, [&] { cudaMemcpyAsync(b.data(), a.data(), bytes, cudaMemcpyDeviceToDevice, ex.stream()); });
    return 2.0 * static_cast<double>(bytes) / s;
}

/// Runs the benchmarks where there is a device. Exit status 77 is "skipped".
template <class Benchmarks>
auto run(Benchmarks const& benchmarks) -> int {
    int count = 0;
    if (cudaGetDeviceCount(&count) != cudaSuccess || count == 0) {
        std::puts("skipped: there is no CUDA device");
        return 77;
    }
    try {
        cudaDeviceProp about{};
        cudaGetDeviceProperties(&about, 0);
        cudaStream_t stream{};
        cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
        hallmark::cuda_executor const ex(stream);
        auto const                    copy = copy_bandwidth(ex);
        std::printf("%s, %d multiprocessors, L2 %d MiB; a copy reads and writes %.0f GB/s\n", about.name, about.multiProcessorCount, about.l2CacheSize >> 20,
                    copy * 1e-9);
        benchmarks(ex, copy);
        cudaStreamDestroy(stream);
    } catch (std::exception const& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
    return 0;
}

}  // namespace bench
