// What the published program makes of fixed pictures, pinned: by a test, and by a program that is built with many compilers and flags.
#pragma once

#include <hallmark/parity/marker.hpp>
#include <support/fingerprint.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace parity_fingerprints {

inline auto pictures(std::size_t n, std::size_t h, std::size_t w) -> hallmark::image_batch<std::uint8_t> {
    hallmark::image_batch<std::uint8_t> batch(n, 3, h, w);
    std::uint32_t                       state = 12345;
    for (auto& e : batch.elements()) {
        state = state * 1664525u + 1013904223u;
        e     = static_cast<std::uint8_t>(state >> 24);
    }
    return batch;
}

struct row {
    std::string name, sha256;

    friend auto operator==(row const&, row const&) -> bool = default;
};

inline auto table() -> std::vector<row> {
    using namespace hallmark;
    std::vector<row>    out;
    parity_marker const standard;
    parity_marker const other({.ratio = 0.55, .epsilon = 0.1, .noise = parity_options::kind::uniform});
    out.push_back({"8-bit-32", fingerprint(standard(pictures(8, 32, 32).view()).elements())});
    out.push_back({"8-bit-50x70", fingerprint(standard(pictures(3, 50, 70).view()).elements())});
    out.push_back({"float-32", fingerprint(standard.as_float(pictures(8, 32, 32).view()).elements())});
    out.push_back({"uniform-24x40", fingerprint(other.as_float(pictures(2, 24, 40).view()).elements())});
    auto const map = [](parity_field const& f, std::size_t h, std::size_t w) { return fingerprint(parity_noise(f, h, w).elements()); };
    out.push_back({"map-224", map({41, 3, 33}, 224, 224)});
    out.push_back({"map-101x67", map({3, 16, 32768}, 101, 67)});
    return out;
}

}  // namespace parity_fingerprints
