// SPDX-License-Identifier: Apache-2.0
#include "host/assess/price_search.hpp"

#include <cmath>

namespace brink {
namespace {

/// A quantity as a function of the one price that moves.
struct Line {
    double at_zero{0};
    double slope{0};
};

Line operator+(Line a, Line b)
{
    return {a.at_zero + b.at_zero, a.slope + b.slope};
}
Line operator*(double factor, Line a)
{
    return {factor * a.at_zero, factor * a.slope};
}

/// Collects the kinks of one account in the price of one asset.
class KinkCollector {
    BookState<double> const& book_;
    AccountState state_;
    std::int32_t asset_;
    Tables tables_;
    std::vector<double> kinks_;

  public:
    KinkCollector(BookState<double> const& book, std::int32_t account, std::int32_t asset)
        : book_{book},
          state_{book.event().state(account)},
          asset_{asset},
          tables_{book.program().tables}
    {}

    std::vector<double> operator()()
    {
        for (Position<double> const& position : state_.positions())
            add_position(position);
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            add_holding(h);
        add_recovery();
        return std::move(kinks_);
    }

  private:
    /// Of a row: an asset's, or what an oracle reads.
    [[nodiscard]] Line price(std::int32_t asset) const
    {
        if (Oracle<double> const* const oracle = book_.oracle_of(asset))
            return oracle->source < 0 ? Line{oracle->rate, 0.0}
                                      : oracle->rate * price(oracle->source);
        return asset == asset_ ? Line{0.0, 1.0} : Line{book_.price(asset), 0.0};
    }
    [[nodiscard]] Instrument const& instrument_of(Position<double> const& position) const
    {
        return book_.event().instruments[position.instrument];
    }

    /// Where the line crosses zero at a price above zero.
    void add_zero(Line line)
    {
        double const root = -line.at_zero / line.slope;
        if (std::isfinite(root) && root > 0.0)
            kinks_.push_back(root);
    }

    /// Brackets begin where the charged leg reaches their floors; marginal ones kink where two
    /// brackets require the same, which differs from the floor by the rounding of their amounts.
    void add_position(Position<double> const& position)
    {
        Instrument const& instrument = instrument_of(position);
        MarginSchedule<double> const& schedule = book_.event().assessor.schedule(instrument);
        bool const charges_a =
            (instrument.payoff == Payoff::linear) == (schedule.basis == ChargeBasis::mark);
        Line const charged = charges_a ? std::abs(position.leg_a) * price(position.margin.a)
                                       : std::abs(position.leg_b) * price(position.margin.b);
        Line const unit = position.unit_amount * price(position.margin.unit);
        Entries<MarginTier<double>> const tiers = tables_[schedule.tiers];
        for (std::int32_t k = 1; k < tiers.size(); ++k) {
            add_zero(charged + -tiers[k].floor * unit);
            double const crossing =
                (tiers[k].amount - tiers[k - 1].amount) / (tiers[k].rate - tiers[k - 1].rate);
            if (schedule.shape == ScheduleShape::marginal && std::isfinite(crossing))
                add_zero(charged + -crossing * unit);
        }
    }

    /// Unrealised P&L that joins the balance of holding h before its haircut.
    [[nodiscard]] Line joined_pnl(std::int32_t h) const
    {
        Line joined;
        for (Position<double> const& position : state_.positions()) {
            if (position.settlement != h)
                continue;
            joined = joined + position.leg_a * price(position.margin.a)
                     + -position.leg_b * price(position.margin.b);
        }
        return joined;
    }

    /// Recovery mode begins at one price of the system's coin; at another its level falls below
    /// that of the normal mode.
    void add_recovery()
    {
        Ladder<double> const& ladder = book_.event().assessor.ladder(state_.account());
        SystemTerms<double> const& system = ladder.system;
        if (system.asset != asset_)
            return;
        for (double const health : {ladder.liquidation_health, ladder.call_health})
            add_zero({-health / system.weight, system.coins});
        add_zero({-system.critical_ratio, system.coins});
    }

    void add_holding(std::int32_t h)
    {
        Holding<double> const& holding = state_.holdings()[h];
        LoanBands<double> const& bands = state_.account().bands;
        if (state_.lies_in_bands(h))
            return add_zero(price(bands.asset) + -bands.top * price(bands.debt));
        Ladder<double> const& ladder = book_.event().assessor.ladder(state_.account());
        Line const joined = ladder.pnl == PnlRule::collateral ? joined_pnl(h) : Line{};
        if (holding.curve < 0) {
            add_zero(state_.balance(h) * price(holding.margin_row) + joined);
            return;
        }
        CollateralCurve<double> const& curve =
            tables_[book_.program().exact_rules.curves][holding.curve];
        Line const unit = curve.par != 0 ? Line{1.0, 0.0} : price(holding.margin_row);
        Line const value = state_.balance(h) * unit + joined;
        bool const in_coin = curve.unit == CurveUnit::coin;
        add_slabs(tables_[curve.slabs], value, in_coin ? unit : Line{1.0, 0.0});
    }

    /// The curve is the smallest of its slabs and of the identity: kinks where two of them cross.
    void add_slabs(Entries<Slab<double>> slabs, Line value, Line unit)
    {
        auto const slab = [&](std::int32_t i) { return i < 0 ? Slab<double>{1.0, 0.0} : slabs[i]; };
        for (std::int32_t i = -1; i < slabs.size(); ++i)
            for (std::int32_t j = i + 1; j < slabs.size(); ++j) {
                double const x =
                    (slab(j).offset - slab(i).offset) / (slab(i).slope - slab(j).slope);
                if (std::isfinite(x))
                    add_zero(value + -x * unit);
            }
    }
};

}  // namespace

std::vector<double> kink_prices(BookState<double> const& book, std::int32_t account,
                                std::int32_t asset)
{
    return KinkCollector{book, account, asset}();
}

}  // namespace brink
