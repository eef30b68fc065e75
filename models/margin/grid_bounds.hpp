// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/bits.hpp"
#include "models/core/real.hpp"
#include "models/margin/rules.hpp"

BRINK_BEGIN_ISA

/// One risk unit revalued at one of a grid's spots.
template<class F>
struct GridNode {
    F rest;    ///< [numeraire] R at the spot's largest move of volatility
    F bought;  ///< [numeraire] B at its least
    F slope;   ///< [numeraire] dB/dm there
};

/// What a unit's profit is at least at spots not revalued: `note(j, node)` for those that are, then
/// `least_profit(j)`, apart from rounding.
///
/// In a scenario that moves spot to m times itself and volatilities by v, the profit is B + R, B
/// the value of the options bought. By Black-76 an option's value is convex in m and does not fall
/// with v. So in v B does not fall and R, linear less the options sold, does not rise; and in m
/// - R is concave: between two scenarios of at least this v it lies on their chord or above;
/// - B is convex: it lies on or above its tangent at any scenario of at most this v, and 0.
template<class F>
class GridBounds {
    using T = value_t<F>;
    Entries<GridSpot<T>> spots_;
    GridNode<F> node_[max_grid_scenarios];
    std::uint32_t known_;
    F linear_, premium_;  ///< [numeraire] R = linear (m - 1) - premium where nothing is sold
    bool sells_, buys_;   ///< options

  public:
    BRINK_FN explicit GridBounds(Entries<GridSpot<T>> spots)
        : spots_{spots}, known_{0}, linear_(T(0)), premium_(T(0)), sells_{false}, buys_{false}
    {}

    BRINK_FN void add_linear(F value) { linear_ = linear_ + value; }
    BRINK_FN void add_option(F size, F price)
    {
        sells_ = sells_ || any_lane(size < F(T(0)));
        buys_ = buys_ || any_lane(size > F(T(0)));
        premium_ = madd(size, price, premium_);
    }
    BRINK_FN bool sells() const { return sells_; }
    BRINK_FN bool buys() const { return buys_; }

    BRINK_FN void note(std::int32_t j, GridNode<F> const& node)
    {
        node_[j] = node;
        known_ |= 1u << j;
    }

    /// [numeraire] in all scenarios of spot j.
    BRINK_FN F least_profit(std::int32_t j) const { return least_rest(j) + least_bought(j); }

  private:
    /// [numeraire] R, by the chord.
    BRINK_FN F least_rest(std::int32_t j) const
    {
        T const spot = spots_[j].spot;
        if (!sells_)
            return madd(linear_, F(spot - T(1)), -premium_);
        std::uint32_t const left = known_ & spots_[j].sold_as_there & below(j);
        std::uint32_t const right = known_ & spots_[j].sold_as_there & ~below(j);
        if (left == 0 || right == 0)
            return F(T(-__builtin_huge_val()));
        std::int32_t const a = highest_bit(left), b = lowest_bit(right);
        T const share = (spot - spots_[a].spot) / (spots_[b].spot - spots_[a].spot);
        return madd(node_[b].rest - node_[a].rest, F(share), node_[a].rest);
    }

    /// [numeraire] B, by the nearest tangents.
    BRINK_FN F least_bought(std::int32_t j) const
    {
        F least = F(T(0));
        if (!buys_)
            return least;
        std::uint32_t const left = known_ & spots_[j].bought_as_there & below(j);
        std::uint32_t const right = known_ & spots_[j].bought_as_there & ~below(j);
        if (left != 0)
            least = vmax(least, tangent(highest_bit(left), spots_[j].spot));
        if (right != 0)
            least = vmax(least, tangent(lowest_bit(right), spots_[j].spot));
        return least;
    }
    BRINK_FN F tangent(std::int32_t k, T spot) const
    {
        return madd(node_[k].slope, F(spot - spots_[k].spot), node_[k].bought);
    }

    /// Bits 0 to j.
    static BRINK_FN std::uint32_t below(std::int32_t j) { return (2u << j) - 1u; }
};

BRINK_END_ISA
