// What hallmark's own benchmarks on a device share: memory, times by events, and the device's measured copy bandwidth.
#pragma once

#include <hallmark/backend/cuda.cuh>

#include "report.hpp"

#include <cstddef>
#include <cstdio>
#include <exception>
#include <vector>

namespace bench {

inline void must(cudaError_t status, char const* what) { hallmark::detail::device::require_success(status, what); }

/// Memory of the device for as long as this lives. Without numbers it is filled with one byte, so that no page is touched first in a run that counts.
template <class T>
class buffer {
public:
    explicit buffer(std::size_t n) : n_(n) {
        must(cudaMalloc(&data_, n * sizeof(T)), "cudaMalloc");
        must(cudaMemset(data_, 0x5a, n * sizeof(T)), "cudaMemset");
    }
    explicit buffer(std::vector<T> const& from) : buffer(from.size()) {
        must(cudaMemcpy(data_, from.data(), n_ * sizeof(T), cudaMemcpyHostToDevice), "cudaMemcpy");
    }
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
    must(cudaEventCreate(&from), "cudaEventCreate");
    must(cudaEventCreate(&to), "cudaEventCreate");
    auto const out = median_of_runs([&] {
        must(cudaEventRecord(from, ex.stream()), "cudaEventRecord");
        work();
        must(cudaEventRecord(to, ex.stream()), "cudaEventRecord");
        must(cudaEventSynchronize(to), "what was measured");
        float ms = 0.0f;
        must(cudaEventElapsedTime(&ms, from, to), "cudaEventElapsedTime");
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
    auto const s = seconds(ex, [&] { must(cudaMemcpyAsync(b.data(), a.data(), bytes, cudaMemcpyDeviceToDevice, ex.stream()), "cudaMemcpyAsync"); });
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
        must(cudaGetDeviceProperties(&about, 0), "cudaGetDeviceProperties");
        cudaStream_t stream{};
        must(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), "cudaStreamCreateWithFlags");
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
