// Promise: a destination that is const is refused in words.
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>

void marks(hallmark::marker const& mark, hallmark::tensor_view<float const> out, hallmark::image_batch<float> const& in) { mark.into(out, in, 1); }
