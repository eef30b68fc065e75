// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/macros.hpp"

BRINK_BEGIN_ISA

/// `values[idx]` for an index that is known at run time only and is the same in all lanes.
/// On the device an unrolled chain of selects keeps `values` in registers (an indexed local array
/// would live in memory); on the CPU the array is in cache anyway.
/// \param idx 0 <= idx < N
template<int N, class F>
BRINK_FN F pick(F const (&values)[N], int idx)
{
#ifdef __CUDA_ARCH__
    F picked = values[0];
    BRINK_UNROLL(32)
    for (int i = 1; i < N; ++i)
        picked = idx == i ? values[i] : picked;
    return picked;
#else
    return values[idx];
#endif
}

BRINK_END_ISA
