// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/margin/grid_bounds.hpp"
#include "models/margin/grid_charges.hpp"

BRINK_BEGIN_ISA

/// Open positions that a search holds at most; a larger unit is revalued in every scenario.
inline constexpr int max_searched_legs = 16;

/// What a grid requires of one risk unit, from few of its scenarios: `add(position)`, then
/// `requirement(tables)`, the same bits as GridUnit's.
///
/// GridBounds bounds the loss at a spot by what is known at others. A search starts at the ends and
/// goes on where the bound is largest, until on every lane the bounds of what is left are below the
/// worst loss known by more than rounding; where looks at all bounds rule nothing out, it revalues
/// the rest. Losses that count are then all known, and are computed by the same
/// operations, so no lane's result depends on which others are looked at.
template<class F>
class GridSearch {
    using T = value_t<F>;
    /// Of `magnitude_`: an option's value is wrong by less than 16 units in the last place of
    /// forward + strike (two distribution functions; the error of d cancels to first order, since
    /// F n(d) = K n(d - s), and that of a slope is one of the point it belongs to), a sum of
    /// max_searched_legs by as many again.
    static constexpr T rounding = is_single<F> ? T(0x1p-17) : T(0x1p-46);
    static constexpr int most_in_vain = 3;  ///< looks at all bounds that rule nothing out

    ScenarioGrid<T> const& grid_;
    Entries<GridScenario<T>> scenarios_;
    Entries<GridSpot<T>> spots_;
    GridLeg<F> legs_[max_searched_legs];
    GridCharges<F> charges_;
    GridBounds<F> bounds_;
    F profit_[max_grid_scenarios];  ///< [numeraire]
    F worst_;                       ///< [numeraire] loss known
    F magnitude_;                   ///< [numeraire] scale of rounding errors
    F checksum_;                    ///< not finite where a profit is not
    std::int32_t num_legs_, num_revalued_;
    std::uint32_t open_;  ///< bit j: a scenario of spot j may be the worst

  public:
    BRINK_FN GridSearch(Tables tables, ScenarioGrid<T> const& grid)
        : grid_{grid},
          scenarios_{tables[grid.scenarios]},
          spots_{tables[grid.spots]},
          charges_{tables, grid},
          bounds_{spots_},
          worst_(T(0)),
          magnitude_(T(0)),
          checksum_(T(0)),
          num_legs_{0},
          num_revalued_{0},
          open_{~0u >> (max_grid_scenarios - spots_.size())}
    {}

    /// \return false where there is no place left
    BRINK_HD BRINK_APART bool add(GridPosition<F> const& position)
    {
        if (num_legs_ == max_searched_legs)
            return false;
        GridLeg<F> const leg{grid_, position};
        legs_[num_legs_++] = leg;
        charges_.add(leg, position.spot);
        F const farthest = F(grid_.largest_spot);
        if (!leg.is_option) {
            bounds_.add_linear(leg.value);
            magnitude_ = madd(vabs(leg.value), farthest, magnitude_);
            return true;
        }
        bounds_.add_option(leg.size, leg.price);
        magnitude_ =
            madd(vabs(leg.size), madd(leg.forward, farthest, leg.strike + leg.price), magnitude_);
        return true;
    }

    /// [numeraire] >= 0, scenarios weighted. Where options are sold and bought the bounds are
    /// loose, and on some lane of a pack nothing is ruled out: there all is revalued at once
    /// (`brink_bench_margin`).
    BRINK_HD BRINK_APART F worst_loss()
    {
        if (!bounds_.sells() && !bounds_.buys())
            return linear_loss();
        bool const sells = bounds_.sells(), buys = bounds_.buys();
        if (num_lanes < F >> 1 && sells && buys)
            revalue_all(open_);
        revalue_all(((sells ? grid_.sold_ends : 0u) | (buys ? grid_.bought_ends : 0u)) & open_);
        for (int in_vain = 0; open_ != 0;) {
            std::uint32_t const seen = open_;
            std::int32_t const next = rule_out();
            in_vain = open_ == seen ? in_vain + 1 : 0;
            revalue_all(in_vain < most_in_vain ? 1u << next & open_ : open_);
        }
        return worst_;
    }

    /// [numeraire] of the whole unit before the factors: worst loss and contingencies.
    BRINK_FN F requirement(Tables tables) { return charges_.requirement(tables, worst_loss()); }

    /// [numeraire] no scenario of spot j loses more, weighted, going by what is known so far.
    BRINK_FN F greatest_loss(std::int32_t j) const
    {
        F const profit = bounds_.least_profit(j);
        F const loss =
            vmax(F(-spots_[j].most_weight) * profit, F(-spots_[j].least_weight) * profit);
        return madd(magnitude_, F(rounding), loss);
    }
    BRINK_FN std::int32_t num_revalued() const { return num_revalued_; }

    /// Whether every lane's numbers were finite, without which bounds prove nothing.
    BRINK_FN bool is_proven() const { return !any_lane(!is_finite(checksum_)); }

  private:
    /// Without options. One position loses most at an end; for several a bound would cost more than
    /// it saves.
    BRINK_FN F linear_loss()
    {
        for (std::int32_t s = 0; s < scenarios_.size(); ++s) {
            if (num_legs_ == 1 && (grid_.linear_ends >> s & 1u) == 0)
                continue;
            profit_[s] = F(T(0));
            for (std::int32_t i = 0; i < num_legs_; ++i)
                profit_[s] = legs_[i].add_linear(scenarios_[s], profit_[s]);
            count(s);
        }
        return worst_;
    }

    BRINK_FN void count(std::int32_t s)
    {
        worst_ = vmax(worst_, F(-scenarios_[s].weight) * profit_[s]);
        checksum_ = checksum_ + profit_[s];
        ++num_revalued_;
    }

    BRINK_FN void revalue_all(std::uint32_t spots)
    {
        for (; spots != 0; spots &= spots - 1)
            revalue(lowest_bit(spots));
    }

    /// The unit in all scenarios of spot j.
    BRINK_HD BRINK_APART void revalue(std::int32_t j)
    {
        GridSpot<T> const& at = spots_[j];
        std::int32_t const last = at.first + at.count - 1;
        for (std::int32_t s = at.first; s <= last; ++s)
            profit_[s] = F(T(0));
        F bought = F(T(0)), slope = F(T(0)), most_bought = F(T(0));
        for (std::int32_t i = 0; i < num_legs_; ++i) {
            GridLeg<F> const& leg = legs_[i];
            if (!leg.is_option) {
                for (std::int32_t s = at.first; s <= last; ++s)
                    profit_[s] = leg.add_linear(scenarios_[s], profit_[s]);
                continue;
            }
            F const moneyness = leg.moneyness(at.spot);
            F const held = vmax(leg.size, F(T(0)));
            OptionValue<F> option = leg.revalued(scenarios_[at.first], moneyness);
            profit_[at.first] = leg.add_option(option, profit_[at.first]);
            bought = madd(held, option.value, bought);
            slope = madd(held * leg.forward, option.delta, slope);
            for (std::int32_t s = at.first + 1; s <= last; ++s) {
                option = leg.revalued(scenarios_[s], moneyness);
                profit_[s] = leg.add_option(option, profit_[s]);
            }
            most_bought = madd(held, option.value, most_bought);
        }
        for (std::int32_t s = at.first; s <= last; ++s)
            count(s);
        bounds_.note(j, {profit_[last] - most_bought, bought, slope});
        open_ &= ~(1u << j);
    }

    /// Rules out the spots whose scenarios are none of them the worst on any lane. \return of the
    /// others that of the largest bound, which differs by lane: the one that at least half of the
    /// lanes prefer to those before it; 0 where none is left
    BRINK_FN std::int32_t rule_out()
    {
        std::int32_t chosen = -1;
        F largest = F(T(0));
        for (std::uint32_t left = open_; left != 0; left &= left - 1) {
            std::int32_t const j = lowest_bit(left);
            F const bound = greatest_loss(j);
            auto const harmless = (bound < worst_) | (magnitude_ <= F(T(0)));
            if (!any_lane(!harmless)) {
                open_ &= ~(1u << j);
            } else if (chosen < 0 || 2 * num_bits(lane_bits(bound > largest)) >= num_lanes<F>) {
                chosen = j;
                largest = bound;
            }
        }
        return chosen < 0 ? 0 : chosen;
    }
};

BRINK_END_ISA
