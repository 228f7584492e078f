// What holds for every field in space.
#pragma once

#include "field_laws.hpp"

#include <hallmark/noise/volume.hpp>

namespace laws {

/// Range, rows, a block, its slices, all three directions' continuity, and the moments.
template <class Field>
void check_volume(Field const& field, double step, double mean) {
    for (auto const z : positions(20)) {
        for (auto const y : positions(20)) {
            for (auto const x : positions(20)) {
                auto const v = field(x, y, z);
                REQUIRE(v >= -noise_one);
                REQUIRE(v <= noise_one);
            }
        }
    }
    for (auto const z : {0u, 0x12345678u, 0xffffffffu}) {
        auto const slice = slice_field<Field>(field, z);
        REQUIRE(slice(0x1234567u, 0x89abcdefu) == field(0x1234567u, 0x89abcdefu, z));
        if constexpr (row_volume_field<Field>) {
            check_row(slice, 200);
        }
    }
    auto const most = static_cast<std::int64_t>(step * 0x1p30);
    for (auto const other : {0u, 0x12345678u, 0xfffffffcu}) {
        for (std::uint32_t i = 0; i < 4 * 65536; i += 52) {
            auto const at = i - 2 * 65536u, on = at + 4;
            REQUIRE(std::abs(std::int64_t{field(on, other, 0x4321u)} - field(at, other, 0x4321u)) <= most);
            REQUIRE(std::abs(std::int64_t{field(other, on, 0x4321u)} - field(other, at, 0x4321u)) <= most);
            REQUIRE(std::abs(std::int64_t{field(0x4321u, other, on)} - field(0x4321u, other, at)) <= most);
        }
    }
    for (std::uint32_t const period : {1u, 5u, 65535u, 1'000'000u}) {
        auto const                o = period != 5 ? noise_origin{} : noise_origin{std::numeric_limits<std::int32_t>::max() - 3, -2, -8};
        std::vector<noise_sample> memory(3 * 5 * 7 * 2, 77);
        fill_volume(field, period, tensor_view<noise_sample>{memory.data(), {1, 3, 5, 7}, {0, 70, 14, 2}}, o);
        for (std::size_t d = 0; d < 3; ++d) {
            for (std::size_t h = 0; h < 5; ++h) {
                for (std::size_t w = 0; w < 7; ++w) {
                    auto const at = [&](std::int32_t from, std::size_t p) { return place_of(from + static_cast<std::int64_t>(p), period); };
                    REQUIRE(memory[d * 70 + h * 14 + w * 2] == field(at(o.x, w), at(o.y, h), at(o.z, d)));
                    REQUIRE(memory[d * 70 + h * 14 + w * 2 + 1] == 77);
                }
            }
        }
    }
    double sum = 0;
    for (std::uint32_t i = 0; i < 40 * 40 * 40; ++i) {
        sum += field(i % 40 * 48271u, i / 40 % 40 * 69621u, i / 1600 * 52711u) * 0x1p-30;
    }
    CHECK(sum / 64000 == doctest::Approx(mean).scale(1).epsilon(0.02));
}

/// At every level, a plane of the field is its points; and the field goes into the next combinator, which knows only what it was given.
template <class Field>
void check_planes(Field const& field) {
    static_assert(volume_field<Field> && !noise_field<Field>);
    for (auto const z : {0u, 0x12345u, 0xfffeffffu}) {
        auto const slice = slice_field<Field>(field, z);
        if constexpr (grid_volume_field<Field>) {
            check_levels(slice, false);
        } else {
            check_fill(slice);
        }
    }
}

/// A plane along z: its x is x, its y is z.
template <volume_field Field>
struct upright {
    Field field{};

    auto        operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample { return field(x, 0x12345u, y); }
    friend auto operator==(upright const&, upright const&) -> bool = default;
};
/// Isotropic within a factor of `ratio`, between x and y and between x and z.
template <class Field>
void check_isotropic(Field const& field, double ratio) {
    CHECK(anisotropy(slice_field<Field>(field, 0x12345u), 0.3, 150) < ratio);
    CHECK(anisotropy(upright<Field>{field}, 0.3, 150) < ratio);
}

template <class Field>
auto volume_fingerprint(Field const& field) -> std::string {
    std::vector<noise_sample> samples;
    for (auto const z : positions(16)) {
        for (auto const y : positions(16)) {
            for (auto const x : positions(16)) {
                samples.push_back(field(x, y, z));
            }
        }
    }
    return fingerprint(samples);
}

}  // namespace laws
