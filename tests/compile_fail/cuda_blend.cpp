// Promise: a blend that owns memory is refused before it is handed to a kernel by its bytes.
#include <hallmark/backend/cuda/mark_plan.hpp>

#include <vector>

struct curve {
    std::vector<float>         points;
    [[nodiscard]] std::uint8_t operator()(std::uint8_t pixel, hallmark::level, hallmark::level) const noexcept { return pixel; }
    [[nodiscard]] float        operator()(float pixel, hallmark::level, hallmark::level) const noexcept { return pixel; }
};
using plan = hallmark::mark_plan<hallmark::perlin_sign_noise, hallmark::colour_stripes, curve>;
void add(plan& p, hallmark::secret_key const& key) { p.add(key, 1, 2); }
