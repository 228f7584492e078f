// CUDA devices: the executor bound to a stream, and the kernel that runs the bodies of backend/cuda/.
#if !defined(__CUDACC__)
#    error "hallmark/backend/cuda.cuh launches kernels: compile this translation unit as CUDA (a .cu file). From C++, include hallmark/backend/cuda.hpp."
#endif
#pragma once

#include <hallmark/backend/cuda.hpp>
#include <hallmark/backend/cuda/failure.hpp>

#include <cuda_runtime.h>
#include <cub/device/device_radix_sort.cuh>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hallmark::inline v0 {

namespace detail::device {

inline void require_success(cudaError_t status, std::string_view what) {
    if (status != cudaSuccess) [[unlikely]] {
        cudaGetLastError();  // a failed launch is remembered, and would be blamed on the next call
        cuda_failure(what, cudaGetErrorName(status), cudaGetErrorString(status));
    }
}

/// The block of backend/cuda/block.hpp, as it is on a device.
template <unsigned Threads>
class device_block {
public:
    static constexpr unsigned threads = Threads;

    template <class T>
    class own {
    public:
        __device__ auto operator[](unsigned) noexcept -> T& { return value_; }

    private:
        T value_{};
    };

    explicit __device__ device_block(void* shared) noexcept : shared_(shared) {}

    [[nodiscard]] __device__ auto index() const noexcept -> std::uint64_t { return blockIdx.x; }
    [[nodiscard]] __device__ auto count() const noexcept -> std::uint64_t { return gridDim.x; }
    template <class T>
    [[nodiscard]] __device__ auto shared(std::size_t offset = 0) const noexcept -> T* {
        return reinterpret_cast<T*>(static_cast<unsigned char*>(shared_) + offset);
    }
    template <class F>
    __device__ void each(F&& f) const {
        f(threadIdx.x);
        __syncthreads();
    }
    template <class F>
    __device__ void apart(F&& f) const {
        f(threadIdx.x);
    }
    template <class T, class Op>
    __device__ void reduce_warps(own<T>& v, Op const& op, unsigned lanes = warp_size) const {
        for (unsigned step = lanes / 2; step > 0; step /= 2) {
            op(v[0], from_lane(v[0], step));
        }
    }
    template <class T, class Op>
    [[nodiscard]] __device__ auto reduce(own<T>& v, Op const& op, T* room) const -> T {
        reduce_warps(v, op);
        if (threadIdx.x % warp_size == 0) {
            room[threadIdx.x / warp_size] = v[0];
        }
        __syncthreads();
        auto out = room[0];
        for (unsigned w = 1; w < Threads / warp_size; ++w) {
            op(out, room[w]);
        }
        __syncthreads();  // the room is free again
        return out;
    }

private:
    template <class T>
    static __device__ auto from_lane(T const& v, unsigned step) -> T {
        static_assert(sizeof(T) % sizeof(unsigned) == 0);
        unsigned words[sizeof(T) / sizeof(unsigned)];
        memcpy(words, &v, sizeof v);
        for (auto& w : words) {
            w = __shfl_xor_sync(0xffffffffu, w, step);
        }
        T out;
        memcpy(&out, words, sizeof out);
        return out;
    }

    void* shared_;
};

// Static: a kernel of the same name in another library of the program may be built for other GPUs.
template <class Body>
static __global__ void __launch_bounds__(Body::threads) run_body(__grid_constant__ Body const body) {
    extern __shared__ __align__(16) unsigned char hallmark_shared[];
    body(device_block<Body::threads>(hallmark_shared));
}

}  // namespace detail::device

/// A device, by a stream of it. Copies are the same stream; one executor per stream, any number of them, from any threads. Nothing here
/// waits but `copy_to_host` and `wait`; nothing allocates but `allocate`, and that in the order of the stream.
class cuda_executor {
public:
    /// The stream belongs to the caller, to the device that is current, and must outlive the executor. CUDA tells of which device a stream is from 12.8 on;
    /// before, one of another device is only noticed when a launch fails.
    explicit cuda_executor(cudaStream_t stream = nullptr) : stream_(stream) {
        using detail::device::require_success;
        require_success(cudaGetDevice(&ordinal_), "cudaGetDevice");
#if CUDART_VERSION >= 12080
        if (stream_ != nullptr) {  // the null stream is whichever device's is current
            int own = ordinal_;
            require_success(cudaStreamGetDevice(stream_, &own), "cudaStreamGetDevice");
            detail::device::require_current(ordinal_, own, "hallmark::cuda_executor");
        }
#endif
        int bytes = 0, processors = 0;
        require_success(cudaDeviceGetAttribute(&bytes, cudaDevAttrMaxSharedMemoryPerBlockOptin, ordinal_), "cudaDeviceGetAttribute");
        require_success(cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, ordinal_), "cudaDeviceGetAttribute");
        shared_limit_ = static_cast<std::size_t>(bytes);
        most_blocks_  = static_cast<std::uint64_t>(processors) * 16;
    }

    [[nodiscard]] auto stream() const noexcept -> cudaStream_t { return stream_; }
    [[nodiscard]] auto ordinal() const noexcept -> int { return ordinal_; }
    /// Bytes of shared memory that a block can have.
    [[nodiscard]] auto shared_limit() const noexcept -> std::size_t { return shared_limit_; }
    /// How many blocks a loop over many elements is given: enough to fill the device.
    [[nodiscard]] auto most_blocks() const noexcept -> std::uint64_t { return most_blocks_; }

    /// Throws where another device is current, or where an earlier error waits in the stream: what is launched then never runs.
    void require_ready(std::string_view who) const {
        int current = -1;
        detail::device::require_success(cudaGetDevice(&current), "cudaGetDevice");
        detail::device::require_current(current, ordinal_, who);
        auto capturing = cudaStreamCaptureStatusNone;
        if (cudaStreamIsCapturing(stream_, &capturing) == cudaSuccess && capturing != cudaStreamCaptureStatusNone) {
            return;  // asking a stream that is being captured would break the capture
        }
        auto const state = cudaStreamQuery(stream_);
        if (state == cudaErrorNotReady && cudaPeekAtLastError() == cudaErrorNotReady) {
            cudaGetLastError();  // that a stream is busy is no error, but is remembered like one
        }
        detail::device::require_stream(state == cudaSuccess || state == cudaErrorNotReady, cudaGetErrorName(state), who);
    }

    [[nodiscard]] auto place_of(void const* at) const -> detail::device::place {
        cudaPointerAttributes about{};
        detail::device::require_success(cudaPointerGetAttributes(&about, at), "cudaPointerGetAttributes");
        if (about.type == cudaMemoryTypeManaged) {
            return {true, ordinal_};
        }
        return {about.type == cudaMemoryTypeDevice, about.type == cudaMemoryTypeDevice ? about.device : -1};
    }

    [[nodiscard]] auto allocate(std::size_t bytes) const -> void* {
        void* at = nullptr;
        detail::device::require_success(cudaMallocAsync(&at, bytes, stream_), "cudaMallocAsync");
        return at;
    }
    void release(void* at) const noexcept { cudaFreeAsync(at, stream_); }

    void copy_to_device(void* to, void const* from, std::size_t bytes) const {
        detail::device::require_success(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream_), "cudaMemcpyAsync to the device");
    }
    /// Waits for the stream.
    void copy_to_host(void* to, void const* from, std::size_t bytes) const {
        detail::device::require_success(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream_), "cudaMemcpyAsync to the host");
        wait();
    }
    void wait() const { detail::device::require_success(cudaStreamSynchronize(stream_), "cudaStreamSynchronize"); }
    void fill(void* to, unsigned char value, std::size_t bytes) const {
        detail::device::require_success(cudaMemsetAsync(to, value, bytes, stream_), "cudaMemsetAsync");
    }

    /// Temporary bytes that `sort` needs for n keys.
    template <class Key>
    [[nodiscard]] auto sort_room(std::size_t n) const -> std::size_t {
        std::size_t bytes = 0;
        detail::device::require_success(sort_by<Key>(nullptr, bytes, nullptr, nullptr, n), "cub::DeviceRadixSort");
        return bytes;
    }
    /// Writes the n keys in rising order to `to`.
    template <class Key>
    void sort(Key const* from, Key* to, std::size_t n, void* room, std::size_t bytes) const {
        detail::device::require_success(sort_by<Key>(room, bytes, from, to, n), "cub::DeviceRadixSort");
    }

    /// Runs a body (backend/cuda/block.hpp) on `blocks` blocks, and checks the launch.
    template <class Body>
    void launch(Body const& body, std::uint64_t blocks) const {
        auto const shared = body.shared_bytes();
        if (shared > 48 * 1024) {  // more must be asked for, for each kernel and device
            detail::device::require_success(
                cudaFuncSetAttribute(detail::device::run_body<Body>, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(shared)),
                "cudaFuncSetAttribute");
        }
        cudaLaunchConfig_t how{};
        how.gridDim          = dim3(static_cast<unsigned>(blocks));
        how.blockDim         = dim3(Body::threads);
        how.dynamicSmemBytes = shared;
        how.stream           = stream_;
        // Not <<<>>> and cudaGetLastError: that would tell of an error which the caller's own calls left behind.
        detail::device::require_success(cudaLaunchKernelEx(&how, detail::device::run_body<Body>, body), "the launch of a kernel");
    }

private:
    template <class Key>
    auto sort_by(void* room, std::size_t& bytes, Key const* from, Key* to, std::size_t n) const -> cudaError_t {
        return cub::DeviceRadixSort::SortKeys(room, bytes, from, to, n, 0, static_cast<int>(8 * sizeof(Key)), stream_);
    }

    cudaStream_t  stream_;
    int           ordinal_      = 0;
    std::size_t   shared_limit_ = 0;
    std::uint64_t most_blocks_  = 0;
};

}  // namespace hallmark::inline v0
