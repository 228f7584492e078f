// Promise: a borrowed view given to an image_marker that should return a copy is named as such.
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/image_marker.hpp>

using marker = hallmark::image_marker<hallmark::colour_stripes, hallmark::perlin_sign_noise, hallmark::pixelwise<hallmark::convex>>;

auto marks(marker const& mark, hallmark::tensor_view<float> pictures) { return mark(pictures, 1); }
