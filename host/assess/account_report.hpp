// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

enum class AccountStatus { healthy, called, liquidatable, bankrupt };

[[nodiscard]] std::string_view name_of(AccountStatus status);

/// One coin of an account. Values are in the numeraire.
struct HoldingLine {
    std::string asset;
    double balance{0};       ///< [coin]
    double debt{0};          ///< [coin]
    double price{0};         ///< [numeraire/coin]
    double market_value{0};  ///< of balance - debt, part of nav
    double collateral_value{
        0};  ///< after haircut; with the P&L that joins it, where the venue says so
};

/// One perpetual, future or option of an account. Values are in the numeraire.
struct PositionLine {
    std::string instrument;
    double size{0};         ///< [contracts] signed
    double entry_price{0};  ///< [quote/base]; 0 of an option, whose premium is in the balances
    double mark_price{0};   ///< [quote/base]
    double notional{0};     ///< at mark
    double unrealised_pnl{0};
    double initial_margin{0};
    double maintenance_margin{0};
    int bracket{1};          ///< of the maintenance schedule, counted from 1; 0: by formula or grid
    bool is_on_grid{false};  ///< the grid looks at the account as a whole: both margins are 0 here
};

/// What a term is part of.
enum class AccountPart { margin_equity, maintenance_margin, initial_margin, recovery_level };

[[nodiscard]] std::string_view name_of(AccountPart part);

/// One amount of a total, as the venue's rule computes it. The terms of a part add up to it.
struct TermLine {
    AccountPart part{AccountPart::margin_equity};
    std::string subject;  ///< asset or instrument
    std::string formula;  ///< the numbers that `value` follows from, rounded to 10 digits
    double value{0};      ///< [numeraire]
};

/// Nearest prices of one asset at which an account enters a breach, the other prices unchanged;
/// where it is in breach already, at which it leaves it. Empty: none between 1e-9 and 1e9 times the
/// price.
struct NearestPrices {
    std::optional<double> below;
    std::optional<double> above;
};

struct PriceLine {
    std::string asset;
    double price{0};
    NearestPrices call;
    NearestPrices liquidation;
};

/// One post of the owner's policy: how much of it lifts health to its target now.
struct TopUpLine {
    std::string asset;
    double target_health{0};
    std::optional<double> amount;  ///< [coin] sent, fee included; empty: no amount of it does
    double value{0};               ///< [numeraire] of the amount
    double reserve{0};             ///< [coin] that the owner has
    bool is_covered{false};        ///< the reserve and the limit per request suffice
};

/// Least amount of one coin that lifts an account to its call level, whatever its owner would do.
struct RequiredCash {
    std::string asset;             ///< empty: the account has no coin at all
    std::optional<double> amount;  ///< [coin] 0: not called; empty: no amount of its coins does
    double value{0};               ///< [numeraire] of the amount
    bool is_exclusive{false};  ///< called at exactly this amount still (not strict): more is due
};

/// One margin unit at given prices: what `assess` says about it. Values are in the numeraire.
struct AccountReport {
    std::string account;
    std::string owner;
    std::string venue;
    AccountStatus status{AccountStatus::healthy};
    double margin_equity{0};
    double initial_margin{0};
    double maintenance_margin{0};  ///< the debt where health = collateral / debt
    double health{0};              ///< +inf without a requirement
    double nav{0};
    double call_level{0};         ///< margin equity at which it is called
    double liquidation_level{0};  ///< margin equity at which it is liquidated
    std::vector<HoldingLine> holdings;
    std::vector<PositionLine> positions;
    std::vector<TermLine> terms;  ///< in the order of AccountPart
    std::vector<PriceLine> prices;
    RequiredCash required_cash;
    std::vector<TopUpLine> top_ups;
};

struct AssetPrice {
    std::string asset;
    double price{0};  ///< [numeraire]
};

struct AssessReport {
    std::string name;  ///< of the scenario
    std::string numeraire;
    std::string as_of;  ///< ISO-8601, UTC
    std::vector<AssetPrice> prices;
    std::vector<AccountReport> accounts;
    double nav{0};      ///< [numeraire] of all accounts, as the owners have it
    double reserve{0};  ///< [numeraire] of all owners
    std::vector<std::string> assumptions;
};

}  // namespace brink
