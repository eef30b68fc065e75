// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/normal_cdf.hpp"

BRINK_BEGIN_ISA

enum class OptionRight : std::int32_t { call, put };

/// Value of a European option, and what it moves by per unit of its forward.
template<class F>
struct OptionValue {
    F value;  ///< >= 0, in the money of forward and strike
    F delta;  ///< [0, 1] of a call, [-1, 0] of a put
};

/// ln(forward / strike)
template<class F>
BRINK_FN F log_moneyness(F forward, F strike)
{
    using T = value_t<F>;
    constexpr T ln2 = T(0.69314718055994530942);
    return log2_(forward / strike) * F(ln2);
}

/// `black76` below, for several deviations of one forward. \param moneyness log_moneyness
template<class F>
BRINK_FN OptionValue<F> black76(OptionRight right, F forward, F strike, F deviation, F moneyness)
{
    using T = value_t<F>;
    constexpr T least = is_single<F> ? T(1e-6) : T(1e-14);
    F const s = vmax(deviation, F(least));
    F const d = moneyness / s + s * F(T(0.5));
    T const sign = right == OptionRight::call ? T(1) : T(-1);
    F const of_forward = normal_cdf(F(sign) * d);
    F const of_strike = normal_cdf(F(sign) * (d - s));
    F const value = F(sign) * (forward * of_forward - strike * of_strike);
    return {vmax(value, F(T(0))), F(sign) * of_forward};
}

/// European options on a forward: `black76(right, forward, strike, deviation)`. F. Black, "The
/// pricing of commodity contracts", J. Financial Economics 3 (1976), undiscounted: with
/// d = ln(F / K) / s + s / 2 a call is worth F N(d) - K N(d - s). Without deviation it is worth
/// what it would pay now.
/// \param forward, strike > 0, in one money; \param deviation of the log price at expiry,
/// volatility x sqrt(years), >= 0
template<class F>
BRINK_FN OptionValue<F> black76(OptionRight right, F forward, F strike, F deviation)
{
    return black76(right, forward, strike, deviation, log_moneyness(forward, strike));
}

/// What an option's value moves by per unit of volatility (1: a hundred points): F n(d)
/// sqrt(years), the same of calls and puts. \param volatility > 0, annual; \param root square root
/// of the years
template<class F>
BRINK_FN F black76_vega(F forward, F strike, F volatility, F root)
{
    using T = value_t<F>;
    constexpr T least = is_single<F> ? T(1e-6) : T(1e-14);
    constexpr T half_log2e = T(0.72134752044448170368);
    constexpr T height = T(0.39894228040143267794);  // 1 / sqrt(2 pi)
    F const s = vmax(volatility * root, F(least));
    F const d = log_moneyness(forward, strike) / s + s * F(T(0.5));
    return forward * F(height) * exp2_(F(-half_log2e) * d * d) * root;
}

BRINK_END_ISA
