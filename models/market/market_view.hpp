// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/market/carry_factor.hpp"
#include "models/market/copula_terms.hpp"
#include "models/market/failure_process.hpp"
#include "models/market/history_terms.hpp"
#include "models/market/jump_process.hpp"
#include "models/market/peg_process.hpp"
#include "models/market/variance_process.hpp"

namespace brink {

/// How the price of one asset moves.
enum class PriceModel : std::uint8_t {
    gbm,        ///< normal log returns
    student_t,  ///< normal log returns times a multiplier that all such assets of a path share
    fixed,      ///< constant: an assumption that the user wrote out
};

inline constexpr int max_assets = 32;
inline constexpr int max_regimes = 8;
inline constexpr int max_mixing_degree = 63;
/// [log2] A price stays within 2^-64 and 2^64 of its start; further is as good as zero or infinite.
inline constexpr float max_log_price = 64;

/// The Student-t multiplier m = sqrt((nu - 2) / chi2_nu), of unit mean square, as a function of one
/// standard normal z: log2 m(z) = sum_k coefficient[k] T_k(z / reach), falling in z.
/// The host fits it and validates: nu > 2, 0 <= degree <= max_mixing_degree, monotone on
/// |z| <= reach, which covers every normal that the generator makes.
template<class T>
struct MixingView {
    std::uint32_t hold_steps;  ///< [steps] for which one draw stays in force, >= 1
    std::int32_t degree;
    T inverse_reach;                       ///< 1 / reach
    T coefficient[max_mixing_degree + 1];  ///< shape [degree + 1] used

    bool operator==(MixingView const&) const = default;
};

/// Parameters of a market of N correlated assets, read-only and copied by value to where it is
/// used. Log prices are in base 2 and relative to the start, x = log2(S / S_0).
/// The host validates: drift finite, half_variance >= 0, `loading` lower triangular with
/// half_variance[i] = ln(2) / 2 * sum_j loading[i][j]^2, a fixed asset's rows all zero. An asset of
/// stochastic variance has the unit Cholesky row as its loading and no half_variance, a peg that of
/// its deviation and neither drift nor half_variance. N may exceed the number of assets in use:
/// what is padded is fixed, at price 0.
template<class T, int N>
struct MarketView {
    static_assert(N >= 1 && N <= max_assets);

    T initial_price[N];  ///< [numeraire] S_0, >= 0
    T drift[N];          ///< [log2 per step] growth of the expected price, log2(E S_t+1 / E S_t),
                         ///< less what the jumps add to it
    T half_variance[N];  ///< [log2 per step] compensator, variance per step / (2 ln 2)
    T net_drift[N];      ///< [log2 per step] drift - half_variance
    T loading[N][N];     ///< [log2 per step] row i: Cholesky row times volatility sqrt(dt) / ln 2
    std::uint32_t factor_mask;  ///< bit i: asset i moves
    std::uint32_t mixed_mask;   ///< bit i: asset i is Student-t, or GARCH with such shocks
    std::uint32_t is_bounded;   ///< 1: no log price can get near max_log_price, so none is limited;
                                ///< 0 is always right (see price_range.hpp)
    MixingView<T> mixing;       ///< used where mixed_mask != 0, or with a copula
    std::uint32_t is_coupled;   ///< 1: the program's CopulaTerms tie the factors
    std::int32_t num_mixings;   ///< entries of the program's table of further multipliers
    std::uint8_t mixing_of[N];  ///< 0: `mixing`; g: entry g - 1 of that table
    std::int32_t num_jumps;     ///< processes
    JumpProcess<T, N> jumps[max_jump_processes];
    std::uint32_t variance_mask;      ///< bit i: asset i has a variance of its own
    std::int32_t num_variances;       ///< bits of variance_mask
    VarianceProcess<T> variances[N];  ///< in the order of the assets
    std::int32_t num_regimes;         ///< 0, or entries of the program's table of RegimeTerms
    std::int32_t num_shocks;          ///< entries of the program's table of PriceShock
    std::int32_t num_pegs;            ///< assets that follow another
    PegProcess<T> pegs[N];            ///< in the order of the assets
    std::uint32_t peg_mask;           ///< bit i: asset i is a peg
    std::int32_t num_failures;
    FailureProcess<T, N> failures[max_failures];
    HistoryTerms history;
    std::int32_t num_carry;    ///< entries of the program's table of CarryFactor
    std::uint32_t is_varying;  ///< 1: steps go through VaryingStep, which keeps MarketMemory

    bool operator==(MarketView const&) const = default;
};

}  // namespace brink
