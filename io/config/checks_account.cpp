// SPDX-License-Identifier: Apache-2.0
#include "io/config/instrument_names.hpp"
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"
#include "io/config/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace brink {
namespace {

template<class Row>
Row const* row_of(std::vector<Row> const& rows, std::string const& asset)
{
    auto const found =
        std::find_if(rows.begin(), rows.end(), [&](Row const& row) { return row.asset == asset; });
    return found == rows.end() ? nullptr : &*found;
}

/// Checks accounts one by one against what the scenario defines.
class AccountChecker {
    Scenario const& scenario_;
    Problems& problems_;
    References assets_, venues_, owners_;
    InstrumentNames instruments_;

  public:
    AccountChecker(Scenario const& scenario, Problems& problems)
        : scenario_{scenario},
          problems_{problems},
          assets_{"asset", scenario.assets},
          venues_{"venue", scenario.venues},
          owners_{"owner", scenario.owners},
          instruments_{scenario.instruments}
    {}

    void operator()(AccountConfig const& account) const
    {
        owners_.require(account.owner, account.at("owner"), problems_);
        if (account.balances.empty() && account.positions.empty() && account.loans.empty()
            && !account.has("balances") && !account.has("positions") && !account.has("loans"))
            problems_.add(account.where, fmt::format("account \"{}\" holds nothing", account.name),
                          "give it balances, positions or loans, or remove it");
        VenueConfig const* venue = nullptr;
        if (!account.venue.empty()
            && venues_.require(account.venue, account.at("venue"), problems_))
            venue = &scenario_.venues[venues_.index_of(account.venue)];
        check_balances(account, venue);
        check_positions(account, venue);
        check_loans(account, venue);
    }

  private:
    void check_balances(AccountConfig const& account, VenueConfig const* venue) const
    {
        for (auto const& [asset, amount] : account.balances) {
            Where const where = account.at("balances." + asset);
            if (!assets_.require(asset, where, problems_) || venue == nullptr)
                continue;
            require_collateral(asset, *venue, where);
            if (amount < 0 && row_of(venue->borrow, asset) == nullptr)
                problems_.add(where,
                              fmt::format("must be >= 0, is {}: \"{}\" lends no {}", amount,
                                          venue->name, asset),
                              fmt::format("give the venue a [[venue.borrow]] row for {}", asset));
        }
    }

    void require_collateral(std::string const& asset, VenueConfig const& venue,
                            Where const& where) const
    {
        if (row_of(venue.collateral, asset) == nullptr)
            problems_.add(where,
                          fmt::format("venue \"{}\" does not say what {} counts as collateral",
                                      venue.name, asset),
                          fmt::format("add [[venue.collateral]] with asset = \"{}\"; ratio = 0 for "
                                      "nothing",
                                      asset));
    }

    void check_positions(AccountConfig const& account, VenueConfig const* venue) const
    {
        std::map<std::string, Where> first;
        for (PositionConfig const& position : account.positions) {
            Where const where = position.at("instrument");
            if (position.instrument.empty()
                || !instruments_.require(position.instrument, where, problems_))
                continue;
            auto const [found, is_new] = first.emplace(position.instrument, where);
            if (!is_new)
                report_duplicate("position in", position.instrument, where, found->second,
                                 problems_);
            auto const& instrument =
                *instruments_.find_anywhere(account.venue, position.instrument);
            if (position.has("size") && position.size == 0)
                problems_.add(position.at("size"), "a position of size 0 is none", "remove it");
            check_margin(account, position);
            check_entry(position, instrument);
            if (venue == nullptr)
                continue;
            if (instrument.venue != venue->name)
                problems_.add(
                    where,
                    fmt::format("\"{}\" trades at {}, the account is at \"{}\"",
                                position.instrument, instruments_.venues_of(position.instrument),
                                venue->name),
                    fmt::format("give \"{}\" an [[instrument]] of that name, or move the account",
                                venue->name));
            else
                check_leverage(position, instrument, *venue);
            if (assets_.contains(instrument.settlement))
                require_collateral(instrument.settlement, *venue, where);
        }
        if (venue != nullptr && venue->health == HealthMetric::collateral_over_debt
            && !account.positions.empty())
            problems_.add(
                account.at("positions"),
                fmt::format("\"{}\" is a lending venue: it has no positions", venue->name),
                "keep positions in an account at a venue with health = \"margin\"");
    }

    void check_margin(AccountConfig const& account, PositionConfig const& position) const
    {
        bool const isolated = account.mode == MarginMode::isolated;
        if (isolated && !position.has("margin"))
            problems_.add(position.at("margin"), "an isolated position needs its margin",
                          "write the settlement asset held against it: margin = 5_000");
        if (!isolated && position.has("margin"))
            problems_.add(position.at("margin"), "cross margin does not use it",
                          "remove it, or write mode = \"isolated\"");
    }

    /// The premium of an option has been paid, and is part of the balances.
    void check_entry(PositionConfig const& position, InstrumentConfig const& instrument) const
    {
        bool const option = is_option(instrument.kind);
        bool const stated = position.entry_price.has_value();
        if (option && stated)
            problems_.add(position.at("entry_price"),
                          "an option has none: its premium is part of the balances", "remove it");
        if (!option && !stated && !position.has("entry_price"))
            problems_.add(position.at("entry_price"), "required key is missing",
                          "write the average entry price, in quote per base");
    }

    void check_leverage(PositionConfig const& position, InstrumentConfig const& instrument,
                        VenueConfig const& venue) const
    {
        TierConfig const* const tier = tier_of(position, instrument, venue);
        if (tier == nullptr)
            return;
        if (position.leverage && tier->max_leverage
            && *position.leverage > *tier->max_leverage * (1 + 1e-9))
            problems_.add(
                position.at("leverage"),
                fmt::format("{}x is more than the {}x that the tier of this position allows",
                            *position.leverage, *tier->max_leverage),
                fmt::format("write leverage = {}", *tier->max_leverage));
        if (!position.leverage && !tier->max_leverage && venue.call == CallRule::initial_margin)
            problems_.add(
                position.at("leverage"),
                fmt::format("\"{}\" calls at the initial margin, and neither its tiers nor "
                            "this position say what that is",
                            venue.name),
                "write leverage here or max_leverage in the tiers");
    }

    /// The tier in which the position stands at the opening mark (entry price without one).
    TierConfig const* tier_of(PositionConfig const& position, InstrumentConfig const& instrument,
                              VenueConfig const& venue) const
    {
        for (ScheduleConfig const& schedule : venue.schedules) {
            auto const& names = schedule.instruments;
            if (std::find(names.begin(), names.end(), instrument.name) == names.end())
                continue;
            double const amount = schedule_amount(position, instrument, schedule.unit);
            TierConfig const* tier = nullptr;
            for (TierConfig const& candidate : schedule.tiers)
                if (tier == nullptr || amount > candidate.floor)
                    tier = &candidate;
            return tier;
        }
        return nullptr;
    }

    double schedule_amount(PositionConfig const& position, InstrumentConfig const& instrument,
                           ScheduleUnit unit) const
    {
        double const contracts = std::abs(position.size);
        double const mark = mark_of(instrument).value_or(position.entry_price.value_or(0));
        bool const inverse = is_inverse(instrument.kind);
        double const base = contracts * instrument.contract_size / (inverse ? mark : 1);
        switch (unit) {
            case ScheduleUnit::contracts:
                return contracts;
            case ScheduleUnit::base:
                return base;
            case ScheduleUnit::notional:
                break;
        }
        return inverse ? base : base * mark;
    }

    std::optional<double> mark_of(InstrumentConfig const& instrument) const
    {
        if (!assets_.contains(instrument.base) || !assets_.contains(instrument.quote))
            return std::nullopt;
        auto const base = scenario_.assets[assets_.index_of(instrument.base)].price;
        auto const quote = scenario_.assets[assets_.index_of(instrument.quote)].price;
        return base && quote ? std::optional{*base / *quote} : std::nullopt;
    }

    void check_loans(AccountConfig const& account, VenueConfig const* venue) const
    {
        for (LoanConfig const& loan : account.loans) {
            if (loan.asset.empty() || !assets_.require(loan.asset, loan.at("asset"), problems_)
                || venue == nullptr)
                continue;
            BorrowConfig const* const borrow = row_of(venue->borrow, loan.asset);
            bool const lending = venue->health == HealthMetric::collateral_over_debt;
            if (borrow == nullptr && !(lending && loan.rate))
                problems_.add(loan.at(lending ? "rate" : "asset"),
                              fmt::format("venue \"{}\" has no [[venue.borrow]] row for {}",
                                          venue->name, loan.asset),
                              lending ? "write a rate here or the row there" : "add the row");
            if (!lending && account.positions.empty() && venue->call == CallRule::health
                && borrow != nullptr && borrow->maintenance_rate == 0)
                problems_.warn(
                    loan.at("asset"),
                    fmt::format("call_health of \"{}\" has no effect here: a loan without "
                                "maintenance margin is called where it is liquidated",
                                venue->name),
                    "write maintenance_rate in the venue's borrow row");
            if (!lending && account.positions.empty() && venue->call == CallRule::initial_margin
                && borrow != nullptr && borrow->initial_rate == 0)
                problems_.add(
                    loan.at("asset"),
                    fmt::format("\"{}\" never calls this account: it has no initial margin "
                                "for loans and no call_health",
                                venue->name),
                    "write call_health at the venue, or initial_rate in its borrow row");
        }
    }
};

/// Columns and values of groups become scopes: names, in which slashes separate nothing.
void check_groups(AccountConfig const& account, Problems& problems)
{
    auto const check = [&](std::string const& label, std::string const& column) {
        Where const where = account.at("groups." + column);
        if (label.empty())
            problems.add(where, "a group needs a name and a value",
                         "leave the column out where the account is in no group");
        else
            check_label(label, where, problems);
    };
    for (auto const& [column, value] : account.groups) {
        check(column, column);
        check(value, column);
    }
}

}  // namespace

void check_accounts(Scenario const& scenario, Problems& problems)
{
    check_names(scenario.accounts, "account", problems);
    auto const& found = problems.problems();
    bool const book_failed = std::any_of(found.begin(), found.end(), [](Problem const& problem) {
        return problem.code == ExitCode::no_input || problem.code == ExitCode::data;
    });
    if (scenario.accounts.empty() && !book_failed)
        problems.add(Where{scenario.sources.front().path, 0, 0, "account"}, "the book is empty",
                     "write an [[account]] table, or name a file: [[account]] book = \"book.csv\"");
    AccountChecker const check{scenario, problems};
    for (AccountConfig const& account : scenario.accounts) {
        check_groups(account, problems);
        check(account);
    }
}

}  // namespace brink
