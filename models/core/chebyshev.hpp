// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/real.hpp"

BRINK_BEGIN_ISA

/// sum_k coefficient[k] T_k(t), |t| <= 1, by the recurrence of C. W. Clenshaw, "A note on the
/// summation of Chebyshev series" (1955). \param coefficient shape [degree + 1]
template<class F>
BRINK_FN F sum_chebyshev(value_t<F> const* coefficient, std::int32_t degree, F t)
{
    F const two_t = t + t;
    F next(value_t<F>(0)), after_next(value_t<F>(0));
    for (std::int32_t k = degree; k > 0; --k) {
        F const sum = madd(two_t, next, F(coefficient[k]) - after_next);
        after_next = next;
        next = sum;
    }
    return madd(t, next, F(coefficient[0]) - after_next);
}

BRINK_END_ISA
