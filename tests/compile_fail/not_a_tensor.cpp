// Promise: marking a type that nobody described says "this type is not a tensor", and names the way out.
#include <hallmark/mark/marker.hpp>

struct mine {};

void marks(hallmark::marker const& mark) { (void)mark(mine{}, 1); }
