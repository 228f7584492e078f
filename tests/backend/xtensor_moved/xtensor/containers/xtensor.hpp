// Stands in for the folder that xtensor 0.26 moved its containers to, so that an older one can be had under both paths.
#pragma once

#include <xtensor/xtensor.hpp>

#define HALLMARK_TEST_MOVED_XTENSOR 1
