// Promise: something that runs no loops, given to an image_marker as an executor, is named as such.
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/image_marker.hpp>

using marker = hallmark::image_marker<hallmark::colour_stripes, hallmark::perlin_sign_noise, hallmark::pixelwise<hallmark::convex>>;

auto marks(marker const& mark, hallmark::image_batch<float> const& pictures) { return mark(pictures, 1, {}, 8); }
