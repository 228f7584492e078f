// Promise: a marked copy of a view is refused with the two calls that do work on views.
#include <hallmark/mark/marker.hpp>

void marks(hallmark::marker const& mark, hallmark::tensor_view<float> pictures) { (void)mark(pictures, 1); }
