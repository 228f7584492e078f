// Compiler and platform switches. The only header in hallmark that may ask which compiler this is.
#pragma once

// A function marked HALLMARK_HD can be called from a CUDA kernel. Under a plain C++ compiler the
// macro is empty, so a header that uses it never needs the CUDA toolkit.
#if defined(__CUDACC__)
#    define HALLMARK_HD __host__ __device__
#else
#    define HALLMARK_HD
#endif
