// Promise: where two arrays are given, the message says which of them is not a tensor: here the source.
#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/marker.hpp>

struct mine {};

void marks(hallmark::marker const& mark, hallmark::image_batch<float>& out) { mark.into(out, mine{}, 1); }
