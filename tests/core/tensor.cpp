// The strided view: where its elements are, and what counts as a tensor.
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

using namespace hallmark;

namespace {

// An array of somebody else's, with the scalar known only at run time.
struct either {
    std::vector<float>        floats;
    std::vector<std::uint8_t> bytes;
};
struct read_only {
    float x = 0.5f;
};
struct stranger {};

}  // namespace

template <>
struct hallmark::tensor_traits<either> {
    static auto view(either& t) -> image_view {
        return t.floats.empty() ? image_view(nchw(t.bytes.data(), 1, 1, 1, t.bytes.size())) : nchw(t.floats.data(), 1, 1, 1, t.floats.size());
    }
    static auto view(either const& t) -> image_view_const {
        return t.floats.empty() ? image_view_const(nchw(t.bytes.data(), 1, 1, 1, t.bytes.size())) : nchw(t.floats.data(), 1, 1, 1, t.floats.size());
    }
    static auto clone(either const& t) -> either { return t; }
};
template <>
struct hallmark::tensor_traits<read_only> {
    static auto view(read_only const& t) -> tensor_view<float const> { return nchw(&t.x, 1, 1, 1, 1); }
};

// Extents are all different, so that a stride taken from the wrong one lands elsewhere.
TEST_CASE("nchw puts columns side by side, nhwc channels") {
    std::vector<int> memory(2 * 3 * 5 * 7);
    auto const       first = nchw(memory.data(), 2, 3, 5, 7);
    auto const       last  = nhwc(memory.data(), 2, 3, 5, 7);
    CHECK(first.samples() == 2);
    CHECK(first.channels() == 3);
    CHECK(first.height() == 5);
    CHECK(first.width() == 7);
    CHECK(first.size() == 210);
    CHECK(same_extents(first, last));
    std::size_t wrong = 0;
    for (std::size_t n = 0; n < 2; ++n) {
        for (std::size_t c = 0; c < 3; ++c) {
            for (std::size_t h = 0; h < 5; ++h) {
                for (std::size_t w = 0; w < 7; ++w) {
                    wrong += &first.at(n, c, h, w) != memory.data() + ((n * 3 + c) * 5 + h) * 7 + w ? 1u : 0u;
                    wrong += &last.at(n, c, h, w) != memory.data() + ((n * 5 + h) * 7 + w) * 3 + c ? 1u : 0u;
                    wrong += first.row(n, c, h) + w != &first.at(n, c, h, w) ? 1u : 0u;
                    wrong += last.row(n, c, h) + 3 * w != &last.at(n, c, h, w) ? 1u : 0u;
                }
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("slice") {
    std::vector<float> memory(4 * 2 * 3 * 5);
    auto const         all  = nhwc(memory.data(), 4, 2, 3, 5);
    auto const         part = all.slice(1, 2);
    CHECK(part.samples() == 2);
    CHECK(&part.at(0, 1, 2, 4) == &all.at(1, 1, 2, 4));
    CHECK(&part.at(1, 0, 0, 0) == &all.at(2, 0, 0, 0));
    CHECK(part.slice(1, 1).data == &all.at(2, 0, 0, 0));
    CHECK(all.slice(4, 0).size() == 0);
    CHECK(all.slice(4, 0).data == all.data);  // never past the end, though nobody may read it
}

// A flipped picture has negative strides; an offset computed without a sign would be far outside.
TEST_CASE("strides may be negative") {
    std::vector<int>       memory = {0, 1, 2, 3, 4, 5};
    tensor_view<int> const v      = {memory.data() + 5, {1, 1, 2, 3}, {0, 0, -3, -1}};
    CHECK(v.at(0, 0, 0, 0) == 5);
    CHECK(v.at(0, 0, 1, 2) == 0);
    CHECK(v.row(0, 0, 1)[0] == 2);
}

TEST_CASE("same_extents looks at all four") {
    int        x = 0;
    auto const v = nchw(&x, 2, 3, 4, 5);
    CHECK(same_extents(v, v));
    CHECK(!same_extents(v, nchw(&x, 1, 3, 4, 5)));
    CHECK(!same_extents(v, nchw(&x, 2, 1, 4, 5)));
    CHECK(!same_extents(v, nchw(&x, 2, 3, 1, 5)));
    CHECK(!same_extents(v, nchw(&x, 2, 3, 4, 1)));
    double const y = 0;
    CHECK(same_extents(v, nchw(&y, 2, 3, 4, 5)));  // the scalars need not be the same
}

TEST_CASE("a view that can be written can be read, and not the other way round") {
    int                          x = 7;
    auto const                   v = nhwc(&x, 1, 1, 1, 1);
    tensor_view<int const> const c = v;
    CHECK(c.data == &x);
    CHECK(same_extents(c, v));
    CHECK(c.stride[0] == v.stride[0]);
    CHECK(c.stride[3] == v.stride[3]);
    static_assert(!std::is_convertible_v<tensor_view<int const>, tensor_view<int>>);
    static_assert(!std::is_convertible_v<tensor_view<int, cuda_space>, tensor_view<int const, host_space>>);
    static_assert(std::is_trivially_copyable_v<tensor_view<float>> && std::is_aggregate_v<tensor_view<float>>);  // a kernel takes it by value
}

// The concepts decide which overload runs and which sentence is printed.
TEST_CASE("what is a tensor") {
    static_assert(owning_tensor<image_batch<float>> && owning_tensor<image_batch<std::uint8_t>> && owning_tensor<either>);
    static_assert(writable_tensor<tensor_view<float>> && !owning_tensor<tensor_view<float>>);
    static_assert(tensor<tensor_view<float const>> && !writable_tensor<tensor_view<float const>>);
    static_assert(tensor<read_only> && !writable_tensor<read_only>);
    static_assert(!tensor<stranger> && !tensor<int> && !tensor<void> && !tensor<image_batch<float>&> && !tensor<image_batch<float> const>);
}

// A view of the wrong scalar reads four pixels as one.
TEST_CASE("with_view visits the scalar that is there") {
    either const floats{{0.5f, 1.0f}, {}};
    either       bytes{{}, {1, 2, 3}};
    auto const   width_and_size = [](auto v) { return std::pair(v.width(), sizeof(*v.data)); };
    CHECK(detail::with_view(floats, width_and_size) == std::pair<std::size_t, std::size_t>(2, 4));
    CHECK(detail::with_view(bytes, width_and_size) == std::pair<std::size_t, std::size_t>(3, 1));
    detail::with_view(bytes, [](auto v) { v.at(0, 0, 0, 2) = 9; });
    CHECK(bytes.bytes[2] == 9);
    detail::with_view(std::as_const(bytes), [](auto v) { static_assert(std::is_const_v<std::remove_pointer_t<decltype(v.data)>>); });
}

// Used as constants by compile-time tests of users.
static_assert([] {
    float      x[6]  = {0, 1, 2, 3, 4, 5};
    auto const v     = nchw(x, 1, 1, 2, 3);
    v.at(0, 0, 1, 0) = 9;
    return v.size() == 6 && x[3] == 9 && v.slice(0, 1).row(0, 0, 1)[2] == 5;
}());
