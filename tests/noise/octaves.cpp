#include <hallmark/noise/octaves.hpp>

#include <hallmark/noise/uniform.hpp>
#include <hallmark/noise/value_3d.hpp>

#include <doctest/doctest.h>

using namespace hallmark;

namespace toy {
// An octave of another kind is none: a sum could not hold it.
struct changing_field {
    auto        octave(std::uint32_t) const noexcept -> uniform_noise { return {}; }
    friend auto operator==(changing_field const&, changing_field const&) -> bool = default;
};
}  // namespace toy

TEST_CASE("fields of the plane and of space have octaves; a field without them does not") {
    static_assert(detail::has_octaves<uniform_noise> && detail::has_octaves<value_3d>);
    static_assert(!detail::has_octaves<int> && !detail::has_octaves<toy::changing_field>);
    CHECK(uniform_noise().octave(1) != uniform_noise());
}
