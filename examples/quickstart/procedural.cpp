// Pictures made on the spot, for want of real ones: ten kinds of shapes on noise.
#include "data.hpp"
#include "shuffle.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace quickstart {
namespace {

constexpr std::array kinds = {"bars across", "bars down", "chequer", "cross", "disc", "frame", "ring", "saltire", "square", "triangle"};

/// Whether the shape covers the place (u, v); it fills the square from −1 to 1.
auto covers(std::size_t kind, float u, float v) -> bool {
    auto const a = std::abs(u), b = std::abs(v), most = std::max(a, b), far = u * u + v * v;
    auto const stripe = [](float x) { return std::fmod(x + 2.0f, 0.8f) < 0.4f; };
    if (most > 1.0f) {
        return false;
    }
    switch (kind) {
        case 0:
            return stripe(v);
        case 1:
            return stripe(u);
        case 2:
            return stripe(u) != stripe(v);
        case 3:
            return std::min(a, b) < 0.3f;
        case 4:
            return far < 1.0f;
        case 5:
            return most > 0.55f;
        case 6:
            return far < 1.0f && far > 0.4f;
        case 7:
            return std::abs(a - b) < 0.4f;
        case 8:
            return most < 0.85f;
        default:
            return 2.0f * a < 1.0f + v;
    }
}

using colour = std::array<float, 3>;

/// A shape somewhere in the picture, turned a little.
struct shape {
    std::size_t kind;
    float       x, y, radius, cosine, sine;
    colour      paint;

    shape(hallmark::stream& draws, std::size_t k, float least, float most) : kind(k) {
        auto const between = [&](float low, float high) { return low + (high - low) * hallmark::uniform_float(draws); };
        radius             = between(least, most);
        x                  = between(radius, 1.0f - radius);
        y                  = between(radius, 1.0f - radius);
        auto const angle   = between(-0.4f, 0.4f);
        cosine             = std::cos(angle);
        sine               = std::sin(angle);
        paint              = {between(0, 255), between(0, 255), between(0, 255)};
    }
    [[nodiscard]] auto at(float px, float py) const -> bool {
        auto const dx = (px - x) / radius, dy = (py - y) / radius;
        return covers(kind, cosine * dx + sine * dy, cosine * dy - sine * dx);
    }
};

/// A plain ground, a large shape of the class, two small ones of any class in its way, and much noise: like photographs, easy to
/// learn by heart and not so easy to understand.
void paint(hallmark::tensor_view<std::uint8_t> out, std::size_t kind, hallmark::stream draws) {
    auto const any    = [&] { return hallmark::uniform_below(draws, kinds.size()); };
    auto const level  = [&] { return 255.0f * hallmark::uniform_float(draws); };
    auto const ground = colour{level(), level(), level()};
    auto const shapes = std::array{shape(draws, kind, 0.28f, 0.42f), shape(draws, any(), 0.12f, 0.2f), shape(draws, any(), 0.12f, 0.2f)};
    for (std::size_t h = 0; h < out.height(); ++h) {
        for (std::size_t w = 0; w < out.width(); ++w) {
            auto const  px   = (static_cast<float>(w) + 0.5f) / static_cast<float>(out.width());
            auto const  py   = (static_cast<float>(h) + 0.5f) / static_cast<float>(out.height());
            auto const* here = &ground;
            for (auto const& s : shapes) {
                here = s.at(px, py) ? &s.paint : here;
            }
            for (std::size_t c = 0; c < 3; ++c) {
                auto const noise   = 160.0f * (hallmark::uniform_float(draws) - 0.5f);
                out.at(0, c, h, w) = static_cast<std::uint8_t>(std::clamp(0.6f * (*here)[c] + 51.0f + noise, 0.0f, 255.0f));
            }
        }
    }
}

}  // namespace

auto make_pictures(options const& o) -> hallmark::labelled_images {
    constexpr std::size_t     per_class = 1500;
    hallmark::labelled_images out;
    out.images = pictures(kinds.size() * per_class, 3, o.size, o.size);
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        out.class_names.emplace_back(kinds[kind]);
        for (std::size_t i = 0; i < per_class; ++i) {
            auto const n = out.labels.size();
            paint(out.images.view().slice(n, 1), kind, draws_for(o.seed, stage::making_pictures, n));
            out.labels.push_back(kind);
            out.names.push_back(std::string(kinds[kind]) + "/" + std::to_string(i));
        }
    }
    return out;
}

}  // namespace quickstart
