// A counterfactual audit that never leaves the GPU: pictures are marked there, a model that lives there is asked about them, and only scores
// come back.
//
// Two models are audited. One has memorised an owner's published pictures, the other has memorised pictures of somebody else.
// Each is asked about the published versions and about 999 versions that could have been published: the first knows which ones they were.
#include <hallmark/backend/cuda.cuh>

#include <array>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace {

constexpr std::size_t channels = 3, side = 32, pixels = channels * side * side, classes = 10;
constexpr std::size_t owned = 25, memory = 500;  // pictures of the owner, and in a model's training set

/// Stands in for a network: the logit of a class is minus the distance to the nearest picture of that class that the model has seen. A block for
/// each pair of picture and class.
__global__ void nearest(float const* asked, std::uint8_t const* seen, float* logits) {
    __shared__ float part[128];
    auto const*      x     = asked + blockIdx.x * pixels;
    auto             least = 1e30f;
    for (std::size_t m = blockIdx.y; m < memory; m += classes) {  // picture m is of class m mod 10
        auto const* y   = seen + m * pixels;
        auto        sum = 0.0f;
        for (auto i = threadIdx.x; i < pixels; i += blockDim.x) {
            auto const d = x[i] - static_cast<float>(y[i]) / 255.0f;
            sum += d * d;
        }
        part[threadIdx.x] = sum;
        __syncthreads();
        for (auto step = blockDim.x / 2; step > 0; step /= 2) {
            if (threadIdx.x < step) {
                part[threadIdx.x] += part[threadIdx.x + step];
            }
            __syncthreads();
        }
        least = part[0] < least ? part[0] : least;
        __syncthreads();
    }
    if (threadIdx.x == 0) {
        logits[blockIdx.x * classes + blockIdx.y] = -least;
    }
}

/// What hallmark asks: a callable from pictures to logits. It launches on the stream and waits for nothing.
struct memoriser {
    std::uint8_t const* seen;
    float*              logits;
    cudaStream_t        stream;

    auto operator()(hallmark::tensor_view<float const, hallmark::cuda_space> x) const -> hallmark::tensor_view<float const, hallmark::cuda_space> {
        nearest<<<dim3(static_cast<unsigned>(x.samples()), classes), 128, 0, stream>>>(x.data, seen, logits);
        return hallmark::cuda_nchw<float const>(logits, x.samples(), classes, 1, 1);
    }
};

/// Soft blobs, another picture for each number.
void paint(std::vector<std::uint8_t>& to, std::size_t number) {
    for (std::size_t i = 0; i < pixels; ++i) {
        auto const row = static_cast<int>(i / side % side), column = static_cast<int>(i % side), channel = static_cast<int>(i / (side * side));
        auto const a = static_cast<int>(number * 7 + 3) % 32 - column, b = static_cast<int>(number * 13 + 5) % 32 - row;
        to.push_back(static_cast<std::uint8_t>(40 + (a * a + b * b + channel * 37) % 160));
    }
}

/// Fixed, so that the example prints the same every time; an owner's key comes from `secret_key::generate` or from a file.
auto example_key() -> hallmark::secret_key {
    std::array<std::uint8_t, hallmark::secret_key::size> bytes{};
    bytes[0] = 42;
    return hallmark::secret_key::from_bytes(bytes);
}

auto audit_both() -> int {
    using namespace hallmark;
    cudaStream_t stream{};
    cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
    int status = 1;
    {
        cuda_executor const ex(stream);
        marker const        mark(example_key());

        std::vector<std::uint8_t> pictures, others;
        std::vector<std::size_t>  labels;
        for (std::size_t i = 0; i < owned; ++i) {
            paint(pictures, i);
            labels.push_back(i % classes);
        }
        for (std::size_t i = 0; i < memory; ++i) {
            paint(others, 1000 + i);
        }
        std::uint8_t *        originals = nullptr, *guilty = nullptr, *innocent = nullptr;
        float*                logits = nullptr;
        constexpr std::size_t batch  = 1024;
        cudaMalloc(&originals, pictures.size());
        cudaMalloc(&guilty, others.size());
        cudaMalloc(&innocent, others.size());
        cudaMalloc(&logits, batch * classes * sizeof(float));
        ex.copy_to_device(originals, pictures.data(), pictures.size());
        ex.copy_to_device(guilty, others.data(), others.size());
        ex.copy_to_device(innocent, others.data(), others.size());

        // What the owner publishes is version 0 of the marks; the first model trains on it.
        mark_plan plan(mark.parameters());
        plan.add(mark.key(), "ada", owned);
        auto const view = cuda_nchw<std::uint8_t const>(originals, owned, channels, side, side);
        cuda_marks(ex, plan).into(cuda_nchw(guilty, owned, channels, side, side), view);

        counterfactual_options options;
        options.withheld   = 999;
        options.batch_size = batch;
        auto const caught  = cuda_counterfactual_audit(ex, memoriser{guilty, logits, stream}, mark, view, labels, "ada", options);
        auto const clean   = cuda_counterfactual_audit(ex, memoriser{innocent, logits, stream}, mark, view, labels, "ada", options);
        std::printf("trained on the published pictures: p = %.3f after %llu questions\n", caught.p_value, static_cast<unsigned long long>(caught.queries));
        std::printf("trained on other pictures:         p = %.3f\n", clean.p_value);
        status = caught.p_value == caught.smallest_p && clean.p_value > 0.05 ? 0 : 1;
        for (void* p : {static_cast<void*>(originals), static_cast<void*>(guilty), static_cast<void*>(innocent), static_cast<void*>(logits)}) {
            cudaFree(p);
        }
    }
    cudaStreamDestroy(stream);
    return status;
}

}  // namespace

auto main() -> int {
    int count = 0;
    if (cudaGetDeviceCount(&count) != cudaSuccess || count == 0) {
        std::puts("skipped: there is no CUDA device");
        return 77;
    }
    try {
        return audit_both();
    } catch (hallmark::error const& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
