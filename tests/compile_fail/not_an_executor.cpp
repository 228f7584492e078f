// Promise: something that runs no loops, given as an executor, is named as such.
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>

auto marks(hallmark::marker const& mark, hallmark::image_batch<float> const& pictures) { return mark(pictures, 1, {}, 8); }
