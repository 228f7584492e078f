// The code in docs/*.md that uses array libraries (Eigen), compiled and run.
#include <hallmark/backend/eigen.hpp>
#include <hallmark/backend/eigen_tensor.hpp>
#include <hallmark/hallmark.hpp>

#include <doctest/doctest.h>

#include <type_traits>

TEST_CASE("Eigen arrays are pictures") {
    // clang-format off
    // [eigen]
    hallmark::marker const mark(hallmark::secret_key::generate());
    Eigen::ArrayXXf const grey = Eigen::ArrayXXf::Constant(48, 64, 0.5f);  // one grey picture
    Eigen::ArrayXXf const one = mark(grey, "ada");
    Eigen::Tensor<float, 4> batch = Eigen::Tensor<float, 4>(10, 3, 32, 32).setConstant(0.5f);  // ten colour pictures
    mark.in_place(batch, "ada");
    // [/eigen]
    // clang-format on
    CHECK((one != grey).any());
    CHECK(batch(0, 0, 0, 0) != 0.5f);
}
