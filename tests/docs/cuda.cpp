// The code of docs/cuda.md, on the emulated device.
#include <hallmark/backend/cuda.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <vector>

namespace {
struct even_model {
    hallmark::cuda_span<float> room;
    auto operator()(hallmark::tensor_view<float const, hallmark::cuda_space> x) const -> hallmark::tensor_view<float const, hallmark::cuda_space> {
        for (std::size_t i = 0; i < 2 * x.samples(); ++i) {
            room.data[i] = static_cast<float>(i % 3);
        }
        return hallmark::cuda_nchw<float const>(room.data, x.samples(), 2, 1, 1);
    }
};
}  // namespace

TEST_CASE("docs: cuda") {
    hallmark::emulated_cuda const  device;
    std::size_t const              n = 4, c = 3, h = 16, w = 16;
    auto const                     memory    = device.array(std::vector<std::uint8_t>(n * c * h * w, 100));
    auto const                     published = device.array<std::uint8_t>(n * c * h * w);
    std::uint8_t const*            originals = memory.data;
    std::uint8_t*                  marked    = published.data;
    even_model                     model{device.array<float>(512)};
    std::vector<std::size_t> const labels = {0, 1, 0, 1};
    // [cuda]
    auto const mark = hallmark::marker(hallmark::secret_key::generate());
    auto const in   = hallmark::cuda_nchw(originals, n, c, h, w);  // pointers to device memory
    auto const out  = hallmark::cuda_nchw(marked, n, c, h, w);

    hallmark::mark_plan plan(mark.parameters());
    plan.add(mark.key(), "ada", n);  // draws on the host: any number of keys, users and versions
    hallmark::cuda_marks const marks(device, plan);  // copies the plan, once
    marks.into(out, in);  // launches
    marks.check_pixels();  // waits

    auto const v = hallmark::cuda_counterfactual_audit(device, model, mark, in, labels, "ada", {.alpha = 0.05, .withheld = 19});
    // [/cuda]
    CHECK(v.queries == 80);
    CHECK(v.p_value > 0.0);
}
