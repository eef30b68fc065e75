// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/lanes.hpp"
#include "models/path/program.hpp"

namespace brink {

/// Scalar fields of an account's event record, in double. Everything that an event may change.
enum class AccountField : std::int32_t {
    closed,             ///< 1: liquidated in full, nothing reopens
    episode_open,       ///< 1: called and not yet assessed healthy again
    episode_step,       ///< step of the call
    episode_short,      ///< 1: the reserve did not suffice in this episode
    episode_drawn,      ///< bit a: the answer of response a has been drawn
    episode_silent,     ///< bit a: it was silence; 1: there is no response
    episode_first_due,  ///< [s] arrival of the episode's first transfer, +inf: none
    breached_at,  ///< [s] first assessment in breach of the liquidation level, +inf: not in it
    sliced,       ///< 1: a slice was closed since the account was last cured
    slice_due,    ///< [s] before it no further slice is closed
    last_health,  ///< at the latest exact assessment
    watch,        ///< Watch: when the account must be looked at next
    called,
    liquidated,
    defaulted,
    bankrupt,
    breached_at_start,
    first_call_time,         ///< [s], NaN: none
    first_liquidation_time,  ///< [s], NaN: none
    min_health,              ///< at exact assessments; the mirror holds the others
    topup_total,             ///< [numeraire] when credited
    topup_peak,
    topup_count,
    response_fee,       ///< [numeraire]
    response_slippage,  ///< [numeraire]
    liquidation_slippage,
    liquidation_fee,
    forfeited,            ///< margin that went to the fund
    protocol_fee,         ///< [numeraire] of liquidation_fee, the venue's share of bonuses
    interest,             ///< [numeraire] settled so far
    funding,              ///< [numeraire] settled so far
    deficit,              ///< [numeraire] below zero, before the waterfall
    unfunded,             ///< [numeraire] of it, what other borrowers bear and no fund meets
    liquidated_notional,  ///< [numeraire] at mark
    count_
};

/// When an account must next be looked at exactly; a due post always wakes its owner.
enum class Watch : std::int32_t {
    healthy,  ///< at its call level
    covered,  ///< called, but what is under way suffices: when that falls short, cured, or
              ///< liquidatable
    stuck,    ///< called, and no action is left: when cured or liquidatable
    awake,    ///< at the next step
};

inline constexpr std::int32_t account_scalar_fields =
    static_cast<std::int32_t>(AccountField::count_);

/// Field numbers of one account inside its record: scalars, then per holding {balance, debt,
/// principal}, per position {fraction}, per carry term {baseline, value baseline}; with bands their
/// {price, value, stable}, then per band {stable, collateral}.
struct AccountLayout {
    std::int32_t num_holdings;
    std::int32_t num_positions;
    std::int32_t num_carry_terms;
    std::int32_t num_bands;

    template<class T>
    BRINK_FN explicit AccountLayout(Account<T> const& account)
        : num_holdings{account.holdings.size},
          num_positions{account.positions.size},
          num_carry_terms{account.carry_terms.size},
          num_bands{account.bands.count}
    {}

    /// [coin] at the baseline of its carry terms
    BRINK_FN std::int32_t balance(std::int32_t h) const { return account_scalar_fields + 3 * h; }
    /// [coin] owed, divided by the growth since t_0
    BRINK_FN std::int32_t debt(std::int32_t h) const { return balance(h) + 1; }
    /// [coin] of the debt that is not interest
    BRINK_FN std::int32_t principal(std::int32_t h) const { return balance(h) + 2; }
    /// in [0, 1] of the position at t_0
    BRINK_FN std::int32_t fraction(std::int32_t p) const { return balance(num_holdings) + p; }
    BRINK_FN std::int32_t baseline(std::int32_t c) const { return fraction(num_positions) + 2 * c; }
    BRINK_FN std::int32_t value_baseline(std::int32_t c) const { return baseline(c) + 1; }
    /// [debt coin per coin] to which the bands have been traded, at most their top
    BRINK_FN std::int32_t band_price() const { return baseline(num_carry_terms); }
    /// [debt coin] of all bands if the price falls on slowly
    BRINK_FN std::int32_t band_value() const { return band_price() + 1; }
    /// [debt coin] in all bands
    BRINK_FN std::int32_t band_stable() const { return band_price() + 2; }
    BRINK_FN std::int32_t stable_of_band(std::int32_t k) const { return band_price() + 3 + 2 * k; }
    BRINK_FN std::int32_t collateral_of_band(std::int32_t k) const { return stable_of_band(k) + 1; }
    BRINK_FN std::int32_t size() const
    {
        return num_bands == 0 ? band_price() : stable_of_band(num_bands);
    }
};

/// Fields of the float mirror of an account (what the hot way reads): lowest health, then balances,
/// debts, posts under way, open fractions and the value of its bands.
struct MirrorLayout {
    std::int32_t num_holdings;
    std::int32_t num_positions;
    std::int32_t num_bands;

    template<class T>
    BRINK_FN explicit MirrorLayout(Account<T> const& account)
        : num_holdings{account.holdings.size},
          num_positions{account.positions.size},
          num_bands{account.bands.count}
    {}

    BRINK_FN static std::int32_t min_health() { return 0; }
    BRINK_FN static std::int32_t balance(std::int32_t h) { return 1 + h; }
    BRINK_FN std::int32_t debt(std::int32_t h) const { return 1 + num_holdings + h; }
    /// [coin] under way to the account
    BRINK_FN std::int32_t inbound(std::int32_t h) const { return 1 + 2 * num_holdings + h; }
    BRINK_FN std::int32_t fraction(std::int32_t p) const { return 1 + 3 * num_holdings + p; }
    BRINK_FN std::int32_t band_value() const { return fraction(num_positions); }
    BRINK_FN std::int32_t size() const { return band_value() + (num_bands == 0 ? 0 : 1); }
};

/// One post on its way.
enum class TransferField : std::int32_t { due, account, holding, amount, count_ };

/// Owner's record: number of transfers, then reserve per asset, then the transfers, at most
/// Owner::max_transfers.
struct OwnerLayout {
    std::int32_t num_assets;

    BRINK_FN static std::int32_t num_transfers() { return 0; }
    BRINK_FN static std::int32_t reserve(std::int32_t asset) { return 1 + asset; }
    BRINK_FN std::int32_t transfer(std::int32_t i, TransferField f) const
    {
        return 1 + num_assets + i * static_cast<std::int32_t>(TransferField::count_)
               + static_cast<std::int32_t>(f);
    }
    BRINK_FN std::int32_t size(std::int32_t max_transfers) const
    {
        return transfer(max_transfers, TransferField::due);
    }
};

}  // namespace brink
