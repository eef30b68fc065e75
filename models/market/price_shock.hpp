// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/market/market_state.hpp"

namespace brink {

/// Where a shock takes a price.
enum class ShockKind : std::uint8_t {
    change,  ///< by `amount` from wherever it is
    level    ///< to `amount`
};

/// A shock of one asset's price that the scenario dates, on top of whatever its model does: evenly
/// in log price from `begin` to `end`, or at once where both are equal.
/// The host validates: 0 <= begin <= end <= steps, |amount| < max_log_price.
template<class T>
struct PriceShock {
    std::int32_t asset;
    ShockKind kind;
    T amount;      ///< [log2] change, or level relative to the start
    double begin;  ///< [steps]
    double end;    ///< [steps]

    bool operator==(PriceShock const&) const = default;
};

}  // namespace brink

BRINK_BEGIN_ISA

/// Applies the part of each shock that falls into a step: `shock(log_price, k, assets)` from t_k-1
/// to t_k, and with k = 0 at t_0, to the assets of a mask. To a level, each part closes its share
/// of the distance that is left, so that the level is reached at the end whatever the model adds.
template<class F, int N>
class ShockStep {
    using T = value_t<F>;
    PriceShock<T> const* shocks_;
    std::int32_t num_shocks_;

  public:
    BRINK_FN ShockStep(PriceShock<T> const* shocks, std::int32_t num_shocks)
        : shocks_{shocks}, num_shocks_{num_shocks}
    {}

    BRINK_FN void operator()(F (&log_price)[N], std::uint32_t k, std::uint32_t assets) const
    {
        for (std::int32_t s = 0; s < num_shocks_; ++s)
            if (assets >> shocks_[s].asset & 1u)
                apply(shocks_[s], log_price[shocks_[s].asset], static_cast<double>(k));
    }

  private:
    /// [0, 1] share of a shock that has happened at step k
    static BRINK_FN double done(PriceShock<T> const& shock, double k)
    {
        if (k >= shock.end)
            return 1.0;
        return k <= shock.begin ? 0.0 : (k - shock.begin) / (shock.end - shock.begin);
    }

    static BRINK_FN void apply(PriceShock<T> const& shock, F& x, double k)
    {
        double const before = k > 0.0 ? done(shock, k - 1.0) : 0.0;
        double const part = done(shock, k) - before;
        if (!(part > 0.0))
            return;
        x = shock.kind == ShockKind::change
                ? madd(F(static_cast<T>(part)), F(shock.amount), x)
                : madd(F(static_cast<T>(part / (1.0 - before))), F(shock.amount) - x, x);
    }
};

BRINK_END_ISA
