// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/macros.hpp"

BRINK_BEGIN_ISA

/// One of `values[First]` ... `values[First + Width - 1]`, Width a power of two, by a tree of
/// selects.
template<int First, int Width, int N, class F>
BRINK_FN F pick_between(F const (&values)[N], int idx)
{
    if constexpr (Width == 1) {
        return values[First];
    } else {
        constexpr int half = Width / 2;
        F const low = pick_between<First, half>(values, idx);
        if constexpr (First + half >= N)
            return low;
        else
            return (idx & half) != 0 ? pick_between<First + half, half>(values, idx) : low;
    }
}

BRINK_HD constexpr int power_of_two_from(int n)
{
    return n <= 1 ? 1 : 2 * power_of_two_from((n + 1) / 2);
}

/// `values[idx]` for an index that is known at run time only and is the same in all lanes.
/// On the device a tree of selects keeps `values` in registers (an indexed local array would live
/// in memory); on the CPU the array is in cache anyway. \param idx 0 <= idx < N
template<int N, class F>
BRINK_FN F pick(F const (&values)[N], int idx)
{
#ifdef __CUDA_ARCH__
    return pick_between<0, power_of_two_from(N)>(values, idx);
#else
    return values[idx];
#endif
}

/// Values that lie in memory, where an index costs nothing.
template<class F>
struct Listed {
    F const* first;
};
template<int N, class F>
BRINK_FN F pick(Listed<F> values, int idx)
{
    return values.first[idx];
}

BRINK_END_ISA
