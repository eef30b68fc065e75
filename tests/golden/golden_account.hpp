// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/account_lines.hpp"
#include "host/assess/price_search.hpp"
#include "host/program/build_program.hpp"

#include <memory>
#include <string>
#include <vector>

namespace brink::test {

/// A scenario of one account at one venue, put together in code and priced by the engine. USD is
/// the numeraire; every other asset moves.
class GoldenAccount {
    Scenario scenario_;

  public:
    GoldenAccount();

    GoldenAccount& asset(std::string const& name, double price);
    GoldenAccount& balance(std::string const& asset, double amount);
    /// What the venue counts of an asset: tiers of {floor, ratio}.
    GoldenAccount& collateral(std::string const& asset, CollateralUnit unit,
                              std::vector<std::pair<double, double>> const& tiers);
    /// A perpetual on `base` against USD with a maintenance schedule of its own.
    GoldenAccount& perpetual(InstrumentKind kind, std::string const& base,
                             ScheduleConfig const& schedule);
    GoldenAccount& position(std::string const& base, double size, double entry_price,
                            std::optional<double> leverage = {});
    Scenario& scenario() { return scenario_; }

    [[nodiscard]] BuiltProgram<double> build() const;
};

/// {floor, maintenance rate} per bracket; amounts follow from continuity.
using RateTiers = std::vector<std::pair<double, double>>;
[[nodiscard]] ScheduleConfig schedule_of(RateTiers const& tiers,
                                         MarginBasis basis = MarginBasis::mark);

/// The bracket (rate, amount) alone, with the range below it that asks for nothing.
[[nodiscard]] ScheduleConfig bracket_of(double rate, double amount,
                                        MarginBasis basis = MarginBasis::mark);

/// A built account with its book: what the rules ask.
class GoldenBook {
    std::unique_ptr<BuiltProgram<double>> built_;
    BookState<double> book_;

  public:
    explicit GoldenBook(GoldenAccount const& account);
    explicit GoldenBook(BuiltProgram<double> built);

    BookState<double>& state() { return book_; }
    [[nodiscard]] std::vector<std::string> const& assets() const { return built_->names.assets; }
    [[nodiscard]] Program<double> program() const { return built_->tables.view(); }
    [[nodiscard]] AccountReport report() const;
    /// Price of `asset` at which the account becomes liquidatable when it moves against `side` (+1
    /// long); where it is so already, at which it ceases to be. NaN: none.
    double liquidation_price(std::string const& asset, int side);
};

}  // namespace brink::test
