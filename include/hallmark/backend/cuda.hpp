// Marking and auditing on device memory: all of it but the launches themselves, so that it compiles, and is tested, without CUDA.
//
// What is declared here works with any `Device`: `cuda_executor` of backend/cuda.cuh, which needs nvcc, or `emulated_cuda`, which is the CPU.
#pragma once

#include <hallmark/backend/cuda/nvcc.hpp>  // first

#include <hallmark/backend/cuda/audit.hpp>
#include <hallmark/backend/cuda/audit_body.hpp>
#include <hallmark/backend/cuda/batch.hpp>
#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/curve_body.hpp>
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/failure.hpp>
#include <hallmark/backend/cuda/fixed_sum.hpp>
#include <hallmark/backend/cuda/groups.hpp>
#include <hallmark/backend/cuda/half.hpp>
#include <hallmark/backend/cuda/image_body.hpp>
#include <hallmark/backend/cuda/image_mark_plan.hpp>
#include <hallmark/backend/cuda/image_marks.hpp>
#include <hallmark/backend/cuda/image_steps.hpp>
#include <hallmark/backend/cuda/logit_sum.hpp>
#include <hallmark/backend/cuda/mark_body.hpp>
#include <hallmark/backend/cuda/mark_plan.hpp>
#include <hallmark/backend/cuda/marks.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/moments.hpp>
#include <hallmark/backend/cuda/noise_draw.hpp>
#include <hallmark/backend/cuda/parity.hpp>
#include <hallmark/backend/cuda/parity_body.hpp>
#include <hallmark/backend/cuda/pattern_draw.hpp>
#include <hallmark/backend/cuda/permutation.hpp>
#include <hallmark/backend/cuda/plane.hpp>
#include <hallmark/backend/cuda/ranks.hpp>
#include <hallmark/backend/cuda/resample_body.hpp>
#include <hallmark/backend/cuda/scores.hpp>
#include <hallmark/backend/cuda/shadow.hpp>
#include <hallmark/backend/cuda/signals.hpp>
#include <hallmark/backend/cuda/sorted_body.hpp>
#include <hallmark/backend/cuda/uploaded_plan.hpp>
#include <hallmark/backend/cuda/welch.hpp>
