// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/factor_draw.hpp"
#include "models/market/market_state.hpp"

BRINK_BEGIN_ISA

/// Moves of log prices by the factors of one step, compensated so that E S grows by `drift`.
/// \tparam Terms `net_drift(i)`, `drift(i)`, `half_variance(i)`, `loading(i, j)`
template<class F, int N, class Terms>
class FactorMove {
    Terms terms_;

    using T = value_t<F>;

  public:
    BRINK_FN explicit FactorMove(Terms terms) : terms_{terms} {}

    /// x_i += drift_i - half_variance_i + sum_j loading_ij z_j
    BRINK_FN void normal(F (&log_price)[N], FactorDraw<F, N> const& draw) const
    {
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i) {
            F x = log_price[i] + F(terms_.net_drift(i));
            BRINK_UNROLL(32)
            for (int j = 0; j <= i; ++j)
                x = madd(F(terms_.loading(i, j)), draw.normal[j], x);
            log_price[i] = x;
        }
    }

    /// x_i += drift_i - m^2 half_variance_i + m sum_j loading_ij z_j, m = 1 unless asset i is mixed
    /// \param multiplier `multiplier(i)` is m
    template<class Multiplier>
    BRINK_FN void mixed(F (&log_price)[N], FactorDraw<F, N> const& draw, Multiplier multiplier,
                        std::uint32_t mixed_mask) const
    {
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i) {
            bool const is_mixed = (mixed_mask >> i & 1u) != 0;
            F const m = select(is_mixed, multiplier(i), F(T(1)));
            F shock = F(terms_.loading(i, 0)) * draw.normal[0];
            BRINK_UNROLL(32)
            for (int j = 1; j <= i; ++j)
                shock = madd(F(terms_.loading(i, j)), draw.normal[j], shock);
            F const growth = madd(-(m * m), F(terms_.half_variance(i)), F(terms_.drift(i)));
            log_price[i] = madd(m, shock, log_price[i] + growth);
        }
    }
};

/// The constant terms of a market.
template<class T, int N>
struct MarketTerms {
    MarketView<T, N> const& market;

    BRINK_FN T net_drift(int i) const { return market.net_drift[i]; }
    BRINK_FN T drift(int i) const { return market.drift[i]; }
    BRINK_FN T half_variance(int i) const { return market.half_variance[i]; }
    BRINK_FN T loading(int i, int j) const { return market.loading[i][j]; }
};

BRINK_END_ISA
