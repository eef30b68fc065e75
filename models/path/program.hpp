// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/tables.hpp"
#include "models/instruments/instrument.hpp"
#include "models/liquidation/policy.hpp"
#include "models/margin/oracle.hpp"
#include "models/margin/rules.hpp"
#include "models/market/market_view.hpp"
#include "models/market/price_shock.hpp"
#include "models/market/regime_terms.hpp"
#include "models/recollateralization/response.hpp"
#include "models/rng/random_key.hpp"

namespace brink {

/// One asset as the event functors see it.
struct Asset {
    double opening_price;  ///< [numeraire], > 0
    Execution execution;   ///< of selling the asset itself
    double smallest_unit;  ///< [coin] that changes hands in liquidations of loans; 0: any amount
};

/// A coin that an account holds, owes, or may come to hold (posts, swaps, settlement).
/// Balances are >= 0; what is owed stands apart as `debt` and counts at 100 %.
template<class T>
struct Holding {
    std::int32_t asset;
    std::int32_t margin_row;    ///< price at which the venue counts it: `asset`, or an oracle's row
    std::int32_t curve;         ///< index into AccountRules curves; -1: no collateral value
    std::int32_t carry_first;   ///< first of this holding's carry terms in Account::carry_terms
    std::int32_t carry_count;   ///< 0: the balance moves by events only
    std::int32_t growth_field;  ///< of Workspace::carry: [log2] what a rate that moves has made of
                                ///< a debt; -1: the rate is constant
    T balance;                  ///< [coin] at t_0, >= 0
    T debt;                     ///< [coin] owed at t_0, >= 0
    T borrow_log2_rate;         ///< log2 of the growth of a debt per second
    T debt_maintenance_rate;    ///< of the debt's value, part of MM
    T debt_initial_rate;        ///< of the debt's value, part of IM

    bool operator==(Holding const&) const = default;
};

/// Rows among the prices of both legs of a position and of its unit asset.
struct PriceRows {
    std::int32_t a;
    std::int32_t b;
    std::int32_t unit;

    bool operator==(PriceRows const&) const = default;
};

/// A perpetual as an exchange of two legs: unrealised P&L = leg_a S_a - leg_b S_b [numeraire],
/// where a, b are the instrument's assets. Linear: a = base, leg_a = size, leg_b = size x entry.
/// Inverse: leg_a = C / entry [coin], leg_b = C [quote]. Partial closing scales both by one
/// fraction.
template<class T>
struct Position {
    std::int32_t instrument;
    std::int32_t settlement;  ///< index into the account's holdings
    std::int32_t unit_asset;  ///< asset in which one unit of the schedule's floors is worth ...
    T unit_amount;            ///< ... this many coins (notional: 1 quote, or 1 coin if inverse)
    T leg_a;
    T leg_b;
    T contracts;           ///< |size|
    T initial_rate;        ///< 1 / stated leverage; 0: the bracket's maximum leverage
    TierWindow<T> window;  ///< brackets in reach of ordinary prices
    PriceRows margin;      ///< at which the venue counts it: the assets', or rows of oracles

    bool operator==(Position const&) const = default;
};

/// Funding of one position as it reaches a settlement balance: paid per unit of the slot's carry.
struct CarryTerm {
    std::int32_t slot;
    std::int32_t position;  ///< index into the account's positions
    double coefficient;     ///< rate x signed mark leg, without the rate where the slot has it;
                            ///< the balance falls by coefficient x carry

    bool operator==(CarryTerm const&) const = default;
};

/// The bands in which the collateral of a loan lies (models/liquidation/soft_bands.hpp).
template<class T>
struct LoanBands {
    std::int32_t count{0};     ///< 0: none
    std::int32_t holding{-1};  ///< that lies in the bands
    std::int32_t asset{-1};    ///< of that holding
    std::int32_t debt{-1};     ///< asset of the debt, which the bands turn the collateral into
    std::int32_t owed{-1};     ///< holding that owes it
    T top{};                   ///< upper edge of the first band, [debt coin per coin]
    T ratio{};                 ///< 1 - liquidation discount
    T value{};                 ///< [debt coin] at t_0, falling through the bands slowly

    bool operator==(LoanBands const&) const = default;
};

/// One margin unit: a cross account, or one isolated position with its margin.
template<class T>
struct Account {
    Slice<Holding<T>> holdings;
    Slice<Position<T>> positions;
    Slice<CarryTerm> carry_terms;
    std::int32_t venue;
    std::int32_t owner;
    std::int32_t column_scope;   ///< index of its own outcome columns, -1: none
    std::int32_t watches_value;  ///< 1: a coin may count for more than it is worth (par), so that
                                 ///< nav may be negative where margin equity calls nobody
    std::int32_t watches_debts;  ///< 0: its venue exchanges nothing; 1: what it comes to owe; 2:
                                 ///< what it owes at t_0, too
    std::int32_t mirror;         ///< first field of its float mirror in the workspace
    std::int32_t record;         ///< first field of its event record in the workspace
    LoanBands<T> bands{};        ///< of a loan whose collateral lies in bands

    bool operator==(Account const&) const = default;
};

/// An account's place in a group of accounts, which has outcome columns of its own.
struct GroupMember {
    std::int32_t scope;        ///< index of the group's outcome columns
    std::int32_t counts_loss;  ///< 1: it is its owner's first account in the group, and brings the
                               ///< owner's loss
};

/// Accumulated carry shared by all positions of one mark leg, settlement coin, funding clock and
/// rate: sum over funding times of rate S_mark / S_settlement.
struct CarrySlot {
    std::int32_t mark_asset;
    std::int32_t settlement_asset;
    std::int64_t interval_seconds;
    std::int32_t factor;  ///< carry factor whose level is the rate; -1: 1, the terms have the rates
    double years;         ///< of an interval, with a factor; else 1

    bool operator==(CarrySlot const&) const = default;
};

/// Accounts first, first + 1, ... belong to one owner and share its reserve.
struct Owner {
    std::int32_t first_account;
    std::int32_t num_accounts;
    std::int32_t record;         ///< first field of its event record in the workspace
    std::int32_t max_transfers;  ///< posts under way at once; a further request waits for a place
    Slice<double> reserve;       ///< [coin] per asset at t_0, shape [num_assets]
    Slice<ResponseRule> responses;
    double opening_value;  ///< nav + reserve [numeraire] at t_0
};

/// Everything about a scenario that a path needs, as tables in one block. T: number type of the hot
/// way (float or double); events use the double twins. Owner: host ProgramTables.
template<class T>
struct Program {
    Tables tables;
    RandomKey key;
    std::uint32_t replicate{0};
    std::int32_t num_assets{0};  ///< without padding
    std::int32_t num_steps{0};   ///< K; assessments at t_0 .. t_K
    double step_seconds{0};
    std::int64_t as_of{0};  ///< [s] Unix time of t_0
    Slice<Asset> assets;
    Slice<Instrument> instruments;
    Slice<CarrySlot> carry_slots;
    Slice<Venue> venues;
    Slice<BonusTerms> bonuses;  ///< one per collateral curve
    Slice<Owner> owners;
    Slice<Account<T>> accounts;             ///< sorted by owner, then id
    Slice<Account<double>> exact_accounts;  ///< the same accounts in double
    Slice<RegimeTerms<T>> regimes;          ///< [phases][regimes]; empty: the market has neither
    Slice<std::int32_t> phases;             ///< first step of each phase of the scenario, from 0
    Slice<PriceShock<T>> shocks;
    Slice<T> history;              ///< [rows][assets] of HistoryTerms
    Slice<MixingView<T>> mixings;  ///< beside that of the market
    Slice<CopulaTerms<T>> copula;  ///< one, or none
    Slice<CarryFactor<T>> carry_factors;
    Slice<Oracle<T>> oracles;   ///< their prices are rows among those of the assets
    Slice<double> bridge;       ///< [log2^2] covariance of a step at t_0, [num_assets][num_assets];
                                ///< empty: breaches between steps are not looked for
    Slice<double> opening_nav;  ///< [numeraire] per account at t_0
    Slice<Slice<GroupMember>> groups_of;  ///< per account; empty where no account has a group
    RulesView<T> rules;
    RulesView<double> exact_rules;
    std::int32_t num_scopes{0};          ///< 1 (book) + num_account_scopes + groups + regimes
    std::int32_t num_account_scopes{0};  ///< accounts with columns of their own
    std::int32_t first_regime_scope{
        0};                         ///< of regime r: this + r; regimes without a name have none
    std::int32_t mirror_fields{0};  ///< workspace sizes, per lane
    std::int32_t record_fields{0};
    std::int32_t carry_fields{0};
    std::int32_t first_contract_field{0};  ///< of Workspace::carry, ContractFields
    std::int32_t market_fields{0};         ///< of MarketMemory
    std::int32_t fan_stride{1};            ///< every how many steps the health fan is recorded
    std::int32_t fan_times{0};
    std::int32_t account_table{0};   ///< 1: moments of every account are collected
    std::int32_t searches_grids{1};  ///< 0: grids revalue every scenario, for the same bits
};

}  // namespace brink
