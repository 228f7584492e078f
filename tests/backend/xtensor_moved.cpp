// The header finds xtensor where it has been since 0.26. This program's include path has xtensor_moved/ in front.
#include <hallmark/backend/xtensor.hpp>

#include <support/backend_laws.hpp>

#include <doctest/doctest.h>

#include <cstddef>

#if XTENSOR_VERSION_MAJOR == 0 && XTENSOR_VERSION_MINOR < 26 && \
    !(defined(HALLMARK_TEST_MOVED_XARRAY) && defined(HALLMARK_TEST_MOVED_XFIXED) && defined(HALLMARK_TEST_MOVED_XTENSOR))
#    error "hallmark/backend/xtensor.hpp did not look in xtensor/containers/, or xtensor_moved/ is not in the include path"
#endif

namespace {
struct pictures : laws::any_extents<4> {
    using scalar = float;
    using array  = xt::xtensor<float, 4>;
    explicit pictures(laws::shape s) : tensor(array::from_shape({s.n, s.c, s.h, s.w})) {}
    auto  at(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> float& { return tensor(n, c, h, w); }
    array tensor;
};
}  // namespace

// An include path that moved breaks every user on the day he updates, and no test of the old path shows it.
TEST_CASE("xtensor under its new paths") { laws::check_backend<pictures>(); }
