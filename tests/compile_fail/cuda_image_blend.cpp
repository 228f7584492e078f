// Promise: a blend of whole pictures that owns memory is refused before it is handed to a kernel by its bytes.
#include <hallmark/backend/cuda/image_mark_plan.hpp>

#include <vector>

struct curves {
    std::vector<float> points;
    template <class Scalar, class Pattern>
    void operator()(hallmark::tensor_view<Scalar>, hallmark::tensor_view<Scalar const>, hallmark::tensor_view<hallmark::level const>,
                    Pattern const&) const noexcept {}
};
using plan = hallmark::image_mark_plan<hallmark::perlin_sign_noise, hallmark::colour_stripes, curves>;
void add(plan& p, hallmark::secret_key const& key) { p.add(key, 1, 2); }
