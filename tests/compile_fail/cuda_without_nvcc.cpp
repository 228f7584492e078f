// Kernels need nvcc: a C++ compiler must say so in a sentence, and not stumble over <<<.
#include <hallmark/backend/cuda.cuh>
