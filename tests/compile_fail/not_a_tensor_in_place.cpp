// Promise: marking in place asks for a tensor in the same words.
#include <hallmark/mark/marker.hpp>

struct mine {};

void marks(hallmark::marker const& mark, mine& pictures) { mark.in_place(pictures, 1); }
