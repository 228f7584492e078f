#include <hallmark/noise/from_lattice.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/scale.hpp>

#include <doctest/doctest.h>

using namespace hallmark;

TEST_CASE("a maker makes the field of the lattice that it is given") {
    constexpr keyed_lattice one{1, 2}, other{2, 1};
    CHECK(from_lattice<perlin>{}(one) == perlin(one));
    CHECK(from_lattice<perlin>{}(one) != from_lattice<perlin>{}(other));
    gabor_from_lattice straight;
    straight.options.isotropic = false;
    CHECK(straight(one) == make_gabor(one, straight.options));
    CHECK(straight(one) != gabor_from_lattice{}(one));
}

TEST_CASE("what is a maker") {
    auto const composed = [](keyed_lattice l) { return scale(perlin(l), 2.0); };
    static_assert(makes_field<from_lattice<perlin>, perlin> && makes_field<gabor_from_lattice, gabor>);
    static_assert(makes_field<decltype(composed), scaled_field<perlin>>);
    static_assert(!makes_field<from_lattice<perlin>, gabor> && !makes_field<int, perlin>);
    CHECK(composed(keyed_lattice{3, 4}) == scale(perlin(keyed_lattice{3, 4}), 2.0));
}
