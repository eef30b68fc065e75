// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/margin/band_value.hpp"
#include "models/margin/collateral.hpp"
#include "models/margin/grid_assessor.hpp"
#include "models/margin/held.hpp"
#include "models/margin/ladder.hpp"
#include "models/margin/position_value.hpp"
#include "models/margin/recovery.hpp"
#include "models/margin/requirement.hpp"

BRINK_BEGIN_ISA

/// Which margins an assessment works out.
enum class Margins : std::uint8_t {
    decisive,  ///< initial margin only where the call rule looks at it, else it is left 0
    all,
};

/// Margin equity and requirements of one account: `assess(account, source, price)`.
///
/// Source says what the account holds now, per lane: `held(h)`, a Held, `fraction(p)` of position p
/// still open, and `band_value()`, [debt coin] of collateral in bands. It does not know of prices;
/// prices know of no account.
/// The order of summation is the order of the tables: positions, then holdings.
template<int N, class F>
class AccountAssessor {
    using T = value_t<F>;
    Tables tables_;
    Entries<Instrument> instruments_;
    Entries<CollateralCurve<T>> curves_;
    Entries<MarginSchedule<T>> schedules_;
    Entries<Ladder<T>> ladders_;
    GridAssessor<N, F> grid_;

  public:
    /// \param carry this pack's or lane's Workspace::carry, where contracts have their terms
    template<class U>
    BRINK_FN AccountAssessor(Program<U> const& program, RulesView<T> const& rules,
                             LaneFields<double> carry)
        : AccountAssessor{program, rules, carry, program.tables}
    {}
    /// \param tables where the program's block lies, if not at `program.tables`
    template<class U>
    BRINK_FN AccountAssessor(Program<U> const& program, RulesView<T> const& rules,
                             LaneFields<double> carry, Tables tables)
        : tables_{tables},
          instruments_{tables_[program.instruments]},
          curves_{tables_[rules.curves]},
          schedules_{tables_[rules.schedules]},
          ladders_{tables_[rules.ladders]},
          grid_{program, rules, carry, tables}
    {}

    BRINK_FN Ladder<T> const& ladder(Account<T> const& account) const
    {
        return ladders_[account.venue];
    }

    BRINK_FN GridAssessor<N, F> const& grid() const { return grid_; }

    /// The formula of an option's schedule.
    BRINK_FN OptionMargin<F> option_margin(Position<T> const& position,
                                           GridPosition<F> const& option) const
    {
        return {schedules_[instruments_[position.instrument].schedule],
                option.contract->kind == ContractKind::call ? OptionRight::call : OptionRight::put};
    }
    /// [numeraire] by formula; 0 of what is bought.
    BRINK_FN F option_maintenance(Position<T> const& position, GridPosition<F> const& option) const
    {
        return position.leg_a < T(0) ? option_margin(position, option).maintenance(as_sold(option))
                                     : F(T(0));
    }

    BRINK_FN MarginSchedule<T> const& schedule(Instrument const& instrument) const
    {
        return schedules_[instrument.schedule];
    }

    BRINK_FN CollateralCurve<T> const& curve(Holding<T> const& holding) const
    {
        return curves_[holding.curve];
    }
    /// What one more coin of a balance counts for, over its price; 0 where the coin has no curve.
    BRINK_FN F marginal_ratio(Holding<T> const& holding, F balance, F price) const
    {
        if (holding.curve < 0)
            return F(T(0));
        return CollateralValuer<F>{tables_, curves_[holding.curve]}.marginal_ratio(balance, price);
    }

    /// \param price per asset: an array, or `Listed`
    template<class Source, class Prices>
    BRINK_FN Assessment<F> operator()(Account<T> const& account, Source const& source,
                                      Prices const& price,
                                      Margins margins = Margins::decisive) const
    {
        Ladder<T> const& ladder = ladders_[account.venue];
        Assessment<F> sum{F(T(0)), F(T(0)), F(T(0)), F(T(0))};
        Entries<Position<T>> const positions = tables_[account.positions];
        for (std::int32_t p = 0; p < positions.size(); ++p) {
            Instrument const& instrument = instruments_[positions[p].instrument];
            if (instrument.is_option != 0) [[unlikely]] {
                add_option(sum, ladder, positions[p], source.fraction(p), price);
                continue;
            }
            MarginSchedule<T> const& schedule = schedules_[instrument.schedule];
            PositionValue<F> const value = value_for_margin<N, F>(
                instrument, schedule.basis, positions[p], source.fraction(p), price);
            RequirementChecker<F> const require{tables_, schedule, positions[p].window};
            if (ladder.pnl == PnlRule::face)
                sum.margin_equity = sum.margin_equity + value.pnl;
            sum.maintenance_margin =
                sum.maintenance_margin + require.maintenance(value.charged, value.unit_value);
            if (margins == Margins::all || ladder.call == CallTrigger::initial_margin)
                sum.initial_margin =
                    sum.initial_margin
                    + require.initial(value.charged, value.unit_value, positions[p].initial_rate);
            sum.exposure = sum.exposure + value.notional;
        }
        if (ladder.requirement != RequirementRule::schedules) [[unlikely]]
            add_grid(sum, ladder, account, source, price);
        Entries<Holding<T>> const holdings = tables_[account.holdings];
        for (std::int32_t h = 0; h < holdings.size(); ++h)
            add_holding(sum, ladder, account, holdings[h], h, source, price);
        if (ladder.system.asset >= 0) [[unlikely]]
            sum.recovery_level =
                sum.maintenance_margin
                * recovery_health<F>(ladder.system, pick<N>(price, ladder.system.asset));
        return sum;
    }

    /// Balances and unrealised P&L at mark less debt, no haircut, [numeraire].
    template<class Source, class Prices>
    BRINK_FN F net_value(Account<T> const& account, Source const& source, Prices const& price) const
    {
        F sum = F(T(0));
        Entries<Position<T>> const positions = tables_[account.positions];
        for (std::int32_t p = 0; p < positions.size(); ++p)
            sum = sum
                  + value_position<N, F>(instruments_[positions[p].instrument], ChargeBasis::mark,
                                         positions[p], source.fraction(p), price)
                        .pnl;
        Entries<Holding<T>> const holdings = tables_[account.holdings];
        for (std::int32_t h = 0; h < holdings.size(); ++h) {
            Held<F> const held = source.held(h);
            F const amount = held.owes ? held.balance - held.owed : held.balance;
            sum = madd(amount, pick<N>(price, holdings[h].asset), sum);
        }
        return sum;
    }

    /// Sum of |amount| x price x `per_value[asset]` over both legs of positions, balances and
    /// debts, [numeraire].
    template<class Source, class Prices>
    BRINK_FN F gross_value(Account<T> const& account, Source const& source, Prices const& price,
                           F const (&per_value)[N]) const
    {
        auto const value = [&](F amount, std::int32_t asset) {
            return vabs(amount) * pick<N>(price, asset) * pick<N>(per_value, asset);
        };
        F sum = F(T(0));
        Entries<Position<T>> const positions = tables_[account.positions];
        for (std::int32_t p = 0; p < positions.size(); ++p) {
            Instrument const& instrument = instruments_[positions[p].instrument];
            F const open = source.fraction(p);
            sum = sum + value(F(positions[p].leg_a) * open, instrument.asset_a)
                  + value(F(positions[p].leg_b) * open, instrument.asset_b);
        }
        Entries<Holding<T>> const holdings = tables_[account.holdings];
        for (std::int32_t h = 0; h < holdings.size(); ++h) {
            Held<F> const held = source.held(h);
            sum = sum + value(held.balance, holdings[h].asset);
            if (held.owes)
                sum = sum + value(held.owed, holdings[h].asset);
        }
        return sum;
    }

    /// Balances after haircut, without unrealised P&L and debts, [numeraire].
    template<class Source, class Prices>
    BRINK_FN F collateral_value(Account<T> const& account, Source const& source,
                                Prices const& price) const
    {
        F sum = F(T(0));
        Entries<Holding<T>> const holdings = tables_[account.holdings];
        for (std::int32_t h = 0; h < holdings.size(); ++h)
            if (account.bands.count != 0 && account.bands.holding == h)
                sum = sum + value_in_bands<N, F>(account, source, price);
            else if (holdings[h].curve >= 0)
                sum = sum
                      + CollateralValuer<F>{tables_, curves_[holdings[h].curve]}(
                          source.held(h).balance, F(T(0)), pick<N>(price, holdings[h].margin_row));
        return sum;
    }

  private:
    /// Premiums are paid, so an option is worth its price; what is sold may need margin.
    template<class Prices>
    BRINK_FN void add_option(Assessment<F>& sum, Ladder<T> const& ladder,
                             Position<T> const& position, F fraction, Prices const& price) const
    {
        GridPosition<F> const option = grid_.position(position, fraction, price);
        SoldOption<F> const sold = as_sold(option);
        if (ladder.pnl == PnlRule::face && ladder.ignores_options == 0)
            sum.margin_equity = madd(option.size, option.price, sum.margin_equity);
        sum.exposure = sum.exposure + (sold.underlying + sold.value);
        if (ladder.requirement == RequirementRule::grid || !(position.leg_a < T(0)))
            return;
        OptionMargin<F> const require = option_margin(position, option);
        sum.maintenance_margin = sum.maintenance_margin + require.maintenance(sold);
        sum.initial_margin = sum.initial_margin + require.initial(sold);
    }

    /// Apart, on prices of its own: the address of those in registers is never taken.
    template<class Source, class Prices>
    BRINK_FN void add_grid(Assessment<F>& sum, Ladder<T> const& ladder, Account<T> const& account,
                           Source const& source, Prices const& price) const
    {
        F lent[N];
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            lent[i] = pick<N>(price, i);
        ScenarioGrid<T> const& grid = grid_.grid(ladder);
        F const required = GridAssessor<N, F>::apart(GridAssessor<N, F>(grid_), grid, account,
                                                     Source(source), lent);
        sum.maintenance_margin =
            vmax(sum.maintenance_margin, required * F(grid.maintenance_factor));
        sum.initial_margin = vmax(sum.initial_margin, required * F(grid.initial_factor));
    }
    template<class Source, class Prices>
    BRINK_FN void add_holding(Assessment<F>& sum, Ladder<T> const& ladder,
                              Account<T> const& account, Holding<T> const& holding, std::int32_t h,
                              Source const& source, Prices const& price) const
    {
        if (account.bands.count != 0 && account.bands.holding == h) [[unlikely]] {
            sum.margin_equity = sum.margin_equity + value_in_bands<N, F>(account, source, price);
            return;
        }
        F const spot = pick<N>(price, holding.margin_row);
        F joined = F(T(0));
        if (ladder.pnl == PnlRule::collateral)
            joined = joined_pnl(account, h, source, price);
        Held<F> const held = source.held(h);
        F const value = holding.curve >= 0 ? CollateralValuer<F>{tables_, curves_[holding.curve]}(
                            held.balance, joined, spot)
                                           : vmin(madd(held.balance, spot, joined), F(T(0)));
        if (holding.curve >= 0 && curves_[holding.curve].initial_only != 0) [[unlikely]] {
            F const full = madd(held.balance, spot, joined);
            sum.margin_equity = sum.margin_equity + full;
            sum.initial_margin = sum.initial_margin + (full - value);
        } else {
            sum.margin_equity = sum.margin_equity + value;
        }
        if (!held.owes)
            return;
        F const owed = held.owed * spot;
        sum.exposure = sum.exposure + owed;
        if (ladder.health == HealthRule::collateral_over_debt) {
            sum.maintenance_margin = sum.maintenance_margin + owed;
            sum.initial_margin = sum.initial_margin + owed;
        } else {
            sum.margin_equity = sum.margin_equity - owed;
            sum.maintenance_margin =
                madd(owed, F(holding.debt_maintenance_rate), sum.maintenance_margin);
            sum.initial_margin = madd(owed, F(holding.debt_initial_rate), sum.initial_margin);
        }
    }

    template<class Source, class Prices>
    BRINK_FN F joined_pnl(Account<T> const& account, std::int32_t h, Source const& source,
                          Prices const& price) const
    {
        F joined = F(T(0));
        Entries<Position<T>> const positions = tables_[account.positions];
        for (std::int32_t p = 0; p < positions.size(); ++p)
            if (positions[p].settlement == h && counts(ladders_[account.venue], positions[p]))
                joined = joined
                         + value_for_margin<N, F>(instruments_[positions[p].instrument],
                                                  ChargeBasis::mark, positions[p],
                                                  source.fraction(p), price)
                               .pnl;
        return joined;
    }

    BRINK_FN bool counts(Ladder<T> const& ladder, Position<T> const& position) const
    {
        return ladder.ignores_options == 0 || instruments_[position.instrument].is_option == 0;
    }
};

BRINK_END_ISA
