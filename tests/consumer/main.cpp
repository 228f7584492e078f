// Deliberately shallow: this checks that the package carries its headers, its C++20 requirement and its
// dependencies. The other tests check what the code does.
#include <hallmark/hallmark.hpp>
#ifdef USE_EIGEN
#    include <hallmark/backend/eigen.hpp>
static_assert(hallmark::owning_tensor<Eigen::ArrayXXf>);
#endif
#ifdef USE_XTENSOR
#    include <hallmark/backend/xtensor.hpp>
#endif
#ifdef USE_TORCH
#    include <hallmark/backend/torch.hpp>
#endif
#ifdef USE_SODIUM
#    include <hallmark/backend/sodium.hpp>
#endif
#ifdef USE_STB
#    include <hallmark/io/image.hpp>
#endif
#ifdef USE_JSON
#    include <hallmark/report/json.hpp>
#endif
#ifdef USE_ZLIB
#    include <hallmark/io/archive.hpp>
#endif

#include <vector>

int main() {
    auto const                  mark = hallmark::marker(hallmark::secret_key::generate());
    hallmark::image_batch<float> pictures(2, 3, 8, 8);
    auto const                  marked = mark(pictures, "a user");
    std::vector<double> const   nulls(19, 0.0);
    auto const                  v = hallmark::population_audit(1.0, nulls, {.alpha = 0.05});
    return marked != pictures && v.outcome == hallmark::decision::shown ? 0 : 1;
}
