#include <hallmark/noise/cells_grid.hpp>
#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/cellular_3d.hpp>
#include <hallmark/noise/perlin_3d.hpp>
#include <hallmark/noise/perlin_classic.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/value_3d.hpp>

#include "volume_laws.hpp"

using namespace hallmark;

namespace toy {
// Cells whose numbers say which cell they are of, and on which row.
struct field {
    auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        return static_cast<noise_sample>((x >> 16) * 5 + (y >> 16) * 3 + (x & 0xffffu));
    }
    friend auto operator==(field const&, field const&) -> bool = default;
};
#if HALLMARK_VECTORS
struct cells : detail::height_cells {
    template <class U, class I>
    HALLMARK_INLINE void of(U const& cell, lattice_coordinate y, I* n) const noexcept {
        n[0] = (I)(cell * 5u);
        n[1] = I{} + static_cast<std::int32_t>((y >> 16) * 3);
    }
    template <class U>
    HALLMARK_INLINE static void column(U const& x, U& out) noexcept {
        out = x & 0xffffu;
    }
    template <class Set, class I>
    HALLMARK_INLINE static void meet(std::int32_t const* n, std::size_t stride, I const& column, I& out) noexcept {
        out = column + n[0] + n[stride];
    }
};
#endif
}  // namespace toy

// Cells of less than half a vector, of some vectors, and wider than the picture; what one cell writes too much must be gone, also behind the last pixel.
TEST_CASE("at every level, a picture is its points, and its range is theirs") {
    laws::check_levels(value_noise(laws::lattice));
    laws::check_levels(perlin_classic(laws::lattice));
    laws::check_levels(cellular<cellular_value::f1, cellular_metric::euclidean>(laws::lattice));
    laws::check_levels(cellular<cellular_value::f1, cellular_metric::manhattan>(laws::lattice), false);
    laws::check_levels(cellular<cellular_value::f1, cellular_metric::chebyshev>(laws::lattice), false);
    laws::check_levels(cellular<cellular_value::f2, cellular_metric::chebyshev>(laws::lattice), false);
    laws::check_levels(cellular<cellular_value::f2_minus_f1, cellular_metric::manhattan>(laws::lattice), false);
    laws::check_levels(cellular<cellular_value::f2_minus_f1, cellular_metric::euclidean>(laws::lattice), false);
}

TEST_CASE("at every level, a plane of space is its points, and its range is theirs") {
    for (auto const z : {0u, 0x12345678u, 0xffffffffu}) {
        auto const check = [z](auto const& field) { laws::check_levels(slice_field(field, z), false); };
        check(value_3d(laws::lattice));
        check(perlin_3d(laws::lattice));
        check(cellular_3d<cellular_value::f1, cellular_metric::euclidean>(laws::lattice));
        check(cellular_3d<cellular_value::f2, cellular_metric::manhattan>(laws::lattice));
        check(cellular_3d<cellular_value::f2_minus_f1, cellular_metric::chebyshev>(laws::lattice));
    }
}

TEST_CASE("the numbers are those of the pixel's cell") {
#if HALLMARK_VECTORS
    std::vector<lattice_coordinate> const xs = {0, 5, 0x1ffff, 0x20000, 0x20000, 0xffff0000u, 0xffffffffu, 7, 0x30000, 0x38000, 0x40000}, ys = {1, 0x90000};
    for (auto const level : vector_levels()) {
        detail::simd::forced_level const force(level);
        std::vector<noise_sample>        out(2 * 13, 77);
        detail::cells_grid(toy::cells{}, toy::field{}, {xs.data(), 11, ys.data(), 2, out.data(), 13});
        for (std::size_t i = 0; i < out.size(); ++i) {
            CHECK(out[i] == (i % 13 < 11 ? toy::field{}(xs[i % 13], ys[i / 13]) : 77));
        }
    }
#endif
}
