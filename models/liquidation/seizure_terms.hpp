// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

enum class BonusRule : std::int32_t {
    constant,          ///< the asset's bonus (Aave v3, Compound v2)
    linear_in_health,  ///< from a share of the asset's bonus at health 1 up to all of it (Aave v4)
    health_discount,   ///< 1 / health - 1, at most the asset's bonus (Euler v2)
    from_ratio,        ///< from the asset's collateral ratio, at most its bonus (Morpho Blue)
};

/// What the close factor is a share of.
enum class CloseFactorBase : std::int32_t {
    position,  ///< all that the account owes (Aave from v3.3)
    debt,      ///< the debt that is repaid (Compound v2, Aave before v3.3)
};

/// What the venue's share of a liquidation is taken from.
enum class ProtocolShareBase : std::int32_t { bonus, seized };

/// How liquidators repay debts and take collateral for it.
struct SeizureTerms {
    BonusRule bonus;
    CloseFactorBase close_factor_base;
    ProtocolShareBase protocol_share_base;
    double least_bonus_share;  ///< linear_in_health: bonus at health 1 over the asset's, in [0, 1]
    double full_bonus_health;  ///< linear_in_health: health at and below which it is all of it
    double bonus_cursor;       ///< from_ratio: bonus = 1 / (1 - cursor (1 - ratio)) - 1
    double close_factor;       ///< in (0, 1]
    double full_below_health;  ///< at or below it the close factor is 1
    double full_below_value;   ///< [numeraire] a debt or collateral below it: the close factor is 1
    double min_leftover;       ///< [numeraire] what a partial liquidation leaves of each, at least
    double target_health;      ///< after what is repaid or closed
    double call_cost;          ///< [numeraire] of one liquidation, borne by who makes it (gas)
    double capacity;           ///< [numeraire] of debt repaid in one step at most; +inf: no bound
    double latency;            ///< [s] in breach before the first call
    double least_socialised;   ///< [numeraire] a smaller debt stays when the collateral is gone
};

/// What a liquidator gets for one coin of collateral.
struct BonusTerms {
    double most;            ///< largest bonus, fraction of the debt repaid
    double protocol_share;  ///< of the bonus or of what is seized, for the venue
};

}  // namespace brink
