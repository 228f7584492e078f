// Part of the CUDA backend: what nvcc's front end must be told before it reads the other headers.
#pragma once

// Two warnings about these headers: that a view of constants is not converted to itself, and that a draw from a source or into a row that lives on the host,
// which the CPU makes, could not be made by a device.
#if defined(__NVCC__)
#    pragma nv_diagnostic push
#    pragma nv_diag_suppress 554
#    pragma nv_diag_suppress 20011
#    pragma nv_diag_suppress 20013
#    pragma nv_diag_suppress 20014
#    pragma nv_diag_suppress 20015
#endif
#include <hallmark/core/tensor.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/stats/resampling.hpp>
#if defined(__NVCC__)
#    pragma nv_diagnostic pop
#endif
