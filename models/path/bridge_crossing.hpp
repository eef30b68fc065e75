// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/least_amount.hpp"
#include "models/path/path_event.hpp"
#include "models/rng/uniform.hpp"

BRINK_BEGIN_ISA

/// The number in (0, 1) that decides about breaches of an account between a step and the one
/// before.
BRINK_FN double bridge_draw(RandomKey key, std::uint32_t replicate, std::uint64_t path,
                            std::int32_t step, std::int32_t account)
{
    DrawPosition const at{static_cast<std::uint32_t>(step), Stream::bridge,
                          static_cast<std::uint32_t>(account) & 0xffffu};
    PhiloxWords<std::uint32_t> const counter{
        counter_word0(at), replicate, static_cast<std::uint32_t>(path),
        counter_word3(at, static_cast<std::uint32_t>(path >> 32))};
    return uniform01(philox_words(counter, key).w0);
}

/// Whether an account that is clear of a level at both ends of a step was in breach in between:
/// `BridgeCrossing{event, account, before, covariance, num_assets}()`. Where it was, `event.price`
/// is moved to the prices at which it entered the breach.
///
/// Given the prices at both ends, the lowest point of a Brownian motion of variance s^2 on the way
/// from distance x above a level to distance y above it is below the level with probability
/// exp(-2 x y / s^2) (Glasserman, Monte Carlo Methods in Financial Engineering, 2004, 6.4). Here it
/// is the motion along that direction v in which the log prices are expected to move when margin
/// equity less the level falls: v = C w / (w' C w), w its gradient, C the covariance of the step.
/// Distances are those along v to where the account is in breach by the exact rule. So for one
/// asset of normal log returns the probability is exact, whatever the rule, and for several it is
/// linearised over the step. One number is drawn per account and step, so that a path that crosses
/// the liquidation level crosses the call level too.
template<int N>
class BridgeCrossing {
    enum class Level : std::uint8_t { call, liquidation };

    PathEvent<N>& event_;
    std::int32_t idx_;
    AccountState state_;
    double const (&before_)[N];
    Entries<double> covariance_;
    std::int32_t num_assets_;
    double after_[N];
    double direction_[N];  ///< [log2 per numeraire] v
    double deviation_{0};  ///< [numeraire] s

  public:
    /// \param before [numeraire] prices at the start of the step; those of `event` are at its end
    /// \param covariance [log2^2] of the log prices over the step at t_0, [num_assets][num_assets]
    BRINK_FN BridgeCrossing(PathEvent<N>& event, std::int32_t account, double const (&before)[N],
                            Entries<double> covariance, std::int32_t num_assets)
        : event_{event},
          idx_{account},
          state_{event.state(account)},
          before_{before},
          covariance_{covariance},
          num_assets_{num_assets}
    {
        for (int i = 0; i < N; ++i) {
            after_[i] = event.price[i];
            direction_[i] = 0.0;
        }
    }

    BRINK_HD bool operator()()
    {
        if (state_[AccountField::closed] != 0.0)
            return false;
        bool const may_be_called =
            state_[AccountField::episode_open] == 0.0 && is_clear(Level::call);
        bool const may_be_liquidated = is_clear(Level::liquidation);
        if (!may_be_called && !may_be_liquidated)
            return false;
        set_direction(may_be_called ? Level::call : Level::liquidation);
        if (!(deviation_ > 0.0))
            return false;
        double const u = bridge_draw(event_.key, event_.replicate, event_.path, event_.step, idx_);
        if (may_be_liquidated && crosses(Level::liquidation, u))
            return true;
        return may_be_called && crosses(Level::call, u);
    }

  private:
    /// [numeraire] margin equity less the level.
    BRINK_HD double gap(double const (&price)[N], Level level) const
    {
        Assessment<double> const now = event_.assess(state_.account(), state_, price);
        Ladder<double> const& ladder = event_.ladder_of(idx_);
        return now.margin_equity
               - (level == Level::call ? call_level(ladder, now) : liquidation_level(ladder, now));
    }

    BRINK_HD bool is_clear(Level level) const
    {
        return gap(before_, level) > 0.0 && gap(after_, level) > 0.0;
    }

    BRINK_HD bool moves(std::int32_t i) const { return covariance_[i * num_assets_ + i] > 0.0; }

    /// v and s at the prices before the step, by differences.
    BRINK_HD void set_direction(Level level)
    {
        constexpr double step = 0x1p-20;
        double const here = gap(before_, level);
        double shifted[N], weight[N];
        for (int i = 0; i < N; ++i)
            shifted[i] = before_[i], weight[i] = 0.0;
        for (std::int32_t i = 0; i < num_assets_; ++i) {
            if (!moves(i))
                continue;
            shifted[i] = before_[i] * exp2_(-step);
            weight[i] = (here - gap(shifted, level)) / step * event_.volatility_multiplier(i);
            shifted[i] = before_[i];
        }
        double variance = 0.0;
        for (std::int32_t i = 0; i < num_assets_; ++i) {
            double moved = 0.0;
            for (std::int32_t j = 0; j < num_assets_; ++j)
                moved = madd(covariance_[i * num_assets_ + j], weight[j], moved);
            variance = madd(weight[i], moved, variance);
            direction_[i] = moved * event_.volatility_multiplier(i);
        }
        if (!(variance > 0.0))
            return;
        for (std::int32_t i = 0; i < num_assets_; ++i)
            direction_[i] = direction_[i] / variance;
        deviation_ = vsqrt(variance);
    }

    /// Gap after moving from `from` by the distance along v, less what rounding may hide.
    BRINK_HD double gap_at(double const (&from)[N], double distance, Level level) const
    {
        double moved[N];
        for (int i = 0; i < N; ++i)
            moved[i] = i < num_assets_ ? from[i] * exp2_(-distance * direction_[i]) : from[i];
        return gap(moved, level) + 1e-12 * deviation_;
    }

    /// [numeraire] along v from `from`, which is clear, to the level; +inf: further than any path.
    BRINK_HD double distance_to(double const (&from)[N], Level level) const
    {
        double const farthest = 64.0 * deviation_;
        auto const left = [&](double distance) { return gap_at(from, distance, level); };
        double most = vmin(vmax(left(0.0), 0x1p-20 * deviation_), farthest);
        while (left(most) > 0.0) {
            if (most == farthest)
                return __builtin_huge_val();
            most = vmin(2.0 * most, farthest);
        }
        return least_amount(left, most);
    }

    /// Whether the level is crossed; then the event is at the crossing.
    BRINK_HD bool crosses(Level level, double u)
    {
        double const x = distance_to(before_, level);
        double const y = distance_to(after_, level);
        double const exponent = -2.0 * (x / deviation_) * (y / deviation_);
        constexpr double ln2 = 0.69314718055994530942;
        if (!(exponent > -64.0) || !(u < exp2_(exponent / ln2)))
            return false;
        move_to_crossing(level, x / (x + y));
        return true;
    }

    /// On the way from before to after, then along v onto the level.
    BRINK_HD void move_to_crossing(Level level, double share)
    {
        double start[N];
        for (int i = 0; i < N; ++i)
            start[i] = i < num_assets_ && moves(i)
                           ? before_[i] * exp2_(share * log2_(after_[i] / before_[i]))
                           : madd(share, after_[i] - before_[i], before_[i]);
        double back = 0.0;
        for (double reach = deviation_; gap_at(start, -back, level) <= 0.0; reach *= 2.0)
            back = reach;
        for (std::int32_t i = 0; i < num_assets_; ++i)
            start[i] *= exp2_(back * direction_[i]);
        double const distance = distance_to(start, level);
        for (std::int32_t i = 0; i < num_assets_; ++i)
            event_.price[i] = start[i] * exp2_(-distance * direction_[i]);
        for (std::int32_t i = num_assets_; i < N; ++i)
            event_.price[i] = start[i];
    }
};

BRINK_END_ISA
