// Promise: a convolution with a pattern that is no filter is named as such.
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/image_marker.hpp>

using marks = hallmark::image_marker<hallmark::colour_stripes, hallmark::perlin_sign_noise, hallmark::convolution>;
static_assert(sizeof(marks) > 0);
