// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "host/program/build_program.hpp"
#include "io/config/derived_rates.hpp"
#include "io/config/scenario.hpp"
#include "models/path/workspace.hpp"

namespace brink::test {

/// One position as the scenario states it.
struct BookedPosition {
    bool inverse;
    double contract_size, entry, size;  ///< size: contracts at t_0, < 0: short
    std::size_t base, quote;
    double funding_rate, funding_seconds;
    bool dated;
    std::size_t row;  ///< price of a dated contract

    /// [numeraire] N (S - entry), or C (1/entry - 1/S) coins; of an option its value.
    double pnl(double contracts, double const* price) const
    {
        if (dated)
            return contracts * contract_size
                   * (inverse ? price[base] / entry - price[row]
                              : price[row] - entry * price[quote]);
        double const mark = price[base] / price[quote];
        double const quantity = contracts * contract_size;
        return inverse ? quantity * (1 / entry - 1 / mark) * price[base]
                       : quantity * (mark - entry) * price[quote];
    }
    double funding(double contracts, double const* price) const
    {
        double const quantity = contracts * contract_size;
        return funding_rate * quantity * (inverse ? price[quote] : price[base]);
    }
    /// [numeraire] sum of the absolute values of both legs: what rounding is relative to.
    double gross(double contracts, double const* price) const
    {
        double const quantity = std::abs(contracts * contract_size);
        if (dated)
            return quantity
                   * (inverse ? price[base] / entry + price[row]
                              : price[row] + entry * price[quote]);
        return inverse ? quantity * (price[quote] + price[base] / entry)
                       : quantity * (price[base] + entry * price[quote]);
    }
};

/// One margin unit as the scenario states it.
struct BookedAccount {
    std::size_t owner;
    bool recourse;
    bool fee_to_fund;      ///< else to liquidators
    double bonus_to_fund;  ///< share of bonuses, the same for all collateral
    double penalty;        ///< of debts repaid at auctions, to the fund
    std::vector<std::size_t> assets;
    std::vector<double> borrow_rates;  ///< annual, per asset of `assets`
    std::vector<HoldingRow> opening;
    std::vector<BookedPosition> positions;
};

/// What accounts of a scenario are worth, by formulas of its own: reads the scenario as the user
/// wrote it and nothing of the path program but the order of names.
class Bookkeeper {
    Scenario const& scenario_;
    ProgramNames const& names_;

    template<class Row>
    static Row const& find(std::vector<Row> const& rows, std::string const& name)
    {
        for (Row const& row : rows)
            if (row.name == name)
                return row;
        throw std::out_of_range{name};
    }
    std::size_t asset(std::string const& name) const
    {
        for (std::size_t i = 0; i < scenario_.assets.size(); ++i)
            if (scenario_.assets[i].name == name)
                return i;
        throw std::out_of_range{name};
    }

    std::size_t row(std::string const& name) const
    {
        for (std::size_t i = 0; i < names_.assets.size(); ++i)
            if (names_.assets[i] == name)
                return i;
        throw std::out_of_range{name};
    }

    BookedPosition position(PositionConfig const& config) const
    {
        InstrumentConfig const& instrument = find(scenario_.instruments, config.instrument);
        return {is_inverse(instrument.kind),
                instrument.contract_size,
                config.entry_price.value_or(0),
                config.size,
                asset(instrument.base),
                asset(instrument.quote),
                instrument.funding_rate_per_interval,
                instrument.funding_interval,
                is_dated(instrument.kind),
                is_dated(instrument.kind) ? row(instrument.name) : 0};
    }

    BookedAccount account(std::size_t i) const
    {
        AccountConfig const& config = scenario_.accounts[names_.account_config[i]];
        VenueConfig const& venue = find(scenario_.venues, config.venue);
        BookedAccount account{};
        for (std::size_t o = 0; o < names_.owners.size(); ++o)
            account.owner = names_.owners[o] == config.owner ? o : account.owner;
        account.recourse = venue.recourse;
        account.fee_to_fund = venue.health == HealthMetric::margin;
        bool const is_pooled = venue.liquidation.price == LiquidationPrice::pool;
        account.bonus_to_fund = is_pooled ? 1 : venue.collateral.front().protocol_share;
        bool const auctions = venue.liquidation.price == LiquidationPrice::auction;
        account.penalty = auctions ? venue.liquidation.fee : 0;
        bool const isolated = config.mode == MarginMode::isolated;
        for (PositionConfig const& p : config.positions)
            if (!isolated || names_.accounts[i] == config.name + "/" + p.instrument)
                account.positions.push_back(position(p));
        for (std::int32_t const idx : names_.holding_assets[i]) {
            std::string const& name = scenario_.assets[static_cast<std::size_t>(idx)].name;
            account.assets.push_back(static_cast<std::size_t>(idx));
            account.borrow_rates.push_back(borrow_rate(config, venue, name));
            double balance = 0, owed = 0;
            if (names_.accounts[i] == config.name) {  // the free balances where isolated
                for (auto const& [coin, amount] : config.balances)
                    balance += coin == name ? amount : 0;
                for (LoanConfig const& loan : config.loans)
                    owed += loan.asset == name ? loan.amount : 0;
            }
            for (PositionConfig const& p : config.positions)
                if (isolated && names_.accounts[i] == config.name + "/" + p.instrument
                    && find(scenario_.instruments, p.instrument).settlement == name)
                    balance += p.margin.value_or(0);
            account.opening.push_back({balance, owed});
        }
        return account;
    }

    static double borrow_rate(AccountConfig const& config, VenueConfig const& venue,
                              std::string const& coin)
    {
        double rate = 0;
        for (BorrowConfig const& row : venue.borrow)
            rate = row.asset == coin ? annual_rate(row) : rate;
        for (LoanConfig const& loan : config.loans)
            rate = loan.asset == coin ? loan.rate.value_or(rate) : rate;
        return rate;
    }

  public:
    Bookkeeper(Scenario const& scenario, ProgramNames const& names)
        : scenario_{scenario}, names_{names}
    {}

    std::vector<BookedAccount> accounts() const
    {
        std::vector<BookedAccount> all;
        for (std::size_t i = 0; i < names_.accounts.size(); ++i)
            all.push_back(account(i));
        return all;
    }
    /// [coin] reserve per asset
    std::vector<double> reserve(std::size_t owner) const
    {
        std::vector<double> coins(names_.assets.size());
        for (auto const& [coin, amount] : find(scenario_.owners, names_.owners[owner]).reserve)
            coins[asset(coin)] += amount;
        return coins;
    }
};

}  // namespace brink::test
