// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

inline constexpr int max_score_degree = 63;

/// The normal score of a Student-t variable v of unit variance, q(v) = Phi^-1(T_nu(v)), as
///   log2(q / v) = sum_k coefficient[k] T_k(y inverse_reach - 1),   y = log2(1 + v^2 / (nu - 2)).
/// The host fits it and validates: nu > 2, 0 <= degree <= max_score_degree, y <= 2 / inverse_reach
/// for every v that the generator makes.
template<class T>
struct CopulaTerms {
    T inverse_spread;  ///< 1 / (nu - 2)
    T inverse_reach;   ///< 2 / the largest y
    std::int32_t degree;
    T coefficient[max_score_degree + 1];  ///< shape [degree + 1] used

    bool operator==(CopulaTerms const&) const = default;
};

}  // namespace brink
