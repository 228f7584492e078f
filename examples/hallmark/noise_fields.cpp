// The names of the fields, and how the command line puts one together.
#include "noise_fields.hpp"

#include <hallmark/noise/blue_noise.hpp>
#include <hallmark/noise/cellular.hpp>
#include <hallmark/noise/cellular_3d.hpp>
#include <hallmark/noise/domain_warp.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/fractal_sum.hpp>
#include <hallmark/noise/gabor.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/perlin_3d.hpp>
#include <hallmark/noise/perlin_classic.hpp>
#include <hallmark/noise/rotate.hpp>
#include <hallmark/noise/scale.hpp>
#include <hallmark/noise/simplex.hpp>
#include <hallmark/noise/simplex_3d.hpp>
#include <hallmark/noise/sparse_gabor_field.hpp>
#include <hallmark/noise/uniform.hpp>
#include <hallmark/noise/value.hpp>
#include <hallmark/noise/value_3d.hpp>

namespace cli {
namespace {
using hallmark::keyed_lattice;

template <template <hallmark::cellular_value, hallmark::cellular_metric> class Cellular, class Any, hallmark::cellular_value Value>
auto with_metric(field_choice const& c, keyed_lattice lattice) -> Any {
    using enum hallmark::cellular_metric;
    if (c.metric == "manhattan") {
        return Any(Cellular<Value, manhattan>(lattice));
    }
    return c.metric == "chebyshev" ? Any(Cellular<Value, chebyshev>(lattice)) : Any(Cellular<Value, euclidean>(lattice));
}
template <template <hallmark::cellular_value, hallmark::cellular_metric> class Cellular, class Any>
auto cellular_of(field_choice const& c, keyed_lattice lattice) -> Any {
    using enum hallmark::cellular_value;
    if (c.value == "f2") {
        return with_metric<Cellular, Any, f2>(c, lattice);
    }
    return c.value == "f2-f1" ? with_metric<Cellular, Any, f2_minus_f1>(c, lattice) : with_metric<Cellular, Any, f1>(c, lattice);
}

template <class Any>
struct named {
    char const* name;
    Any (*make)(field_choice const&, keyed_lattice);
};

template <class Field, class Any>
auto plain(field_choice const& /*c*/, keyed_lattice lattice) -> Any {
    return Any(Field(lattice));
}

auto gabor_of(field_choice const& c, keyed_lattice lattice) -> any_field {
    return any_field(hallmark::make_gabor(lattice, {c.frequency, c.orientation, !c.oriented, c.impulses, c.poisson, c.weights == "signs"}));
}
// A pixel of the kernel to a pixel of the picture.
auto sparse_gabor_of(field_choice const& c, keyed_lattice lattice) -> any_field {
    return any_field(hallmark::sparse_gabor_field(lattice, hallmark::gabor_kernel(c.kernel), c.period, c.impulses));
}

constexpr named<any_field> plane_fields[] = {
    {"perlin", plain<hallmark::perlin, any_field>},
    {"perlin-classic", plain<hallmark::perlin_classic, any_field>},
    {"simplex", plain<hallmark::simplex, any_field>},
    {"value", plain<hallmark::value_noise, any_field>},
    {"cellular", cellular_of<hallmark::cellular, any_field>},
    {"gabor", gabor_of},
    {"uniform", plain<hallmark::uniform_noise, any_field>},
    {"blue", plain<hallmark::blue_noise, any_field>},
    {"gabor-sparse-field", sparse_gabor_of},
};
constexpr named<any_volume> volume_fields[] = {
    {"perlin-3d", plain<hallmark::perlin_3d, any_volume>},
    {"simplex-3d", plain<hallmark::simplex_3d, any_volume>},
    {"value-3d", plain<hallmark::value_3d, any_volume>},
    {"cellular-3d", cellular_of<hallmark::cellular_3d, any_volume>},
};

/// The sum that marks use, with octaves of its own.
class sum_of_marks {
public:
    sum_of_marks() = default;
    sum_of_marks(any_field const& base, std::uint32_t octaves) : base_(base), octaves_(octaves), sum_(base, octaves) {}
    auto operator()(lattice_coordinate x, lattice_coordinate y) const noexcept -> noise_sample { return sum_(x, y); }
    void row(lattice_coordinate const* xs, std::size_t count, lattice_coordinate y, noise_sample* out) const noexcept { sum_.row(xs, count, y, out); }
    [[nodiscard]] auto           octave(std::uint32_t o) const noexcept -> sum_of_marks { return {base_.octave(o), octaves_}; }
    [[maybe_unused]] friend auto operator==(sum_of_marks const&, sum_of_marks const&) -> bool = default;

private:
    any_field                    base_;
    std::uint32_t                octaves_ = 1;
    hallmark::fractal<any_field> sum_;
};

/// The sum of octaves that was asked for, as an `Any` again.
template <class Any>
auto summed(Any const& field, field_choice const& c) -> Any {
    auto const options = hallmark::fractal_options{c.octaves, c.lacunarity, c.gain};
    if (c.fractal == "fbm") {
        return Any(hallmark::fbm(field, options));
    }
    if (c.fractal == "ridged") {
        return Any(hallmark::ridged(field, options));
    }
    if (c.fractal == "billow") {
        return Any(hallmark::billow(field, options));
    }
    return c.fractal == "ping-pong" ? Any(hallmark::ping_pong(field, options, c.strength)) : field;
}
}  // namespace

auto field_names() -> std::vector<std::string> {
    std::vector<std::string> out;
    for (auto const& f : plane_fields) {
        out.emplace_back(f.name);
    }
    for (auto const& f : volume_fields) {
        out.emplace_back(f.name);
    }
    return out;
}

auto is_volume_name(std::string const& name) -> bool {
    for (auto const& f : volume_fields) {
        if (name == f.name) {
            return true;
        }
    }
    return false;
}

// Not the seed itself: a lattice hashes it with its cells, so that seeds in a row would share their values.
auto draws_of(field_choice const& c) -> hallmark::stream {
    return hallmark::stream(hallmark::chacha_key{{static_cast<std::uint32_t>(c.seed), static_cast<std::uint32_t>(c.seed >> 32)}});
}

auto field_of(field_choice const& c) -> any_field {
    auto       draws   = draws_of(c);
    auto const lattice = keyed_lattice::draw(draws);
    any_field  out;
    for (auto const& f : plane_fields) {
        if (c.name == f.name) {
            out = summed(f.make(c, lattice), c);
            if (c.fractal.empty() && c.octaves > 1) {
                out = any_field(sum_of_marks(out, c.octaves));
            }
        }
    }
    for (auto const& f : volume_fields) {
        if (c.name == f.name) {
            out = any_field(hallmark::slice_field<any_volume>(summed(f.make(c, lattice), c), static_cast<lattice_coordinate>(c.z * 65536.0 + 0.5)));
        }
    }
    if (c.factor != 1.0) {
        out = any_field(hallmark::scale(out, c.factor));
    }
    if (c.degrees != 0.0) {
        out = any_field(hallmark::rotate(out, c.degrees));
    }
    if (c.warp != 0.0) {
        out = any_field(hallmark::domain_warp(out, hallmark::simplex(lattice.octave(64)), c.warp));
    }
    return out;
}

}  // namespace cli
