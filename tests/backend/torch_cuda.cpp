// LibTorch tensors on a CUDA device. Where LibTorch has no CUDA, a tensor can still be made that says it is there: what is behind it is the emulated device.
#include <hallmark/backend/torch_cuda.hpp>  // before doctest: glog would replace its CHECK

#include <hallmark/backend/cuda.hpp>
#include <hallmark/mark/marker.hpp>

#include <cuda/pictures.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

using namespace hallmark;

namespace {
template <class T>
auto device_tensor(T* data, std::vector<std::int64_t> const& sizes, std::vector<std::int64_t> const& strides, at::ScalarType type) -> at::Tensor {
    auto const there = at::Device(at::kCUDA, 0);
    return at::for_blob(data, sizes).strides(strides).options(at::TensorOptions().dtype(type).device(there)).target_device(there).make_tensor();
}
}  // namespace

// Strides that are lost mark other pixels than those of the picture.
TEST_CASE("a tensor on a device is a view with its extents and strides") {
    float      some[240] = {};
    auto const t         = device_tensor(some, {2, 3, 4, 5}, {120, 1, 30, 6}, at::kFloat);
    auto const v         = cuda_view<float>(t);
    static_assert(std::is_same_v<decltype(v), tensor_view<float, cuda_space> const>);
    CHECK(v.data == some);
    CHECK(std::vector<std::size_t>(v.extent, v.extent + 4) == std::vector<std::size_t>{2, 3, 4, 5});
    CHECK(std::vector<std::ptrdiff_t>(v.stride, v.stride + 4) == std::vector<std::ptrdiff_t>{120, 1, 30, 6});

    std::uint8_t bytes[20] = {};
    auto const   grey      = cuda_view<std::uint8_t const>(device_tensor(bytes, {4, 5}, {5, 1}, at::kByte));
    CHECK(grey.samples() == 1);
    CHECK(grey.channels() == 1);
    CHECK(grey.row(0, 0, 3) == bytes + 15);

    std::uint16_t half[6] = {};
    auto const    z       = cuda_logits<float16>(device_tensor(half, {2, 3}, {1, 2}, at::kHalf));
    CHECK(z.samples() == 2);
    CHECK(z.channels() == 3);
    CHECK(z.row(1, 2, 0) == static_cast<void*>(half + 5));
    CHECK(cuda_logits<bfloat16>(device_tensor(half, {2, 3}, {3, 1}, at::kBFloat16)).stride[0] == 3);

    std::int64_t labels[7] = {};
    CHECK(cuda_list<std::int64_t const>(device_tensor(labels, {7}, {1}, at::kLong)).size == 7);
}

// From a network's tensors to a verdict, without a copy in between.
TEST_CASE("pictures of a tensor are marked, and a network on a device is audited") {
    emulated_cuda const device;
    auto const          batch = test_pictures<std::uint8_t>(2, 3, 12, 16);
    auto const          in = device.array(batch.elements()), out = device.array<std::uint8_t>(in.size);
    auto const          from = device_tensor(in.data, {2, 3, 12, 16}, {576, 192, 16, 1}, at::kByte);
    auto const          to   = device_tensor(out.data, {2, 3, 12, 16}, {576, 192, 16, 1}, at::kByte);
    auto const          mark = marker(test_key());
    mark_plan           plan(mark.parameters());
    plan.add(mark.key(), "ada", 2);
    cuda_marks(device, plan).into(cuda_view<std::uint8_t>(to), cuda_view<std::uint8_t const>(from));
    auto const wanted = mark(batch, "ada");
    CHECK(std::equal(out.data, out.data + out.size, wanted.elements().begin()));

    auto const                     room   = device.array<float>(64);
    std::size_t                    seen   = 0;
    auto                           ask    = torch_cuda_model(device.ordinal(), [&](at::Tensor const& x) {
        CHECK(x.device() == at::Device(at::kCUDA, 0));
        CHECK(!at::GradMode::is_enabled());
        seen += static_cast<std::size_t>(x.size(0));
        for (std::int64_t i = 0; i < 2 * x.size(0); ++i) {
            room.data[i] = static_cast<float>(i % 3);
        }
        return device_tensor(room.data, {x.size(0), 2}, {2, 1}, at::kFloat);
    });
    std::vector<std::size_t> const labels = {0, 1};
    auto const                     v =
        cuda_counterfactual_audit(device, ask, mark, cuda_view<std::uint8_t const>(from), labels, "ada", {.alpha = 0.05, .withheld = 19, .batch_size = 7});
    CHECK(v.queries == 40);
    CHECK(seen == 40);
}

namespace {
/// As much of a torch::nn::Module as is asked for.
struct some_module {
    struct part {
        void               train(bool) {}
        [[nodiscard]] auto is_training() const -> bool { return false; }
    };
    void               eval() { training = false; }
    void               train(bool on) { training = on; }
    [[nodiscard]] auto is_training() const -> bool { return training; }
    [[nodiscard]] auto modules(bool) const -> std::vector<part*> { return {}; }
    auto               forward(at::Tensor const& x) -> at::Tensor {
        was_training = training;
        return device_tensor(x.data_ptr<float>(), {x.size(0), 2}, {2, 1}, at::kFloat);
    }
    bool training = true, was_training = true;
};
}  // namespace

TEST_CASE("a module on a device is asked in eval mode") {
    float       some[8] = {};
    some_module net;
    auto        ask    = torch_cuda_module(0, net);
    auto const  logits = ask(cuda_nchw<float const>(some, 4, 1, 1, 2));
    CHECK(!net.was_training);
    CHECK(net.training);
    CHECK(logits.samples() == 4);
    CHECK(logits.data == some);
}

TEST_CASE("tensors that are no pictures on a device") {
    auto const cpu = at::zeros({1, 3, 4, 4});
    CHECK_THROWS_WITH_AS(cuda_view<float>(at::Tensor{}), "hallmark::torch: the tensor is undefined", error);
    CHECK_THROWS_WITH_AS(cuda_view<float>(cpu), "hallmark::torch: the tensor is on device cpu; allowed is a CUDA device", error);
    CHECK_THROWS_WITH_AS(cuda_logits<float>(at::zeros({2, 2})), "hallmark::torch: the tensor is on device cpu; allowed is a CUDA device", error);
    CHECK_THROWS_WITH_AS(cuda_list<double>(at::zeros({2})), "hallmark::torch: the tensor is on device cpu; allowed is a CUDA device", error);

    float      some[64] = {};
    auto const there    = device_tensor(some, {1, 1, 8, 8}, {64, 64, 8, 1}, at::kFloat);
    CHECK_THROWS_WITH_AS(marker(test_key())(there, 1), "hallmark::torch: the tensor is on device cuda:0; allowed is the CPU", error);
    CHECK_THROWS_WITH_AS(cuda_view<std::uint8_t>(there),
                         "hallmark::torch: the tensor's scalars are Float; allowed are Byte, those of the view that was asked for", error);
    CHECK_THROWS_WITH_AS(cuda_view<float>(device_tensor(some, {4}, {1}, at::kFloat)), "hallmark::torch: the tensor has rank 1; allowed is 2 to 4", error);
    CHECK_THROWS_WITH_AS(cuda_logits<float>(there), "hallmark::torch: the logits have rank 4; allowed is 2, (sample, class)", error);
    CHECK_THROWS_WITH_AS(cuda_list<float>(there), "hallmark::torch: the list has rank 4; allowed is a dense tensor of rank 1", error);
    CHECK_THROWS_WITH_AS(cuda_list<float>(device_tensor(some, {4}, {2}, at::kFloat)),
                         "hallmark::torch: the list has rank 1 and gaps; allowed is a dense tensor of rank 1", error);
    auto learning = device_tensor(some, {1, 1, 8, 8}, {64, 64, 8, 1}, at::kFloat);
    learning.set_requires_grad(true);
    CHECK_THROWS_WITH_AS(cuda_view<float>(learning), "hallmark::torch: this tensor records gradients, so its memory must not be written; detach() it first",
                         error);
    CHECK(cuda_view<float const>(learning).data == some);

    auto const flipped = tensor_view<float const, cuda_space>{some + 63, {1, 1, 8, 8}, {64, 64, -8, -1}};
    CHECK_THROWS_WITH_AS(to_torch(flipped, 0), "hallmark::to_torch: the view has a negative stride, which LibTorch cannot express", error);
}
