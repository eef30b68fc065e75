// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/scenario_runner.hpp"
#include "tests/unit/models/path/event_sums.hpp"

namespace brink::test {

/// Sums of some tens of terms, each rounded in double a few times, some of them 40 steps ago:
/// less than 10,000 roundings of 1.1e-16, relative to the sum of the absolute values.
inline constexpr double rounding = 1e-12;

/// Walks one path of a scenario, `walk(path)`, and expects that its ledger, what the Bookkeeper
/// makes of it and its outcomes are the same money.
class MoneyWalk {
    ScenarioRunner<float>& runner_;
    Scenario const& scenario_;
    std::vector<BookedAccount> accounts_;
    std::size_t num_assets_, num_owners_, num_holdings_{0}, num_positions_{0};
    ScenarioRunner<float>::Ledger ledger_;
    std::vector<EventSums> sums_;
    std::vector<double> lowest_, highest_;  ///< [numeraire] price of each asset on the path
    double market_{0};                      ///< [numeraire] P&L of prices alone so far
    double carry_{0};                       ///< [numeraire] funding and interest so far
    double interest_{0};                    ///< [numeraire] of it, interest at its own time ...
    double low_interest_{0}, high_interest_{0};  ///< ... and at the extreme prices of the path
    double gross_{0};                            ///< [numeraire] largest sum of absolute values
    double last_nav_{0};  ///< [numeraire] of the owners' accounts after the last step

    double const* prices(std::size_t k) const { return ledger_.prices.data() + k * num_assets_; }
    HoldingRow const* holdings(std::size_t k) const
    {
        return ledger_.holdings.data() + k * num_holdings_;
    }
    double const* contracts(std::size_t k) const
    {
        return ledger_.contracts.data() + k * num_positions_;
    }

    /// Number of funding times after step k - 1 and up to step k.
    double payments(BookedPosition const& position, std::size_t k) const
    {
        auto const count = [&](double step) {
            return std::floor((static_cast<double>(scenario_.run.as_of) + step * scenario_.run.step)
                              / position.funding_seconds);
        };
        return count(static_cast<double>(k)) - count(static_cast<double>(k) - 1);
    }

    struct Worth {
        double nav{0};    ///< with what `carry` has taken
        double carry{0};  ///< funding and interest since the step before
        double gross{0};
        double interest{0}, low_interest{0}, high_interest{0};
    };

    /// What the contents of account i after step `of` are worth at the prices of step `at`, which
    /// is the same or the next.
    Worth revalue(std::size_t i, std::size_t of, std::size_t at, std::size_t h, std::size_t p) const
    {
        BookedAccount const& account = accounts_[i];
        double const* const price = prices(at);
        double const years = static_cast<double>(at - of) * scenario_.run.step / (365 * 86'400.0);
        Worth worth;
        for (std::size_t j = 0; j < account.assets.size(); ++j) {
            HoldingRow const held = holdings(of)[h + j];
            double const s = price[account.assets[j]];
            double const interest = held.owed * std::expm1(account.borrow_rates[j] * years) * s;
            worth.carry += interest;
            worth.interest += interest;
            worth.low_interest += interest / s * lowest_[account.assets[j]];
            worth.high_interest += interest / s * highest_[account.assets[j]];
            worth.nav += (held.balance - held.owed) * s - interest;
            worth.gross += (held.balance + held.owed) * s;
        }
        for (std::size_t j = 0; j < account.positions.size(); ++j) {
            BookedPosition const& position = account.positions[j];
            double const open = contracts(of)[p + j];
            double const funding =
                at > of ? payments(position, at) * position.funding(open, price) : 0;
            worth.carry += funding;
            worth.nav += position.pnl(open, price) - funding;
            worth.gross += position.gross(open, price);
        }
        return worth;
    }

    /// What the step's events change of an account and of its owner's coins outside.
    void book_events(std::size_t k, std::vector<double>& nav, std::vector<double>& outside)
    {
        for (EventRow const& e : ledger_.events) {
            if (static_cast<std::size_t>(e.step) != k)
                continue;
            auto const a = static_cast<std::size_t>(e.account);
            BookedAccount const& account = accounts_[a];
            sums_[a].add(e, account);
            if (e.kind == EventKind::post_requested)
                outside[account.owner] -= e.fee + e.slippage;
            else if (e.kind != EventKind::deposit_lost)
                nav[a] -= e.fee + e.slippage + e.forfeited;
            if (e.kind == EventKind::post_credited) {
                nav[a] += e.value;
                outside[account.owner] -= e.value;
            }
            if (e.kind == EventKind::deficit && !account.recourse)
                nav[a] += e.value;
            // bands trade on the way to this step's price: beside what traders gain, that is the
            // market's move
            double const timing = e.kind == EventKind::band_sold     ? e.amount * e.price - e.value
                                  : e.kind == EventKind::band_bought ? e.value - e.amount * e.price
                                                                     : 0;
            if (timing != 0) {
                nav[a] += timing + e.slippage;
                market_ += timing + e.slippage;
            }
        }
    }

    double coins_outside(std::size_t k, std::size_t owner, double const* price) const
    {
        double value = 0;
        for (std::size_t i = 0; i < num_assets_; ++i)
            value += ledger_.outside_coins[(k * num_owners_ + owner) * num_assets_ + i] * price[i];
        return value;
    }

    void check_step(std::size_t k, std::size_t of)
    {
        std::vector<double> nav(accounts_.size()), outside(num_owners_);
        std::vector<double> gross(accounts_.size());
        double before = 0;  // of accounts and outside, before the step's events
        std::size_t h = 0, p = 0;
        for (std::size_t i = 0; i < accounts_.size(); ++i) {
            Worth const worth = revalue(i, of, k, h, p);
            nav[i] = worth.nav;
            gross[i] = worth.gross;
            carry_ += worth.carry;
            interest_ += worth.interest;
            low_interest_ += worth.low_interest;
            high_interest_ += worth.high_interest;
            before += worth.nav + worth.carry;
            h += accounts_[i].assets.size();
            p += accounts_[i].positions.size();
        }
        for (std::size_t o = 0; o < num_owners_; ++o) {
            outside[o] = coins_outside(of, o, prices(k));
            before += outside[o];
        }
        if (k > of)
            market_ += before - last_nav_;
        book_events(k, nav, outside);
        compare(k, nav, outside, gross);
    }

    /// The ledger's values against the ones booked here.
    void compare(std::size_t k, std::vector<double> const& nav, std::vector<double> const& outside,
                 std::vector<double>& gross)
    {
        last_nav_ = 0;
        std::size_t h = 0, p = 0;
        double total = 0;
        for (std::size_t i = 0; i < accounts_.size(); ++i) {
            TraceRow const& row = ledger_.accounts[k * accounts_.size() + i];
            Worth const now = revalue(i, k, k, h, p);
            gross[i] = std::max(gross[i], now.gross);
            for (EventRow const& e : ledger_.events)
                gross[i] += e.account == static_cast<std::int32_t>(i)
                                    && static_cast<std::size_t>(e.step) == k
                                    && std::isfinite(e.value)
                                ? std::abs(e.value)
                                : 0;
            EXPECT_NEAR(row.nav, now.nav, rounding * gross[i]) << "step " << k << " account " << i;
            EXPECT_NEAR(row.nav, row.collateral_at_market + row.unrealised_pnl - row.debt,
                        rounding * gross[i]);
            if (!closing(k, i)) {
                EXPECT_NEAR(row.nav, nav[i], rounding * gross[i])
                    << "step " << k << " account " << i;
            }
            last_nav_ += now.nav;
            total += gross[i];
            h += accounts_[i].assets.size();
            p += accounts_[i].positions.size();
        }
        for (std::size_t o = 0; o < num_owners_; ++o) {
            double const value = coins_outside(k, o, prices(k));
            total += value;
            EXPECT_NEAR(ledger_.outside[k * num_owners_ + o], value, rounding * total);
            EXPECT_NEAR(value, outside[o], rounding * total) << "step " << k << " owner " << o;
            last_nav_ += value;
        }
        gross_ = std::max(gross_, total);
    }

    /// Whether the account's deficit arises after the last row, in the closing of the path.
    bool closing(std::size_t k, std::size_t i) const
    {
        return k == num_steps() && !accounts_[i].recourse
               && ledger_.accounts[k * accounts_.size() + i].nav < 0;
    }
    std::size_t num_steps() const { return ledger_.accounts.size() / accounts_.size() - 1; }

    double value_kept() const
    {
        double value = 0;
        std::size_t const k = num_steps();
        for (std::size_t i = 0; i < accounts_.size(); ++i) {
            double const nav = ledger_.accounts[k * accounts_.size() + i].nav;
            value += accounts_[i].recourse ? nav : std::max(nav, 0.0);
        }
        for (std::size_t o = 0; o < num_owners_; ++o)
            value += coins_outside(k, o, prices(k));
        return value - sum(&EventSums::deposits);
    }

    double sum(double EventSums::*field) const
    {
        return std::accumulate(sums_.begin(), sums_.end(), 0.0,
                               [&](double s, EventSums const& e) { return s + e.*field; });
    }

    void expect_outcome(Column column, double value, int scope = 0) const
    {
        auto const c = static_cast<std::size_t>(scope * num_columns + static_cast<int>(column));
        EXPECT_NEAR(ledger_.outcomes[c], value, 10 * rounding * gross_)
            << "column " << static_cast<int>(column) << " scope " << scope;
    }

    void check_outcomes(EventSums const& s, int scope) const
    {
        expect_outcome(Column::topup_total, s.posts, scope);
        expect_outcome(Column::topup_count, s.num_posts, scope);
        expect_outcome(Column::topup_cost, s.response_cost, scope);
        expect_outcome(Column::liquidation_cost, s.liquidation_cost, scope);
        expect_outcome(Column::fees, s.fees, scope);
        expect_outcome(Column::liquidated_notional, s.liquidated, scope);
        expect_outcome(Column::deficit, s.deficit, scope);
        expect_outcome(Column::fund_draw, s.fund_draw, scope);
        expect_outcome(Column::bad_debt, s.bad_debt, scope);
    }

    void check_totals(double opening)
    {
        double const kept = value_kept();
        double const loss = opening - kept;
        double const spared = sum(&EventSums::deficit);
        double const no_recourse = accounts_.front().recourse ? 0 : spared;
        double const costs = sum(&EventSums::response_cost) + sum(&EventSums::liquidation_cost);
        expect_outcome(Column::loss, loss);
        // Interest is worth what its coins are worth when they are paid.
        double const funding = ledger_.outcomes[static_cast<std::size_t>(Column::funding)];
        double const slack = 10 * rounding * gross_;
        EXPECT_GE(funding, carry_ - interest_ + low_interest_ - slack);
        EXPECT_LE(funding, carry_ - interest_ + high_interest_ + slack);
        expect_outcome(Column::loss, -market_ + carry_ + costs - no_recourse);

        // What one side has lost, another has.
        auto const outcome = [&](Column c) {
            return ledger_.outcomes[static_cast<std::size_t>(c)];
        };
        double const fund = sum(&EventSums::fund_inflow) - outcome(Column::fund_draw);
        double const others = sum(&EventSums::others) + carry_;
        EXPECT_NEAR(kept - opening + fund + others - outcome(Column::bad_debt) - market_, 0,
                    10 * rounding * gross_);
    }

  public:
    MoneyWalk(ScenarioRunner<float>& runner, Scenario const& scenario)
        : runner_{runner},
          scenario_{scenario},
          accounts_{Bookkeeper{scenario, runner.built().names}.accounts()},
          num_assets_{runner.built().names.assets.size()},
          num_owners_{runner.built().names.owners.size()}
    {
        for (BookedAccount const& account : accounts_) {
            num_holdings_ += account.assets.size();
            num_positions_ += account.positions.size();
        }
    }

    ScenarioRunner<float>::Ledger const& ledger() const { return ledger_; }

    void operator()(std::uint64_t path)
    {
        SCOPED_TRACE("path " + std::to_string(path));
        ledger_ = runner_.trace(path);
        sums_.assign(accounts_.size(), {});
        market_ = carry_ = gross_ = last_nav_ = 0;
        interest_ = low_interest_ = high_interest_ = 0;
        lowest_.assign(num_assets_, std::numeric_limits<double>::infinity());
        highest_.assign(num_assets_, 0);
        for (std::size_t i = 0; i < ledger_.prices.size(); ++i) {
            lowest_[i % num_assets_] = std::min(lowest_[i % num_assets_], ledger_.prices[i]);
            highest_[i % num_assets_] = std::max(highest_[i % num_assets_], ledger_.prices[i]);
        }
        double const opening = opening_value();
        for (std::size_t k = 0; k <= num_steps(); ++k)
            check_step(k, k == 0 ? 0 : k - 1);
        EventSums book;
        for (EventRow const& e : ledger_.events)
            book.add(e, accounts_[static_cast<std::size_t>(e.account)]);
        check_outcomes(book, 0);
        auto const& columns = runner_.built().names.account_columns;
        for (std::size_t i = 0; i < accounts_.size(); ++i)
            check_outcomes(sums_[i], columns[i]);
        check_totals(opening);
    }

  private:
    /// From the scenario: no event and no step has touched it.
    double opening_value() const
    {
        double value = 0;
        for (BookedAccount const& account : accounts_) {
            for (std::size_t j = 0; j < account.assets.size(); ++j)
                value += (account.opening[j].balance - account.opening[j].owed)
                         * prices(0)[account.assets[j]];
            for (BookedPosition const& position : account.positions)
                value += position.pnl(position.size, prices(0));
        }
        for (std::size_t o = 0; o < num_owners_; ++o) {
            auto const coins = Bookkeeper{scenario_, runner_.built().names}.reserve(o);
            for (std::size_t i = 0; i < num_assets_; ++i)
                value += coins[i] * prices(0)[i];
        }
        return value;
    }
};

}  // namespace brink::test
