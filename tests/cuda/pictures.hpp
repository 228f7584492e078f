// What the tests of marks on a device share: pictures, keys, and marking by the CPU and by the emulated device.
#pragma once

#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/marks.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

inline auto test_key(std::uint8_t which = 0) -> hallmark::secret_key {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(7 * i + 1 + which);
    }
    return hallmark::secret_key::from_bytes(bytes);
}

template <class Scalar>
auto test_pictures(std::size_t n, std::size_t c, std::size_t h, std::size_t w) -> hallmark::image_batch<Scalar> {
    auto          batch = hallmark::image_batch<Scalar>(n, c, h, w);
    std::uint32_t state = 12345;
    for (auto& e : batch.elements()) {
        state = state * 1664525u + 1013904223u;
        if constexpr (sizeof(Scalar) == 1) {
            e = static_cast<Scalar>(state >> 24);
        } else {
            e = static_cast<Scalar>(state >> 8) / 16777215.0f;
        }
    }
    return batch;
}

/// What the plan makes of the batch on the device, picture by picture in the order of the plan.
template <class Scalar, class Noise, class Pattern, class Blend>
auto on_device(hallmark::emulated_cuda const& device, hallmark::mark_plan<Noise, Pattern, Blend> const& plan, hallmark::image_batch<Scalar> const& batch)
    -> hallmark::image_batch<Scalar> {
    auto const in  = device.array(batch.elements());
    auto const out = device.array<Scalar>(batch.elements().size() / batch.samples() * plan.size());
    auto const c = batch.channels(), h = batch.height(), w = batch.width();
    {
        hallmark::cuda_marks const marks(device, plan);
        marks.into(hallmark::cuda_nchw(out.data, plan.size(), c, h, w), hallmark::cuda_nchw<Scalar const>(in.data, batch.samples(), c, h, w));
        marks.check_pixels();
    }
    std::vector<Scalar> back(out.size);
    device.copy_to_host(back.data(), out.data, back.size() * sizeof(Scalar));
    return {plan.size(), c, h, w, back};
}
