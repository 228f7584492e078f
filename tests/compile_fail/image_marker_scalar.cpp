// Promise: pictures of another scalar are named as such by an image_marker.
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/image_marker.hpp>

using marker = hallmark::image_marker<hallmark::colour_stripes, hallmark::perlin_sign_noise, hallmark::pixelwise<hallmark::convex>>;

auto marks(marker const& mark, hallmark::image_batch<double> const& pictures) { return mark(pictures, 1); }
