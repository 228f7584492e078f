// Marks on a device, by the emulation: the bytes of the CPU, in every way that a batch can be laid out and cut up.
#include "pictures.hpp"

#include <hallmark/blend/additive.hpp>
#include <hallmark/blend/bounded.hpp>
#include <hallmark/blend/mode.hpp>
#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/field_noise.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/pattern/checkerboard.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace hallmark;

namespace {
template <class Scalar>
void same_as_marker(mark_parameters const& p, std::size_t n, std::size_t c, std::size_t h, std::size_t w, emulated_cuda const& device,
                    mark_options const& options = {}) {
    INFO(n, " pictures of ", c, " x ", h, " x ", w);
    auto const batch  = test_pictures<Scalar>(n, c, h, w);
    auto const wanted = marker(test_key(), p)(batch, 5, options);
    mark_plan  plan(p);
    plan.add(test_key(), 5, n, options);
    CHECK(on_device(device, plan, batch) == wanted);
    CHECK(device.borders_untouched());
}
template <class Noise, class Scalar>
void same_as_basic_marker(Noise const& noise, std::size_t h, std::size_t w, emulated_cuda const& device) {
    auto const         p     = mark_parameters{};
    auto const         batch = test_pictures<Scalar>(2, 3, h, w);
    basic_marker const m(test_key(), colour_stripes{p.stripes}, noise, convex(p.ratio), p.epsilon, p.design);
    mark_plan<Noise>   plan(p, noise);
    plan.add(test_key(), "ada", 2);
    CHECK(on_device(device, plan, batch) == m(batch, "ada"));
}
auto const small = emulated_cuda(emulated_cuda::traits{.shared_limit = 48 * 1024});  // 128 x 128 does not fit
}  // namespace

// One block has a picture to itself: sizes below, at and beside the number of threads and of the warp.
TEST_CASE_TEMPLATE("the bytes of the CPU where a picture fits a block", Scalar, std::uint8_t, float) {
    emulated_cuda const device;
    for (auto const& [h, w] : {std::pair{1, 1}, {1, 31}, {33, 1}, {17, 23}, {32, 32}, {31, 33}, {40, 100}, {64, 64}, {65, 64}, {2, 1023}, {3, 1025}}) {
        same_as_marker<Scalar>({}, 2, 3, static_cast<std::size_t>(h), static_cast<std::size_t>(w), device);
    }
    same_as_marker<Scalar>({}, 3, 1, 28, 28, device);
    same_as_marker<Scalar>({}, 1, 3, 224, 224, device);
}

// Tiles: the extremes of the whole picture must be found before any pixel of it is painted.
TEST_CASE_TEMPLATE("the bytes of the CPU where a picture is cut into tiles", Scalar, std::uint8_t, float) {
    for (auto const& [h, w] : {std::pair{128, 128}, {129, 127}, {97, 260}, {1, 20000}, {5000, 3}}) {
        same_as_marker<Scalar>({}, 1, 3, static_cast<std::size_t>(h), static_cast<std::size_t>(w), small);
    }
}

// Parameters at their ends: every octave, one-pixel cells, many waves, no noise, no stripes.
TEST_CASE("the bytes of the CPU with any parameters") {
    emulated_cuda const device;
    auto                p = mark_parameters{};
    p.ratio               = 0.55;
    p.epsilon             = 0.1;
    p.stripes             = 7;
    p.period              = {3, 11};
    p.octaves             = {1, 16};
    p.half_cycles         = {1, 65535};
    same_as_marker<std::uint8_t>(p, 6, 3, 40, 100, device);
    same_as_marker<float>(p, 6, 3, 40, 100, small);
    p.design = key_design::independent;
    same_as_marker<std::uint8_t>(p, 4, 3, 20, 20, device, {3, 7, {}});
    std::uint64_t const numbers[] = {5, 1'000'000'007, std::uint64_t{1} << 40};
    same_as_marker<float>(p, 3, 1, 20, 20, device, {2, 0, numbers});
    p.period = {65535, 65535};
    same_as_marker<std::uint8_t>(p, 1, 3, 9, 9, device);
    p.period  = {1, 1};
    p.octaves = {16, 16};
    same_as_marker<std::uint8_t>(p, 1, 3, 50, 50, device);
    p.epsilon = 0.0;
    p.ratio   = 1.0;
    same_as_marker<std::uint8_t>(p, 1, 3, 9, 9, device);
}

// Perlin has a way of its own on a device; other fields go point by point.
TEST_CASE("the bytes of the CPU with any field") {
    emulated_cuda const device;
    same_as_basic_marker<sine_sign_noise<perlin>, std::uint8_t>({}, 33, 40, device);
    same_as_basic_marker<perlin_sign_noise, float>({}, 33, 40, small);
    same_as_basic_marker<sine_sign_noise<simplex>, std::uint8_t>({}, 33, 40, device);
    same_as_basic_marker<sine_sign_noise<value_noise>, float>({}, 33, 40, device);
    same_as_basic_marker<sine_sign_noise<cellular<>>, std::uint8_t>({}, 33, 40, device);
    same_as_basic_marker<sine_sign_noise<uniform_noise>, float>({}, 150, 140, small);
    same_as_basic_marker<gabor_sign_noise, std::uint8_t>({}, 21, 22, device);
    auto waves         = gabor_sign_noise{};
    waves.make.options = {.frequency = 1.5, .orientation = 30.0, .isotropic = false, .impulses = 5, .poisson = true, .signs = true};
    same_as_basic_marker<gabor_sign_noise, float>(waves, 21, 22, device);
    same_as_basic_marker<uniform_sign_noise, std::uint8_t>({}, 33, 40, device);
    same_as_basic_marker<uniform_sign_noise, float>({}, 150, 140, small);
}

// Samples between −1 and 1, where the height of each is rounded: waves, which need the range of the whole picture, and fields as they are, which do not.
TEST_CASE_TEMPLATE("the bytes of the CPU with noise between -1 and 1", Scalar, std::uint8_t, float) {
    for (auto const& device : {emulated_cuda{}, emulated_cuda(emulated_cuda::traits{.shared_limit = 8 * 1024})}) {
        auto const same = [&](auto const& noise, double epsilon) {
            auto const         batch = test_pictures<Scalar>(2, 3, 40, 131);
            basic_marker const m(test_key(), colour_stripes{}, noise, convex(0.6), epsilon, key_design::shared);
            mark_plan          plan(m);
            plan.add(m.key(), "ada", 2);
            auto const wanted = m(batch, "ada");
            CHECK(on_device(device, plan, batch) == wanted);
            CHECK(wanted != basic_marker(test_key(), colour_stripes{}, noise, convex(0.6), 0.0, key_design::shared)(batch, "ada"));
            CHECK(device.borders_untouched());
        };
        same(sine_noise<perlin>{}, 16.0 / 255);
        same(sine_noise<simplex>{{5, 9}, {1, 16}, {1, 3}}, 1.0);
        same(sine_noise<perlin>{{3, 3}, {16, 16}, {65535, 65535}}, 0.3);
        same(field_noise<perlin>{}, 1.0);
        same(field_noise<value_noise>{{3, 9}, {1, 3}}, 16.0 / 255);
        same(field_noise<gabor, gabor_from_lattice>{{7, 7}, {1, 1}}, 0.5);
        same(field_noise<uniform_noise>{{1, 1}, {1, 1}}, 0.5);
    }
}

// Patterns that are no stripes are painted by the host: boards, whose levels change within a row, and none in the way of whole pictures and of tiles.
TEST_CASE("the bytes of the CPU with any pattern") {
    for (auto const& device : {emulated_cuda{}, emulated_cuda(emulated_cuda::traits{.shared_limit = 8 * 1024})}) {
        for (auto const design : {key_design::shared, key_design::independent}) {
            auto p   = mark_parameters{};
            p.design = design;
            for (std::size_t const channels : std::vector<std::size_t>{1, 3}) {
                auto const          batch = test_pictures<std::uint8_t>(3, channels, 40, 140);  // two tiles in a row
                colour_boards const boards{.rows = 5, .columns = 7};
                basic_marker const  m(test_key(), boards, perlin_sign_noise{p.period, p.octaves, p.half_cycles}, convex(p.ratio), p.epsilon, p.design);
                mark_plan           plan(p, sine_sign_noise<perlin>{p.period, p.octaves, p.half_cycles}, boards, {channels, 40, 140});
                plan.add(test_key(), "ada", 3);
                CHECK(plan.drawn_patterns().size() == (design == key_design::shared ? 1 : 3));
                CHECK(on_device(device, plan, batch) == m(batch, "ada"));
            }
        }
        auto const batch = test_pictures<float>(2, 3, 33, 35);
        mark_plan  plan({}, uniform_sign_noise{}, colour_boards{}, {3, 33, 35});
        plan.add(test_key(), 1, 2);
        auto const p = mark_parameters{};
        CHECK(on_device(device, plan, batch) ==
              basic_marker(test_key(), colour_boards{}, uniform_sign_noise{}, convex(p.ratio), p.epsilon, p.design)(batch, 1));
        CHECK_THROWS_WITH_AS(on_device(device, plan, test_pictures<float>(2, 3, 33, 36)),
                             "hallmark::cuda_marks: the pictures have extents (3, 33, 36) and the plan's patterns were painted for (3, 33, 35)", error);
        CHECK(device.borders_untouched());
    }
    CHECK_THROWS_WITH_AS(mark_plan({}, uniform_sign_noise{}, colour_boards{}, {3, 0, 35}),
                         "hallmark::mark_plan: patterns are painted for pictures of 3 x 0 x 35; allowed are 1 or 3 channels, and 1 row and column or more",
                         error);
}

// Every pixel blend that a device can have, whose source is the CPU's.
TEST_CASE_TEMPLATE("the bytes of the CPU with any blend", Scalar, std::uint8_t, float) {
    auto const same = [](auto const& blend) {
        for (auto const& device : {emulated_cuda{}, emulated_cuda(emulated_cuda::traits{.shared_limit = 8 * 1024})}) {
            auto const         batch = test_pictures<Scalar>(2, 3, 40, 131);
            basic_marker const m(test_key(), colour_stripes{}, perlin_sign_noise{}, blend, 8.0 / 255, key_design::shared);
            mark_plan          plan(m);
            plan.add(m.key(), "ada", 2);
            CHECK(on_device(device, plan, batch) == m(batch, "ada"));
            basic_marker const boards(test_key(), colour_boards{}, uniform_sign_noise{}, blend, 0.1, key_design::independent);
            mark_plan          painted(boards, {3, 40, 131});
            painted.add(m.key(), 2, 2);
            CHECK(on_device(device, painted, batch) == boards(batch, 2));
            CHECK(device.borders_untouched());
        }
    };
    same(convex(0.6));
    same(additive(0.2));
    same(bounded(additive(0.5), 9.0 / 255));
    same(bounded(convex(0.7), 8.9 / 255));
    same(cover(0.3));
    same(multiply(0.4, light::linear));
    same(screen(0.5));
    same(overlay(0.6, light::linear));
    same(bounded(overlay(1.0), 4.0 / 255));
}

// A race inside a region would show as bytes that depend on who comes first.
TEST_CASE("the order of the threads does not matter") {
    for (auto const order : {detail::device::thread_order::downwards, detail::device::thread_order::interleaved}) {
        same_as_marker<std::uint8_t>({}, 2, 3, 33, 35, emulated_cuda(emulated_cuda::traits{.order = order}));
        same_as_marker<float>({}, 1, 3, 130, 129, emulated_cuda(emulated_cuda::traits{.shared_limit = 48 * 1024, .order = order}));
    }
}

// The audit's batch: many versions of few originals, several keys and users, in one launch.
TEST_CASE("many keys, users and versions at once") {
    emulated_cuda const device;
    auto const          batch = test_pictures<std::uint8_t>(3, 3, 24, 32);
    mark_plan           plan;
    mark_request const  first[]  = {{2, 9, 0}, {2, 9, 1}, {0, 4, 1}, {2, 9, 0}};
    mark_request const  second[] = {{1, 1, 0}};
    plan.add(test_key(), 1, first);
    plan.add(test_key(3), "ada", second);
    REQUIRE(plan.size() == 5);
    auto const got  = on_device(device, plan, batch);
    auto const want = [&](std::size_t at, std::uint8_t key, user_id user, mark_request r) {
        auto one = image_batch<std::uint8_t>(1, 3, 24, 32);
        std::copy_n(batch.elements().begin() + static_cast<std::ptrdiff_t>(r.source * 3 * 24 * 32), 3 * 24 * 32, one.elements().begin());
        auto const marked = marker(test_key(key))(one, user, {r.version, r.sample, {}});
        CHECK(std::equal(marked.elements().begin(), marked.elements().end(), got.elements().begin() + static_cast<std::ptrdiff_t>(at * 3 * 24 * 32)));
    };
    for (std::size_t i = 0; i < 4; ++i) {
        want(i, 0, 1, first[i]);
    }
    want(4, 3, "ada", second[0]);
}

// A plan that asks for just as much room as each user needs copies all users before with every one.
TEST_CASE("a plan grows by more than one user at a time") {
    mark_plan   plan;
    mark_plan   painted({}, uniform_sign_noise{}, colour_boards{}, {1, 2, 2});
    std::size_t grown = 0, grown_too = 0, room = 0, room_too = 0;
    for (std::uint64_t user = 0; user < 400; ++user) {
        plan.add(test_key(), user, 2);
        painted.add(test_key(), user, 2);
        grown += plan.pictures().capacity() != room ? 1u : 0u;
        grown_too += painted.drawn_patterns().elements().capacity() != room_too ? 1u : 0u;
        room     = plan.pictures().capacity();
        room_too = painted.drawn_patterns().elements().capacity();
    }
    CHECK(plan.size() == 800);
    CHECK(grown < 40);
    CHECK(grown_too < 40);
}

// Channel-last, padded and flipped pictures, and marking in place.
TEST_CASE("any strides, and in place") {
    emulated_cuda const device;
    auto const          batch  = test_pictures<std::uint8_t>(2, 3, 20, 24);
    auto const          wanted = marker(test_key())(batch, 1);
    mark_plan           plan;
    plan.add(test_key(), 1, 2);
    cuda_marks const marks(device, plan);
    auto const       at = [](auto v) { return tensor_view<std::uint8_t>{v.data, {2, 3, 20, 24}, {v.stride[0], v.stride[1], v.stride[2], v.stride[3]}}; };

    auto const room  = device.array<std::uint8_t>(4 * 3 * 20 * 24);
    auto const views = {cuda_nhwc(room.data, 2, 3, 20, 24), tensor_view<std::uint8_t, cuda_space>{room.data, {2, 3, 20, 24}, {3 * 20 * 30, 20 * 30, 30, 1}},
                        tensor_view<std::uint8_t, cuda_space>{room.data + 2 * 3 * 20 * 24 - 1, {2, 3, 20, 24}, {-3 * 20 * 24, -20 * 24, -24, -1}}};
    for (auto const& v : views) {
        for (std::size_t i = 0; i < 2 * 3 * 20 * 24; ++i) {
            at(v).at(i / 1440, i / 480 % 3, i / 24 % 20, i % 24) = batch.elements()[i];
        }
        marks.into(v, tensor_view<std::uint8_t const, cuda_space>(v));
        for (std::size_t i = 0; i < 2 * 3 * 20 * 24; ++i) {
            REQUIRE(at(v).at(i / 1440, i / 480 % 3, i / 24 % 20, i % 24) == wanted.elements()[i]);
        }
    }
}

// No copy and no allocation after the plan is uploaded, and the workspace that was asked for is enough.
TEST_CASE("the caller's workspace is all that is used") {
    emulated_cuda const device;
    mark_plan           plan;
    plan.add(test_key(), 1, 3);
    auto const       needed = cuda_marks_workspace(plan);
    auto const       room   = device.array<unsigned char>(needed);
    auto const       in     = device.array(test_pictures<std::uint8_t>(3, 3, 150, 150).elements());
    cuda_marks const marks(small, plan, {});
    {
        cuda_marks const mine(device, plan, {room.data, room.size});
        auto const       v = cuda_nchw(in.data, 3, 3, 150, 150);
        mine.into(v, v);  // a view that can be written can be read
        CHECK(device.borders_untouched());
    }
    CHECK_THROWS_WITH_AS(cuda_marks(device, plan, {room.data, needed - 1}), "hallmark::cuda_marks: the workspace has 1279 bytes; allowed are 1280 or more",
                         error);
    CHECK_THROWS_WITH_AS(cuda_marks(device, plan, {room.data + 1, needed}),
                         "hallmark::cuda_marks: the workspace begins at an address that is no multiple of 256; allowed is memory as cudaMalloc gives it",
                         error);
}

TEST_CASE("what a caller can get wrong") {
    emulated_cuda const device;
    mark_plan           plan;
    auto const          view = [](float* p, std::size_t n = 2) { return cuda_nchw(p, n, 3, 8, 8); };
    auto const          read = [](float const* p, std::size_t n = 2) { return cuda_nchw(p, n, 3, 8, 8); };
    CHECK_THROWS_WITH_AS(cuda_marks(device, plan), "hallmark::cuda_marks: the plan has no pictures; allowed is 1 or more", error);
    std::uint64_t const one[] = {1};
    CHECK_THROWS_WITH_AS(plan.add(test_key(), 1, 2, {0, 0, one}), "hallmark::mark_plan: options.samples has 1 numbers for 2 pictures", error);
    auto const falling = [](whole_range period, whole_range octaves) {
        mark_plan of_noise(basic_marker(test_key(), colour_stripes{}, perlin_sign_noise{period, octaves}, convex(0.7), 0.1, key_design::shared));
        of_noise.add(test_key(), 1, 1);
    };
    CHECK_THROWS_WITH_AS(falling({59, 30}, {1, 4}), "hallmark::mark_plan: period is 59 to 30; allowed are rising ranges", error);
    CHECK_THROWS_WITH_AS(falling({30, 59}, {17, 17}), "hallmark::mark_plan: octaves is 17; allowed is 1 to 16", error);
    // What no kernel could refuse: a division by 0, and a wave that is none.
    auto const refused = [](auto const& noise, char const* sentence) {
        mark_plan of_noise(mark_parameters{}, noise);
        CHECK_THROWS_WITH_AS(of_noise.add(test_key(), 1, 1), sentence, error);
    };
    refused(perlin_sign_noise{{0, 0}}, "hallmark::fill: the period is 0 pixels; allowed is 1 to 1000000");
    refused(field_noise<simplex>{{1000001, 1000001}}, "hallmark::fill: the period is 1000001 pixels; allowed is 1 to 1000000");
    refused(perlin_sign_noise{{30, 59}, {1, 4}, {0, 0}}, "hallmark::mark_plan: half_cycles is 0; allowed is 1 to 65535");
    refused(sine_noise<perlin>{{30, 59}, {1, 4}, {65536, 65536}}, "hallmark::sine_noise: half_cycles is 65536; allowed is 1 to 65535");
    plan.add(test_key(), 1, 2);

    auto const       in  = device.array(test_pictures<float>(2, 3, 8, 8).elements());
    auto const       out = device.array<float>(2 * 3 * 8 * 8);
    cuda_marks const marks(device, plan);
    float            host[384];
    CHECK_THROWS_WITH_AS(marks.into(view(out.data), read(host)),
                         "hallmark::cuda_marks: the batch of originals is in host memory; allowed is memory of device 0", error);
    CHECK_THROWS_WITH_AS(marks.into(view(host), read(in.data)), "hallmark::cuda_marks: the destination is in host memory; allowed is memory of device 0",
                         error);
    CHECK_THROWS_WITH_AS(marks.into(cuda_nchw(out.data, 2, 3, 160, 8), read(in.data)),
                         "hallmark::cuda_marks: the destination is in host memory; allowed is memory of device 0", error);  // its last byte is
    CHECK_THROWS_WITH_AS(marks.into(view(out.data), read(nullptr)), "hallmark::cuda_marks: the batch of originals is a null pointer; allowed is device memory",
                         error);
    CHECK_THROWS_WITH_AS(marks.into(view(out.data, 0), read(in.data)),
                         "hallmark::cuda_marks: the destination has extents (0, 3, 8, 8), so there is nothing in it", error);
    auto* const crooked = reinterpret_cast<float*>(reinterpret_cast<unsigned char*>(out.data) + 2);
    CHECK_THROWS_WITH_AS(
        marks.into(view(crooked), read(in.data)),
        "hallmark::cuda_marks: the destination begins at an address that is no multiple of 4, the size of its numbers; allowed is aligned memory", error);
    CHECK_THROWS_WITH_AS(marks.into(view(out.data, 1), read(in.data)), "hallmark::cuda_marks: the destination has room for 1 pictures and the plan has 2",
                         error);
    CHECK_THROWS_WITH_AS(marks.into(view(out.data), read(in.data, 1)), "hallmark::cuda_marks: the plan asks for original 1 and there are 1", error);
    CHECK_THROWS_WITH_AS(marks.into(cuda_nchw(out.data, 2, 3, 8, 4), read(in.data)),
                         "hallmark::cuda_marks: the destination's pictures have extents (3, 8, 4), the originals' (3, 8, 8)", error);
    CHECK_THROWS_WITH_AS(marks.into(cuda_nchw(out.data, 2, 2, 8, 8), cuda_nchw<float const>(in.data, 2, 2, 8, 8)),
                         "hallmark::cuda_marks: the batch has 2 channels; allowed is 1 (grey) or 3 (colour). Extents are (sample, channel, row, column)",
                         error);
    CHECK_THROWS_WITH_AS(
        marks.into(tensor_view<float, cuda_space>{out.data, {2, 3, 8, 8}, {0, 64, 8, 1}}, read(in.data)),
        "hallmark::cuda_marks: the destination's elements lie on one another along dimension 0 (stride 0, extent 2); give it memory of its own", error);
    CHECK_THROWS_WITH_AS(
        marks.into(cuda_nchw(in.data + 64, 2, 1, 8, 8), cuda_nchw<float const>(in.data, 2, 1, 8, 8)),
        "hallmark::cuda_marks: source and destination overlap without being the same; mark in place, or give the destination memory of its own", error);

    mark_plan          swapped;
    mark_request const turned[] = {{1, 0, 0}, {0, 1, 0}};
    swapped.add(test_key(), 1, turned);
    cuda_marks const others(device, swapped);
    CHECK_THROWS_WITH_AS(others.into(view(in.data), read(in.data)),
                         "hallmark::cuda_marks: the destination overlaps the originals, and some picture is not made of the original with its own number; give "
                         "it memory of its own",
                         error);

    CHECK_THROWS_WITH_AS(marks.into(view(out.data), tensor_view<float const, cuda_space>{in.data, {2, 3, 8, std::size_t{1} << 31}, {192, 64, 8, 0}}),
                         "hallmark::cuda_marks: the pictures have 8 rows and 2147483648 columns; allowed are up to 2147483647 of each", error);
    auto const cut = [](std::size_t rows, std::size_t columns) {
        return detail::device::cut_of(columns, rows, 3, 1 << 17, "hallmark::f", [](detail::device::tile, unsigned) { return std::size_t{1} << 18; });
    };
    CHECK(cut(1'048'576, 8'388'608 - 128).width == 128);
    CHECK_THROWS_WITH_AS(cut(1'048'576, 8'388'608),
                         "hallmark::f: a picture of 1048576 x 8388608 pixels is cut into 2147483648 tiles; allowed are up to 2147483647", error);
    CHECK_THROWS_WITH_AS(cut(0x7fffffff, 0x7fffffff),
                         "hallmark::f: a picture of 2147483647 x 2147483647 pixels is cut into 1125899906842624 tiles; allowed are up to 2147483647", error);
    CHECK_THROWS_WITH_AS(cuda_marks(device.neighbour(1), plan, {out.data, 1 << 20}).size(),
                         "hallmark::cuda_marks: the workspace is in memory of device 0; allowed is device 1, the stream's", error);
    auto const elsewhere = emulated_cuda(emulated_cuda::traits{.ordinal = 1, .current = 1});
    CHECK_THROWS_WITH_AS(cuda_marks(elsewhere, plan, {out.data, 1 << 20}).size(),
                         "hallmark::cuda_marks: the workspace is in host memory; allowed is memory of device 1", error);
    CHECK_THROWS_WITH_AS(cuda_marks(emulated_cuda(emulated_cuda::traits{.current = 1}), plan),
                         "hallmark::cuda_marks: device 1 is current and the stream is of device 0; make the stream's device current", error);
    CHECK_THROWS_WITH_AS(cuda_marks(emulated_cuda(emulated_cuda::traits{.failed = true}), plan),
                         "hallmark::cuda_marks: the stream carries an error from an earlier call, cudaErrorUnknown; nothing was launched", error);
}

// NaN must not pass silently, and the place of the first bad pixel is what the owner needs to find it.
TEST_CASE("a float pixel outside of [0, 1] is reported") {
    emulated_cuda const device;
    for (auto const wrong : {std::nanf(""), -0.25f, 1.5f, std::numeric_limits<float>::infinity()}) {
        auto batch                                     = test_pictures<float>(2, 3, 8, 8);
        batch.elements()[1 * 192 + 2 * 64 + 3 * 8 + 5] = wrong;
        batch.elements()[1 * 192 + 2 * 64 + 3 * 8 + 6] = wrong;
        mark_plan plan;
        plan.add(test_key(), 1, 2);
        CHECK_THROWS_WITH_AS(
            on_device(device, plan, batch),
            "hallmark::cuda_marks: pixel 349 of the plan's pictures, counted by sample, channel, row and column, was not in [0, 1] in the original; "
            "allowed is 0 to 1",
            error);
    }
}

// The audit marks a batch at a time out of one plan.
TEST_CASE("some pictures of a plan") {
    for (auto const& device : {emulated_cuda{}, small}) {
        auto const batch = test_pictures<std::uint8_t>(5, 1, 120, 121);
        mark_plan  plan;
        plan.add(test_key(), 1, 5);
        auto const       wanted = marker(test_key())(batch, 1);
        auto const       in     = device.array(batch.elements());
        auto const       out    = device.array<std::uint8_t>(2 * 120 * 121);
        auto const       view   = cuda_nchw<std::uint8_t const>(in.data, 5, 1, 120, 121);
        cuda_marks const marks(device, plan);
        marks.part(cuda_nchw(out.data, 2, 1, 120, 121), view, 3);
        CHECK(std::equal(out.data, out.data + out.size, wanted.elements().begin() + 3 * 120 * 121));
        CHECK_THROWS_WITH_AS(marks.part(cuda_nchw(out.data, 2, 1, 120, 121), view, 4),
                             "hallmark::cuda_marks: 2 pictures from number 4 on were asked for and the plan has 5", error);
    }
}
