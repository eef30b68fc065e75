// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/group_rows.hpp"
#include "models/path/owner_step.hpp"

BRINK_BEGIN_ISA

inline constexpr std::int32_t max_venues = 16;

/// Whether the prices of a path stayed representable; if not, its outcomes are invalid.
enum class PriceRange : std::uint8_t { kept, left };

/// Turns the final state of one path into its outcome rows: waterfall of each venue's deficits at
/// the horizon, loss of each owner, sums over the book and over the groups of its accounts.
template<int N, class T>
class PathCloser {
    Program<T> const& program_;
    PathEvent<N>& event_;
    LaneFields<T> mirror_;  ///< this lane's
    OutcomeSink const& sink_;
    std::int64_t path_;  ///< position in the sink
    OutcomeRow book_;
    GroupRows groups_;
    double deficit_[max_venues]{};   ///< [numeraire] that the fund is asked for
    double inflow_[max_venues]{};    ///< [numeraire] forfeited and fees
    double unfunded_[max_venues]{};  ///< [numeraire] that no fund is asked for

  public:
    BRINK_FN PathCloser(Program<T> const& program, PathEvent<N>& event, LaneFields<T> mirror,
                        OutcomeSink const& sink, std::int64_t path)
        : program_{program},
          event_{event},
          mirror_{mirror},
          sink_{sink},
          path_{path},
          groups_{program, sink, path}
    {
        for (std::int32_t i = 0; i < num_columns; ++i)
            book_.value[i] = outcome_of_none(static_cast<Column>(i));
    }

    /// Add one owner whose record is current (settled here).
    BRINK_HD void add(Owner const& owner)
    {
        OwnerStep<N> const step{event_, owner, program_.num_assets};
        double value = step.value_outside_accounts();
        for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts;
             ++a) {
            event_.state(a).settle_carry(event_.price);
            value += owed_value(a, leave_deficit(a));
        }
        double const loss = owner.opening_value - value;
        book_[Column::loss] += loss;
        for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts;
             ++a) {
            OutcomeRow row = account_row(a);
            row[Column::loss] = loss;
            add_to_book(row);
            groups_.add(a, row);
            write_account(a, row);
        }
    }

    BRINK_HD void finish(PriceRange range)
    {
        Entries<Venue> const venues = event_.venues;
        double asked = 0.0;
        for (std::int32_t v = 0; v < venues.size(); ++v) {
            double const paid = vmin(deficit_[v], venues[v].insurance_fund + inflow_[v]);
            book_[Column::fund_draw] += paid;
            book_[Column::bad_debt] += deficit_[v] - paid + unfunded_[v];
            asked += deficit_[v] + unfunded_[v];
        }
        bool const valid = range == PriceRange::kept && is_finite(book_[Column::loss]);
        book_[Column::mark] = static_cast<double>(valid ? PathMark::counted : PathMark::invalid);
        write(0, book_);
        if (!valid)
            flag_scopes();
        if (asked > 0.0)
            share_waterfall();
    }

    /// After `finish`: the book's outcomes as those of a regime that the path enters, or a mark.
    /// \param occupancy share of the path's steps that the regime governs
    BRINK_HD void add_regime(std::int32_t r, double occupancy)
    {
        OutcomeRow row = book_;
        row[Column::occupancy] = occupancy;
        if (!(occupancy > 0.0) && row[Column::mark] == 0.0)
            row[Column::mark] = static_cast<double>(PathMark::elsewhere);
        write(program_.first_regime_scope + r, row);
    }

  private:
    /// A path that is invalid for the book is so for every account and group: one world, or none.
    BRINK_HD void flag_scopes() const
    {
        for (std::int32_t scope = 1; scope < program_.first_regime_scope; ++scope)
            *sink_.at(scope, static_cast<std::int32_t>(Column::mark), path_) =
                static_cast<double>(PathMark::invalid);
    }

    /// What an account without recourse is below zero at the horizon is its venue's, liquidated or
    /// not (a coin that counts at par may hide it from every call).
    /// \return [numeraire] net asset value, after that
    BRINK_HD double leave_deficit(std::int32_t a)
    {
        AccountState const state = event_.state(a);
        double const nav = event_.net_asset_value(state);
        if (event_.venue_of(a).recourse != 0 || !(nav < 0.0))
            return nav;
        state[AccountField::deficit] += -nav;
        event_.note({.kind = EventKind::deficit, .account = a, .value = -nav});
        state[AccountField::interest] += state.accrued_interest(event_.price);
        state.clear();
        return event_.net_asset_value(state);
    }

    /// [numeraire] nav as the owner has it: not below zero where the venue has no recourse, and
    /// less a deposit outside the account that went with it.
    BRINK_HD double owed_value(std::int32_t a, double nav) const
    {
        Venue const& venue = event_.venue_of(a);
        bool const is_pooled = venue.price == LiquidationPriceRule::pool
                               && event_.state(a)[AccountField::liquidated] != 0.0;
        return (venue.recourse != 0 ? nav : vmax(nav, 0.0))
               - (is_pooled ? venue.pool.gas_deposit : 0.0);
    }

    BRINK_HD OutcomeRow account_row(std::int32_t a)
    {
        AccountState const s = event_.state(a);
        Venue const& venue = event_.venue_of(a);
        double const nav = event_.net_asset_value(s);
        OutcomeRow row{};
        row[Column::loss_account] = event_.tables[program_.opening_nav][a]
                                    + s[AccountField::topup_total] - owed_value(a, nav);
        row[Column::topup_total] = s[AccountField::topup_total];
        row[Column::topup_peak] = s[AccountField::topup_peak];
        row[Column::topup_count] = s[AccountField::topup_count];
        row[Column::topup_cost] =
            s[AccountField::response_fee] + s[AccountField::response_slippage];
        row[Column::liquidation_cost] = s[AccountField::liquidation_slippage]
                                        + s[AccountField::liquidation_fee]
                                        + s[AccountField::forfeited];
        row[Column::fees] = s[AccountField::response_fee] + s[AccountField::liquidation_fee];
        row[Column::funding] =
            s[AccountField::funding] + s[AccountField::interest] + s.accrued_interest(event_.price);
        row[Column::first_call_time] = s[AccountField::first_call_time];
        row[Column::first_liquidation_time] = s[AccountField::first_liquidation_time];
        row[Column::min_health] = vmin(
            s[AccountField::min_health],
            static_cast<double>(*mirror_.field(s.account().mirror + MirrorLayout::min_health())));
        row[Column::called] = s[AccountField::called];
        row[Column::liquidated] = s[AccountField::liquidated];
        row[Column::defaulted] = s[AccountField::defaulted];
        row[Column::bankrupt] = s[AccountField::bankrupt];
        row[Column::deficit] = s[AccountField::deficit];
        row[Column::liquidated_notional] = s[AccountField::liquidated_notional];
        row[Column::breached_at_start] = s[AccountField::breached_at_start];
        row[Column::part_liquidation_slippage] = s[AccountField::liquidation_slippage];
        row[Column::part_liquidation_fee] = s[AccountField::liquidation_fee];
        row[Column::part_forfeited] = s[AccountField::forfeited];
        row[Column::part_response_cost] = row[Column::topup_cost];
        row[Column::part_spared] =
            venue.recourse != 0 ? 0.0 : -row[Column::deficit] + vmin(nav, 0.0);
        if (venue.recourse == 0) {
            deficit_[s.account().venue] += row[Column::deficit] - s[AccountField::unfunded];
            unfunded_[s.account().venue] += s[AccountField::unfunded];
        }
        inflow_[s.account().venue] += event_.fund_receipts(s, a);
        return row;
    }

    BRINK_HD void add_to_book(OutcomeRow const& row)
    {
        for (std::int32_t i = static_cast<std::int32_t>(Column::loss_account); i < num_columns; ++i)
            book_.value[i] = joined_outcome(static_cast<Column>(i), book_.value[i], row.value[i]);
    }

    BRINK_HD void write_account(std::int32_t a, OutcomeRow const& row) const
    {
        std::int32_t const scope = event_.accounts[a].column_scope;
        if (scope >= 0)
            write(scope, row);
        if (sink_.table == nullptr)
            return;
        constexpr Column kept[num_table_columns] = {
            Column::loss,    Column::loss_account, Column::topup_total, Column::liquidation_cost,
            Column::called,  Column::liquidated,   Column::defaulted,   Column::bankrupt,
            Column::deficit, Column::bad_debt};
        for (std::int32_t i = 0; i < num_table_columns; ++i)
            *sink_.table_at(a, i, path_) = row[kept[i]];
    }

    BRINK_HD void write(std::int32_t scope, OutcomeRow const& row) const
    {
        double* out = sink_.at(scope, 0, path_);
        for (std::int32_t i = 0; i < num_columns; ++i)
            out[i * sink_.paths] = row.value[i];
    }

    /// Each account bears the venue's shortfall in proportion to its deficit.
    BRINK_HD void share_waterfall() const
    {
        for (std::int32_t a = 0; a < event_.accounts.size(); ++a) {
            std::int32_t const v = event_.accounts[a].venue;
            std::int32_t const scope = event_.accounts[a].column_scope;
            double const deficit = event_.state(a)[AccountField::deficit];
            if (event_.venues[v].recourse != 0 || !(deficit > 0.0))
                continue;
            double const fund = event_.venues[v].insurance_fund + inflow_[v];
            double const asked = deficit - event_.state(a)[AccountField::unfunded];
            double const paid = asked > 0.0 ? asked * (vmin(deficit_[v], fund) / deficit_[v]) : 0.0;
            note_waterfall(EventKind::fund_draw, a, paid);
            note_waterfall(EventKind::bad_debt, a, deficit - paid);
            groups_.add_waterfall(a, paid, deficit - paid);
            if (scope >= 0) {
                *sink_.at(scope, static_cast<std::int32_t>(Column::fund_draw), path_) = paid;
                *sink_.at(scope, static_cast<std::int32_t>(Column::bad_debt), path_) =
                    deficit - paid;
            }
            if (sink_.table != nullptr)
                *sink_.table_at(a, static_cast<std::int32_t>(TableColumn::bad_debt), path_) =
                    deficit - paid;
        }
    }

    BRINK_HD void note_waterfall(EventKind kind, std::int32_t a, double value) const
    {
        if (value > 0.0)
            event_.note(
                {.kind = kind, .account = a, .item = event_.accounts[a].venue, .value = value});
    }
};

BRINK_END_ISA
