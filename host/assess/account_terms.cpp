// SPDX-License-Identifier: Apache-2.0
#include "host/assess/account_terms.hpp"

#include "host/assess/term_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace brink {
namespace {

/// The terms of one account, in the order of its tables.
class AccountExplainer {
    BookState<double> const& book_;
    ProgramNames const& names_;
    PathEvent<max_assets> const& event_;
    AccountState state_;
    Ladder<double> const& ladder_;
    std::int32_t account_;
    std::vector<TermLine> terms_;

  public:
    AccountExplainer(BookState<double> const& book, ProgramNames const& names, std::int32_t account)
        : book_{book},
          names_{names},
          event_{book.event()},
          state_{event_.state(account)},
          ladder_{event_.ladder_of(account)},
          account_{account}
    {}

    std::vector<TermLine> operator()() &&
    {
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            explain_position(p);
        if (ladder_.requirement != RequirementRule::schedules)
            explain_grid();
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h) {
            explain_collateral(h);
            explain_debt(h);
        }
        explain_recovery();
        std::stable_sort(terms_.begin(), terms_.end(),
                         [](TermLine const& a, TermLine const& b) { return a.part < b.part; });
        return std::move(terms_);
    }

  private:
    void add(AccountPart part, std::string subject, double value, std::string formula)
    {
        terms_.push_back({part, std::move(subject), std::move(formula), value});
    }

    [[nodiscard]] std::string const& asset(std::int32_t i) const
    {
        return names_.assets[static_cast<std::size_t>(i)];
    }

    void explain_position(std::int32_t p)
    {
        Position<double> const& position = state_.positions()[p];
        Instrument const& instrument = event_.instruments[position.instrument];
        MarginSchedule<double> const& schedule = event_.assessor.schedule(instrument);
        PositionValue<double> const value = value_for_margin<max_assets, double>(
            instrument, schedule.basis, position, state_.fraction(p), event_.price);
        std::string const& name = names_.instruments[static_cast<std::size_t>(position.instrument)];
        if (instrument.is_option != 0)
            return explain_option(p, name);
        if (ladder_.pnl == PnlRule::face)
            add(AccountPart::margin_equity, name + " P&L", value.pnl, pnl_text(p));
        if (ladder_.requirement == RequirementRule::grid)
            return;
        RequirementChecker<double> const require{event_.tables, schedule, position.window};
        MarginTier<double> const& tier =
            event_.tables[schedule.tiers][require.tier_of(value.charged, value.unit_value)];
        add(AccountPart::maintenance_margin, name,
            require.maintenance(value.charged, value.unit_value),
            maintenance_text(schedule, tier, value));
        add(AccountPart::initial_margin, name,
            require.initial(value.charged, value.unit_value, position.initial_rate),
            initial_text(schedule, tier, value, position.initial_rate));
    }

    void explain_option(std::int32_t p, std::string const& name)
    {
        Position<double> const& position = state_.positions()[p];
        GridPosition<double> const option =
            event_.assessor.grid().position(position, state_.fraction(p), event_.price);
        if (ladder_.pnl == PnlRule::face && ladder_.ignores_options == 0)
            add(AccountPart::margin_equity, name + " value", option.size * option.price,
                fmt::format("{} x {}", number(option.size), number(option.price)));
        if (ladder_.requirement == RequirementRule::grid || !(option.size < 0.0))
            return;
        SoldOption<double> const sold = as_sold(option);
        OptionMargin<double> const margin = event_.assessor.option_margin(position, option);
        MarginSchedule<double> const& schedule =
            event_.assessor.schedule(event_.instruments[position.instrument]);
        OptionRight const right =
            option.contract->kind == ContractKind::put ? OptionRight::put : OptionRight::call;
        double const maintenance = margin.maintenance(sold);
        add(AccountPart::maintenance_margin, name, maintenance,
            option_maintenance_text(schedule, sold, right));
        add(AccountPart::initial_margin, name, margin.initial(sold),
            option_initial_text(schedule, sold, right, maintenance));
    }

    /// Risk units, one line each; beside schedules only what the grid requires more.
    void explain_grid()
    {
        ScenarioGrid<double> const& grid = event_.assessor.grid().grid(ladder_);
        double total = 0.0;
        std::set<std::int32_t> bases;
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            bases.insert(event_.instruments[state_.positions()[p].instrument].base);
        for (std::int32_t const base : bases) {
            auto const unit =
                event_.assessor.grid().unit(grid, state_.account(), state_, event_.price, base);
            double const required = unit.requirement(event_.tables);
            total += required;
            if (ladder_.requirement != RequirementRule::grid)
                continue;
            std::string const text = unit_text(grid, unit, required);
            std::string const subject = asset(base) + " grid";
            add(AccountPart::maintenance_margin, subject, required * grid.maintenance_factor,
                fmt::format("{} x {}", text, number(grid.maintenance_factor)));
            add(AccountPart::initial_margin, subject, required * grid.initial_factor,
                fmt::format("{} x {}", text, number(grid.initial_factor)));
        }
        if (ladder_.requirement == RequirementRule::larger) {
            add_excess(AccountPart::maintenance_margin, total * grid.maintenance_factor);
            add_excess(AccountPart::initial_margin, total * grid.initial_factor);
        }
    }

    /// `worst loss 5 (spot -0.16, volatility +0.4), contingencies 1 and at least 2`.
    [[nodiscard]] std::string unit_text(ScenarioGrid<double> const& grid,
                                        GridUnit<double> const& unit, double required) const
    {
        Entries<GridScenario<double>> const rows = event_.tables[grid.scenarios];
        std::int32_t worst = 0;
        for (std::int32_t s = 1; s < rows.size(); ++s)
            if (rows[s].weight * unit.profit(s) < rows[worst].weight * unit.profit(worst))
                worst = s;
        double const loss = unit.worst_loss();
        double added = 0.0;
        double least = 0.0;
        for (Contingency<double> const& row : event_.tables[grid.contingencies])
            (row.is_floor != 0 ? least : added) += unit.charge(event_.tables, row);
        std::string text = number(loss);
        if (loss > 0.0)
            text += fmt::format(
                " (spot {:+g}, volatility {:+g}{})", rows[worst].spot - 1.0, rows[worst].volatility,
                rows[worst].weight == 1.0 ? "" : fmt::format(", counted {:g}", rows[worst].weight));
        if (added > 0.0)
            text = fmt::format("({} + {})", text, number(added));
        return required > loss + added ? "least " + number(least) : text;
    }

    void add_excess(AccountPart part, double required)
    {
        double const excess = required - sum_of(part);
        if (excess > 0.0)
            add(part, "grid above schedules", excess,
                fmt::format("{} - {}", number(required), number(sum_of(part))));
    }

    [[nodiscard]] double sum_of(AccountPart part) const
    {
        double sum = 0.0;
        for (TermLine const& term : terms_)
            if (term.part == part)
                sum += term.value;
        return sum;
    }

    /// What is received less what is given, each leg at its own asset's price.
    [[nodiscard]] std::string pnl_text(std::int32_t p) const
    {
        Position<double> const& position = state_.positions()[p];
        double const open = state_.fraction(p);
        return fmt::format("{} {} x {} - {} {} x {}", number(position.leg_a * open),
                           asset(position.margin.a), number(book_.price(position.margin.a)),
                           number(position.leg_b * open), asset(position.margin.b),
                           number(book_.price(position.margin.b)));
    }

    void explain_collateral(std::int32_t h)
    {
        if (state_.lies_in_bands(h))
            return explain_bands();
        Holding<double> const& holding = state_.holdings()[h];
        double const price = book_.price(holding.margin_row);
        double const balance = state_.balance(h);
        double const joined = joined_pnl(book_, state_, h);
        if (balance == 0.0 && joined == 0.0)
            return;
        double const value = collateral_value(book_, state_, h);
        std::string const text = collateral_text(holding, balance, joined, price);
        if (!is_initial_only(holding))
            return add(AccountPart::margin_equity, asset(holding.asset), value, text);
        double const full = balance * price + joined;
        add(AccountPart::margin_equity, asset(holding.asset), full,
            fmt::format("{} in full", number(full)));
        add(AccountPart::initial_margin, asset(holding.asset) + " haircut", full - value,
            fmt::format("{} - ({})", number(full), text));
    }

    /// What the bands become on the way down, and what the price stands above them.
    void explain_bands()
    {
        LoanBands<double> const& bands = state_.account().bands;
        double const coin = book_.price(bands.debt);
        double const above = std::max(book_.price(bands.asset) - bands.top * coin, 0.0);
        double const held = state_.balance(bands.holding);
        add(AccountPart::margin_equity, asset(bands.asset) + " bands",
            bands.ratio * state_.band_value() * coin,
            fmt::format("{} {} on the way down x {} x {}", number(state_.band_value()),
                        asset(bands.debt), number(coin), number(bands.ratio)));
        add(AccountPart::margin_equity, asset(bands.asset) + " above bands", held * above,
            fmt::format("{} x max(0, {} - {} x {})", number(held), number(book_.price(bands.asset)),
                        number(bands.top), number(coin)));
    }

    [[nodiscard]] bool is_initial_only(Holding<double> const& holding) const
    {
        auto const curves = event_.tables[book_.program().exact_rules.curves];
        return holding.curve >= 0 && curves[holding.curve].initial_only != 0;
    }

    [[nodiscard]] std::string collateral_text(Holding<double> const& holding, double balance,
                                              double joined, double price) const
    {
        std::string const worth =
            joined == 0.0 ? number(balance * price)
                          : fmt::format("({} + P&L {})", number(balance * price), number(joined));
        if (holding.curve < 0)
            return balance * price + joined < 0.0 ? worth + " x 1"
                                                  : worth + " x 0, no collateral here";
        CollateralCurve<double> const& curve =
            event_.tables[book_.program().exact_rules.curves][holding.curve];
        double const unit_price = curve.par != 0 ? 1.0 : price;
        std::string const par = curve.par != 0 ? " at par" : "";
        bool const in_value = curve.unit == CurveUnit::value;
        double const x = in_value ? balance * unit_price + joined : balance + joined / unit_price;
        std::string const slabs = slabs_text(event_.tables[curve.slabs], x);
        return in_value ? slabs + par
                        : fmt::format("({}) {} x {}{}", slabs, asset(holding.asset),
                                      number(unit_price), par);
    }

    void explain_debt(std::int32_t h)
    {
        Holding<double> const& holding = state_.holdings()[h];
        double const owed = state_.owed(h);
        if (owed == 0.0)
            return;
        double const value = owed * book_.price(holding.margin_row);
        std::string const subject = asset(holding.asset) + " debt";
        std::string const worth =
            fmt::format("{} x {}", number(owed), number(book_.price(holding.margin_row)));
        if (ladder_.health == HealthRule::collateral_over_debt) {
            add(AccountPart::maintenance_margin, subject, value, worth);
            add(AccountPart::initial_margin, subject, value, worth);
            return;
        }
        add(AccountPart::margin_equity, subject, -value, "-" + worth);
        add_rate(AccountPart::maintenance_margin, subject, value, holding.debt_maintenance_rate);
        add_rate(AccountPart::initial_margin, subject, value, holding.debt_initial_rate);
    }

    /// Margin equity that the account must reach while the venue is in recovery mode.
    void explain_recovery()
    {
        Assessment<double> const now = book_.assess(account_);
        if (!(now.recovery_level > 0.0))
            return;
        SystemTerms<double> const& system = ladder_.system;
        double const price = book_.price(system.asset);
        add(AccountPart::recovery_level, asset(system.asset) + " of all borrowers",
            now.recovery_level,
            fmt::format("{} x {} x their ratio {} below {}", number(now.maintenance_margin),
                        number(system.weight), number(price * system.coins),
                        number(system.critical_ratio)));
    }

    void add_rate(AccountPart part, std::string const& subject, double value, double rate)
    {
        if (rate != 0.0)
            add(part, subject, value * rate, fmt::format("{} x {}", number(value), number(rate)));
    }
};

}  // namespace

std::string_view name_of(AccountPart part)
{
    switch (part) {
        case AccountPart::margin_equity:
            break;
        case AccountPart::maintenance_margin:
            return "maintenance_margin";
        case AccountPart::initial_margin:
            return "initial_margin";
        case AccountPart::recovery_level:
            return "recovery_level";
    }
    return "margin_equity";
}

std::vector<TermLine> explain_account(BookState<double> const& book, ProgramNames const& names,
                                      std::int32_t account)
{
    return AccountExplainer{book, names, account}();
}

}  // namespace brink
