// See beta.hpp.
#pragma once
#include <boost/math/special_functions/beta.hpp>
