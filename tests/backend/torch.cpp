// LibTorch tensors obey the laws of a backend, and LibTorch networks are models.
#include <hallmark/backend/torch.hpp>  // before doctest: glog would replace its CHECK

#include <torch/nn.h>

#include <hallmark/model/concept.hpp>

#include <support/backend_laws.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using laws::shape;

template <class Scalar>
constexpr auto kind = std::is_same_v<Scalar, float> ? at::kFloat : at::kByte;

auto signed_of(std::size_t v) -> std::int64_t { return static_cast<std::int64_t>(v); }

template <std::size_t Rank>
auto sizes(shape s) -> std::vector<std::int64_t> {
    std::vector<std::int64_t> const all = {signed_of(s.n), signed_of(s.c), signed_of(s.h), signed_of(s.w)};
    return {all.end() - Rank, all.end()};
}

// The element by LibTorch's own indexing.
template <class Scalar>
auto element(at::Tensor const& t, std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& {
    auto const row = (t.dim() == 4 ? t[signed_of(n)][signed_of(c)] : t.dim() == 3 ? t[signed_of(c)] : t)[signed_of(h)];
    return *row[signed_of(w)].template data_ptr<Scalar>();
}

template <class Scalar, std::size_t Rank>
struct dense : laws::any_extents<static_cast<int>(Rank)> {
    using scalar = Scalar;
    using array  = at::Tensor;
    explicit dense(shape s) : tensor(at::zeros(sizes<Rank>(s), kind<Scalar>)) {}
    auto  at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return element<Scalar>(tensor, n, c, h, w); }
    array tensor;
};

template <class Scalar>
struct channels_last : dense<Scalar, 4> {
    explicit channels_last(shape s) : dense<Scalar, 4>(s) { this->tensor = this->tensor.contiguous(at::MemoryFormat::ChannelsLast); }
};

// Every second column of a part of a larger tensor, rows and columns exchanged.
template <class Scalar>
struct window : laws::any_extents<4> {
    using scalar = Scalar;
    using array  = at::Tensor;
    explicit window(shape s) : whole(at::zeros({signed_of(s.n) + 2, signed_of(s.c) + 1, 2 * signed_of(s.w) + 1, signed_of(s.h) + 3}, kind<Scalar>)) {
        tensor = whole.slice(0, 1, signed_of(s.n) + 1).slice(1, 0, signed_of(s.c)).slice(2, 1, 2 * signed_of(s.w) + 1, 2).slice(3, 2, signed_of(s.h) + 2);
        tensor = tensor.transpose(2, 3);
    }
    auto  at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return element<Scalar>(tensor, n, c, h, w); }
    auto  memory() -> std::span<Scalar> { return {whole.data_ptr<Scalar>(), static_cast<std::size_t>(whole.numel())}; }
    array whole, tensor;
};

auto some_pictures() -> at::Tensor { return at::arange(2 * 3 * 4 * 5, at::kFloat).reshape({2, 3, 4, 5}) / 120.0f; }

}  // namespace

TEST_CASE_TEMPLATE("tensors", B, dense<float, 4>, dense<std::uint8_t, 4>, dense<float, 3>, dense<std::uint8_t, 3>, dense<float, 2>, dense<std::uint8_t, 2>,
                   channels_last<float>, channels_last<std::uint8_t>, window<float>, window<std::uint8_t>) {
    laws::check_backend<B>();
}

// A network that was tuned for channels_last runs several times slower on anything else.
TEST_CASE("a marked copy keeps the memory format") {
    auto const t = some_pictures().contiguous(at::MemoryFormat::ChannelsLast);
    CHECK(laws::fixed_marker()(t, 1).is_contiguous(at::MemoryFormat::ChannelsLast));
}

// An expanded tensor is one picture seen many times: as a source it is as good as any, as a destination each
// write would be overwritten by the next.
TEST_CASE("expanded tensors") {
    auto const mark = laws::fixed_marker();
    auto       wide = some_pictures().slice(0, 0, 1).expand({3, 3, 4, 5});
    CHECK(at::equal(mark(wide, 1), mark(wide.contiguous(), 1)));
    CHECK_THROWS_WITH_AS(mark.in_place(wide, 1),
                         "hallmark::marker: the destination's elements lie on one another along dimension 0 (stride 0, extent 3); give it memory of its own",
                         hallmark::error);
    CHECK(at::equal(wide[0], some_pictures()[0]));
}

// Writing to memory that the autograd graph needs makes wrong gradients without a word.
TEST_CASE("tensors that record gradients") {
    auto const mark = laws::fixed_marker();
    auto       t    = some_pictures().requires_grad_();
    CHECK(at::equal(mark(t, 1), mark(some_pictures(), 1)));
    CHECK(!mark(t, 1).requires_grad());
    CHECK_THROWS_WITH_AS(mark.in_place(t, 1), "hallmark::torch: this tensor records gradients, so its memory must not be written; detach() it first",
                         hallmark::error);
    auto free = t.detach();
    mark.in_place(free, 1);
    CHECK(at::equal(t.detach(), mark(some_pictures(), 1)));
}

TEST_CASE("tensors that are no pictures") {
    auto const mark = laws::fixed_marker();
    CHECK_THROWS_WITH_AS(mark(at::Tensor{}, 1), "hallmark::torch: the tensor is undefined", hallmark::error);
    at::Tensor none;
    CHECK_THROWS_WITH_AS(mark.in_place(none, 1), "hallmark::torch: the tensor is undefined", hallmark::error);
    CHECK_THROWS_WITH_AS(mark(some_pictures().to(at::kDouble), 1), "hallmark::torch: the tensor's scalars are Double; allowed are Float and Byte",
                         hallmark::error);
    CHECK_THROWS_WITH_AS(mark(some_pictures().to(at::kLong), 1), "hallmark::torch: the tensor's scalars are Long; allowed are Float and Byte", hallmark::error);
    CHECK_THROWS_WITH_AS(mark(at::zeros({4}), 1), "hallmark::torch: the tensor has rank 1; allowed is 2 to 4", hallmark::error);
    CHECK_THROWS_WITH_AS(mark(at::zeros({1, 1, 1, 2, 2}), 1), "hallmark::torch: the tensor has rank 5; allowed is 2 to 4", hallmark::error);
    CHECK_THROWS_WITH_AS(mark(at::zeros({4, 4}).to_sparse(), 1), "hallmark::torch: the tensor is sparse; allowed are strided tensors", hallmark::error);
    CHECK_THROWS_WITH_AS(mark(at::empty({1, 3, 4, 4}, at::TensorOptions().device(at::kMeta)), 1),
                         "hallmark::torch: the tensor is on device meta; allowed is the CPU", hallmark::error);
    auto floats = at::zeros({1, 3, 4, 5});
    auto bytes  = at::zeros({1, 3, 4, 5}, at::kByte);
    CHECK_THROWS_WITH_AS(mark.into(bytes, floats, 1), "hallmark::marker: source and destination have different scalars; both must be float or both 8-bit",
                         hallmark::error);
}

// The imaginary part of a conjugate is stored with the opposite sign, and only a flag says so.
TEST_CASE("tensors whose memory is negated") {
    auto const t = at::imag(at::complex(at::zeros({4, 4}), at::full({4, 4}, -0.5f)).conj());
    REQUIRE(t.is_neg());
    CHECK_THROWS_WITH_AS(laws::fixed_marker()(t, 1), "hallmark::torch: the tensor's memory holds its elements negated; resolve_neg() it first",
                         hallmark::error);
    CHECK_NOTHROW(laws::fixed_marker()(t.resolve_neg(), 1));
}

// A view that LibTorch can express is borrowed; a flipped one it cannot, and a copy is made.
TEST_CASE("to_torch") {
    auto       batch = laws::pictures<float>({2, 3, 4, 5});
    auto const view  = std::as_const(batch).view();
    auto const t     = hallmark::to_torch(view);
    CHECK(t.sizes() == at::IntArrayRef({2, 3, 4, 5}));
    CHECK(t.data_ptr<float>() == batch.elements().data());
    CHECK(t.is_contiguous());

    auto last = hallmark::nhwc(std::as_const(batch).elements().data(), 2, 3, 4, 5);
    CHECK(hallmark::to_torch(last).is_contiguous(at::MemoryFormat::ChannelsLast));

    auto flipped = view;
    flipped.data += 4;
    flipped.stride[3] = -1;
    auto const f      = hallmark::to_torch(flipped);
    CHECK(f.data_ptr<float>() != flipped.data);
    CHECK(at::equal(f, t.flip(3)));

    auto none = hallmark::image_batch<float>(0, 3, 4, 5);
    CHECK(hallmark::to_torch(std::as_const(none).view()).sizes() == at::IntArrayRef({0, 3, 4, 5}));
    // Strides of extents of 1 mean nothing: LibTorch would refuse a negative one all the same.
    auto single      = view.slice(0, 1);
    single.stride[0] = -7;
    CHECK(hallmark::to_torch(single).data_ptr<float>() == batch.elements().data());
}

TEST_CASE("torch_model") {
    auto const batch  = laws::pictures<float>({2, 3, 4, 5});
    auto const weight = at::ones({3 * 4 * 5, 2}).requires_grad_();

    hallmark::torch_model model([&](at::Tensor x) { return x.flatten(1).matmul(weight); });
    static_assert(hallmark::model<decltype(model)>);
    auto const z = model(batch.view());
    CHECK(z.sizes() == at::IntArrayRef({2, 2}));
    CHECK(!z.requires_grad());

    hallmark::torch_model twice([](at::Tensor x) { return x.to(at::kDouble).flatten(1); });
    CHECK((twice(batch.view()).scalar_type() == at::kFloat));  // in brackets: c10 has a toString of its own

    hallmark::torch_model nothing([](at::Tensor const&) { return at::Tensor{}; });
    CHECK_THROWS_WITH_AS(nothing(batch.view()), "hallmark::torch_model: the model returned an undefined tensor; allowed is one tensor of logits",
                         hallmark::error);
}

// Logits that point into the batch would change, or vanish, with it.
TEST_CASE("a model that returns its input returns a copy") {
    auto                  batch = laws::pictures<float>({2, 3, 4, 5});
    hallmark::torch_model reshape([](at::Tensor x) { return x.flatten(1); });
    auto const            z    = reshape(std::as_const(batch).view());
    auto const            kept = z.clone();
    for (auto& x : batch.elements()) {
        x = 0.0f;
    }
    CHECK(at::equal(z, kept));
}

namespace {

struct probe_impl : torch::nn::Module {
    probe_impl() {
        drop   = register_module("drop", torch::nn::Dropout(0.5));
        norm   = register_module("norm", torch::nn::BatchNorm2d(3));
        inside = register_module("inside", torch::nn::Sequential(torch::nn::Dropout(0.5), torch::nn::Flatten()));
    }
    auto forward(at::Tensor x) -> at::Tensor {
        was_training = is_training() || drop->is_training() || norm->is_training() || inside[0]->is_training();
        if (fails) {
            throw std::runtime_error("no");
        }
        return inside->forward(norm(drop(x)));
    }
    [[nodiscard]] auto modes() -> std::array<bool, 5> {
        return {is_training(), drop->is_training(), norm->is_training(), inside->is_training(), inside[0]->is_training()};
    }

    torch::nn::Dropout     drop{nullptr};
    torch::nn::BatchNorm2d norm{nullptr};
    torch::nn::Sequential  inside{nullptr};
    bool                   was_training = false, fails = false;
};

}  // namespace

// Dropout that stays on makes every audit a different one; a network left in eval mode stops learning, and a frozen
// normalisation that was thawed unlearns. None of them says so.
TEST_CASE("torch_module evaluates in eval mode and puts every mode back") {
    auto const batch = laws::pictures<float>({2, 3, 4, 5});
    probe_impl net;  // not held by a shared_ptr: nothing may ask the module for one of itself
    auto       model = hallmark::torch_module(net);
    static_assert(hallmark::model<decltype(model)>);

    net.train();
    net.norm->eval();            // frozen
    net.inside->train(false);    // a part with a mode of its own,
    net.inside[0]->train(true);  // and in it another
    auto const modes = std::array<bool, 5>{true, true, false, false, true};
    REQUIRE(net.modes() == modes);

    auto const first = model(batch.view());
    CHECK(!net.was_training);
    CHECK(net.modes() == modes);
    CHECK(at::equal(first, model(batch.view())));

    net.fails = true;
    CHECK_THROWS_AS(model(batch.view()), std::runtime_error);
    CHECK(net.modes() == modes);

    net.fails = false;
    net.eval();
    (void)model(batch.view());
    CHECK(net.modes() == std::array<bool, 5>{});
}

TEST_CASE("torch_module takes what a holder holds") {
    torch::nn::Sequential net(torch::nn::Flatten(), torch::nn::Linear(60, 4));
    auto const            batch = laws::pictures<float>({2, 3, 4, 5});
    auto                  model = hallmark::torch_module(*net);
    CHECK(model(batch.view()).sizes() == at::IntArrayRef({2, 4}));
    CHECK(net->is_training());
}
