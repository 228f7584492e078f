// Promise: pictures of int are refused in place as they are out of place.
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>

void marks(hallmark::marker const& mark, hallmark::image_batch<int>& pictures) { mark.in_place(pictures, 1); }
