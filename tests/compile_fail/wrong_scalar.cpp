// Promise: pictures of double are refused with the scalars that are allowed.
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>

auto marks(hallmark::marker const& mark, hallmark::image_batch<double> const& pictures) { return mark(pictures, 1); }
