// The marked batches whose bytes are pinned: by a test, and by a program that is built with many compilers and flags.
#pragma once

#include <hallmark/core/executor.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>
#include <support/fingerprint.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fingerprints {

inline auto key() -> hallmark::secret_key {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(7 * i + 1);
    }
    return hallmark::secret_key::from_bytes(bytes);
}

/// Pictures that contain every level. Float pixels are multiples of 2^-8, so making them rounds nothing.
template <class Scalar>
auto pictures(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> hallmark::image_batch<Scalar> {
    auto          batch = hallmark::image_batch<Scalar>(n, c, h, w);
    std::uint32_t state = 12345;
    for (auto& e : batch.elements()) {
        state            = state * 1664525u + 1013904223u;
        auto const level = state >> 24;
        if constexpr (sizeof(Scalar) == 1) {
            e = static_cast<Scalar>(level);
        } else {
            e = static_cast<Scalar>(level == 255 ? 256 : level) * 0x1p-8f;
        }
    }
    return batch;
}

struct row {
    std::string name, sha256;
};

template <class Scalar, class Executor>
void add(std::vector<row>& table, std::string const& scalar, Executor const& executor) {
    using namespace hallmark;
    auto const line = [&](std::string const& name, marker const& m, image_batch<Scalar> const& batch, user_id user, mark_options const& options) {
        table.push_back({scalar + "-" + name, fingerprint(m(batch, user, options, executor).elements())});
    };
    auto const standard = marker(key());

    mark_parameters p;
    p.design               = key_design::independent;
    auto const independent = marker(key(), p);

    p                = {};
    p.ratio          = 0.55;
    p.epsilon        = 0.1;
    p.stripes        = 7;
    p.period         = {3, 11};
    p.octaves        = {1, 16};
    p.half_cycles    = {1, 65535};
    auto const other = marker(key(), p);

    std::uint64_t const numbers[] = {5, 1'000'000'007, std::uint64_t{1} << 40};

    line("32", standard, pictures<Scalar>(20, 3, 32, 32), 0, {});
    line("17x23", standard, pictures<Scalar>(3, 3, 17, 23), 1, {});
    line("1x1", standard, pictures<Scalar>(33, 3, 1, 1), 2, {});
    line("224", standard, pictures<Scalar>(2, 3, 224, 224), 3, {});
    line("grey", standard, pictures<Scalar>(3, 1, 28, 28), 4, {});
    line("independent", independent, pictures<Scalar>(5, 3, 32, 32), 5, {});
    line("version-1", standard, pictures<Scalar>(3, 3, 32, 32), 0, {1, 0, {}});
    line("named-user", standard, pictures<Scalar>(3, 3, 32, 32), "alice", {});
    line("first-sample", standard, pictures<Scalar>(3, 3, 32, 32), 0, {0, 7, {}});
    line("samples", standard, pictures<Scalar>(3, 3, 32, 32), 0, {2, 0, numbers});
    line("parameters", other, pictures<Scalar>(3, 3, 40, 100), 6, {});
}

template <class Executor = hallmark::sequential>
auto table(Executor const& executor = {}) -> std::vector<row> {
    std::vector<row> out;
    add<std::uint8_t>(out, "u8", executor);
    add<float>(out, "float", executor);
    return out;
}

}  // namespace fingerprints
