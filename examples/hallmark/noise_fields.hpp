// Every noise field of the library behind one type, so that the command line can choose among them and combine them.
#pragma once

#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gabor_kernel.hpp>
#include <hallmark/noise/volume.hpp>
#include <hallmark/random/stream.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cli {

using hallmark::lattice_coordinate;
using hallmark::noise_sample;

/// A field of the plane, whichever: a noise_field itself, with rows and octaves, so that all combinators take it.
class any_field {
public:
    any_field() = default;
    template <class F>
    explicit any_field(F const& field) : held_(kept(std::make_unique<holder<F> const>(field))) {}

    auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample {
        noise_sample out = 0;
        row(&x, 1, y, &out);
        return out;
    }
    void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept { held_->row(xs, count, y, out); }
    [[nodiscard]] auto octave(std::uint32_t o) const noexcept -> any_field {
        auto const found = held_->octaves.find(o);
        return found != held_->octaves.end() ? found->second : held_->octaves.emplace(o, held_->octave(o)).first->second;
    }
    friend constexpr auto operator==(any_field const&, any_field const&) -> bool = default;

private:
    struct base {
        virtual ~base()                                                                                                                = default;
        virtual void               row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const = 0;
        [[nodiscard]] virtual auto octave(std::uint32_t o) const -> any_field                                                          = 0;

        mutable std::map<std::uint32_t, any_field> octaves;  // asked for again at every pixel
    };
    template <class F>
    struct holder final : base {
        F field;
        explicit holder(F const& f) : field(f) {}
        void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const override {
            if constexpr (hallmark::row_noise_field<F>) {
                field.row(xs, count, y, out);
            } else {
                for (std::size_t i = 0; i < count; ++i) {
                    out[i] = field(xs[i], y);
                }
            }
        }
        [[nodiscard]] auto octave(std::uint32_t o) const -> any_field override { return any_field(field.octave(o)); }
    };
    // Fields are compared and copied by the pixel, so they are pointers; what they point to lives as long as the program.
    static auto kept(std::unique_ptr<base const> field) -> base const* {
        static std::vector<std::unique_ptr<base const>> all;
        return all.emplace_back(std::move(field)).get();
    }

    base const* held_ = nullptr;
};

/// The same for fields in space.
class any_volume {
public:
    any_volume() = default;
    template <class F>
    explicit any_volume(F const& field) : held_(kept(std::make_unique<holder<F> const>(field))) {}

    auto operator()(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const noexcept -> noise_sample { return held_->at(x, y, z); }
    [[nodiscard]] auto octave(std::uint32_t o) const noexcept -> any_volume {
        auto const found = held_->octaves.find(o);
        return found != held_->octaves.end() ? found->second : held_->octaves.emplace(o, held_->octave(o)).first->second;
    }
    friend constexpr auto operator==(any_volume const&, any_volume const&) -> bool = default;

private:
    struct base {
        virtual ~base()                                                                                                       = default;
        [[nodiscard]] virtual auto at(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const -> noise_sample = 0;
        [[nodiscard]] virtual auto octave(std::uint32_t o) const -> any_volume                                                = 0;

        mutable std::map<std::uint32_t, any_volume> octaves;  // asked for again at every pixel
    };
    template <class F>
    struct holder final : base {
        F field;
        explicit holder(F const& f) : field(f) {}
        [[nodiscard]] auto at(lattice_coordinate x, lattice_coordinate y, lattice_coordinate z) const -> noise_sample override { return field(x, y, z); }
        [[nodiscard]] auto octave(std::uint32_t o) const -> any_volume override { return any_volume(field.octave(o)); }
    };
    // Fields are compared and copied by the pixel, so they are pointers; what they point to lives as long as the program.
    static auto kept(std::unique_ptr<base const> field) -> base const* {
        static std::vector<std::unique_ptr<base const>> all;
        return all.emplace_back(std::move(field)).get();
    }

    base const* held_ = nullptr;
};

/// What the command line says about a field. Empty texts and zeros are what was not given.
struct field_choice {
    std::string   name, fractal, metric = "euclidean", value = "f1", weights = "uniform";
    std::uint32_t octaves = 1, impulses = 16, period = 32;
    std::uint64_t seed       = 0;
    double        lacunarity = 2.0, gain = 0.5, strength = 4.0, z = 0.0, warp = 0.0, factor = 1.0, degrees = 0.0, frequency = 3.0, orientation = 0.0;
    bool          oriented = false, poisson = false;

    hallmark::gabor_kernel_options kernel{};
};

/// The names of all fields, those of the plane first.
[[nodiscard]] auto field_names() -> std::vector<std::string>;
/// True for the names of fields in space.
[[nodiscard]] auto is_volume_name(std::string const& name) -> bool;
/// The field that was chosen, with its octaves, its slice, scaled, turned and warped.
[[nodiscard]] auto field_of(field_choice const& c) -> any_field;
/// What is drawn for it, from its seed.
[[nodiscard]] auto draws_of(field_choice const& c) -> hallmark::stream;

}  // namespace cli
