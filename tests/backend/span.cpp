// The laws of a backend, for hallmark's own batch and for views of plain memory in every layout.
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>

#include <support/backend_laws.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace {

using laws::shape;

template <class Scalar>
struct batch : laws::any_extents<4> {
    using scalar = Scalar;
    using array  = hallmark::image_batch<Scalar>;
    explicit batch(shape s) : tensor(s.n, s.c, s.h, s.w) {}
    auto at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& {
        return tensor.elements()[((n * tensor.channels() + c) * tensor.height() + h) * tensor.width() + w];
    }
    array tensor;
};

// Memory, a view of it, and by hand where in the memory an element is.
template <class Scalar, class Layout>
struct plain_memory : laws::any_extents<4> {
    using scalar = Scalar;
    using array  = hallmark::tensor_view<Scalar>;
    explicit plain_memory(shape s) : extents(s), elements(Layout::count(s)), tensor(Layout::view(elements.data(), s)) {}
    auto at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> Scalar& { return elements.data()[Layout::offset(extents, {n, c, h, w})]; }
    auto memory() -> std::span<Scalar> { return elements.span(); }

    shape                      extents;
    laws::owned_memory<Scalar> elements;
    array                      tensor;
};

struct channel_first {
    static auto count(shape s) -> std::size_t { return s.n * s.c * s.h * s.w; }
    static auto offset(shape s, shape at) -> std::size_t { return ((at.n * s.c + at.c) * s.h + at.h) * s.w + at.w; }
    template <class Scalar>
    static auto view(Scalar* data, shape s) {
        return hallmark::nchw(data, s.n, s.c, s.h, s.w);
    }
};

struct channel_last {
    static auto count(shape s) -> std::size_t { return s.n * s.c * s.h * s.w; }
    static auto offset(shape s, shape at) -> std::size_t { return ((at.n * s.h + at.h) * s.w + at.w) * s.c + at.c; }
    template <class Scalar>
    static auto view(Scalar* data, shape s) {
        return hallmark::nhwc(data, s.n, s.c, s.h, s.w);
    }
};

// Rows that begin at multiples of 16 elements, as image libraries align them.
struct padded_rows {
    static auto count(shape s) -> std::size_t { return s.n * s.c * s.h * 16; }
    static auto offset(shape s, shape at) -> std::size_t { return ((at.n * s.c + at.c) * s.h + at.h) * 16 + at.w; }
    template <class Scalar>
    static auto view(Scalar* data, shape s) -> hallmark::tensor_view<Scalar> {
        auto v      = hallmark::nchw(data, s.n, s.c, s.h, 16);
        v.extent[3] = s.w;
        return v;
    }
};

// Every index runs backwards: the data pointer is the last element.
struct flipped {
    static auto count(shape s) -> std::size_t { return s.n * s.c * s.h * s.w; }
    static auto offset(shape s, shape at) -> std::size_t { return count(s) - 1 - channel_first::offset(s, at); }
    template <class Scalar>
    static auto view(Scalar* data, shape s) -> hallmark::tensor_view<Scalar> {
        auto v = hallmark::nchw(data + (count(s) == 0 ? 0 : count(s) - 1), s.n, s.c, s.h, s.w);
        for (auto& step : v.stride) {
            step = -step;
        }
        return v;
    }
};

// Every third column of every second row of the samples 1, 2, … of something larger, columns before rows.
struct window {
    static auto count(shape s) -> std::size_t { return (s.n + 1) * s.c * 3 * s.w * 2 * s.h; }
    static auto offset(shape s, shape at) -> std::size_t { return (((at.n + 1) * s.c + at.c) * 3 * s.w + 3 * at.w) * 2 * s.h + 2 * at.h; }
    template <class Scalar>
    static auto view(Scalar* data, shape s) -> hallmark::tensor_view<Scalar> {
        auto const whole = hallmark::nchw(data, s.n + 1, s.c, 3 * s.w, 2 * s.h);
        auto       v     = whole.slice(1, s.n);
        v.extent[2]      = s.h;
        v.extent[3]      = s.w;
        v.stride[2]      = 2 * whole.stride[3];
        v.stride[3]      = 3 * whole.stride[2];
        return v;
    }
};

// Extents of 1 have strides of no meaning: xtensor says 0, LibTorch says anything. None may be used.
struct odd_strides_of_one {
    static auto count(shape s) -> std::size_t { return s.n * s.c * s.h * s.w; }
    static auto offset(shape s, shape at) -> std::size_t { return channel_first::offset(s, at); }
    template <class Scalar>
    static auto view(Scalar* data, shape s) -> hallmark::tensor_view<Scalar> {
        auto v = hallmark::nchw(data, s.n, s.c, s.h, s.w);
        for (int i = 0; i < 4; ++i) {
            v.stride[i] = v.extent[i] == 1 ? 1'000'000'007 * (i - 1) : v.stride[i];
        }
        return v;
    }
};

}  // namespace

// Everything hallmark computes goes through these views; a stride that is used for another index, or beyond its
// extent, shows only where the layout is not the plain one.
TEST_CASE_TEMPLATE("a batch and views of plain memory obey the laws", B, batch<float>, batch<std::uint8_t>, plain_memory<float, channel_first>,
                   plain_memory<std::uint8_t, channel_first>, plain_memory<float, channel_last>, plain_memory<std::uint8_t, channel_last>,
                   plain_memory<float, padded_rows>, plain_memory<std::uint8_t, padded_rows>, plain_memory<float, flipped>, plain_memory<std::uint8_t, flipped>,
                   plain_memory<float, window>, plain_memory<std::uint8_t, window>, plain_memory<float, odd_strides_of_one>,
                   plain_memory<std::uint8_t, odd_strides_of_one>) {
    laws::check_backend<B>();
}

// The laws compare a backend with a batch. If they could not tell a wrong backend from a right one, every other
// test in this folder would be green for nothing.
TEST_CASE("the laws notice a wrong mark and a damaged gap") {
    shape const                      s{2, 3, 5, 7};
    plain_memory<float, padded_rows> b(s);
    auto const                       plain = laws::pictures<float>(s);
    laws::fill(b, s);
    CHECK(laws::differences(b, s, plain) == 0);
    CHECK(laws::damage(b, s) == 0);
    b.at(1, 2, 4, 6) = 0.123f;
    CHECK(laws::differences(b, s, plain) == 1);
    b.memory()[7] = 0.0f;  // the first element after the first row
    CHECK(laws::damage(b, s) == 1);
}
