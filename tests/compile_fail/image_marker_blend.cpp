// Promise: a blend of single pixels given to an image_marker is named as such, with the way out.
#include <hallmark/blend/convolution.hpp>
#include <hallmark/blend/image_blend.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/image_marker.hpp>

using marks = hallmark::image_marker<hallmark::colour_stripes, hallmark::perlin_sign_noise, hallmark::convex>;
static_assert(sizeof(marks) > 0);
