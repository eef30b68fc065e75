// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/liquidation/auto_exchanger.hpp"
#include "models/liquidation/band_trader.hpp"
#include "models/recollateralization/responder.hpp"

BRINK_BEGIN_ISA

/// Steps 4 to 8 of the path program for one owner on one path: arrivals and auto-exchange, exact
/// assessment, re-collateralization, liquidation. `OwnerStep{event, owner, num_assets}()` leaves in
/// each account's record when it must be looked at next (Watch). The carry of its accounts is
/// settled first.
template<int N>
class OwnerStep {
    PathEvent<N>& event_;
    Owner const& owner_;
    std::int32_t num_assets_;
    OwnerLayout layout_;
    LaneFields<double> record_;

  public:
    BRINK_FN OwnerStep(PathEvent<N>& event, Owner const& owner, std::int32_t num_assets)
        : event_{event},
          owner_{owner},
          num_assets_{num_assets},
          layout_{num_assets},
          record_{event.record.from(owner.record)}
    {}

    BRINK_HD void operator()()
    {
        for (std::int32_t a = first(); a < last(); ++a)
            settle(a);
        credit_arrivals();
        for (std::int32_t a = first(); a < last(); ++a)
            AutoExchanger<N>{event_, a}();
        for (std::int32_t a = first(); a < last(); ++a)
            classify(a);
        recollateralize();
        credit_arrivals();  // what was authorised in advance
        for (std::int32_t a = first(); a < last(); ++a) {
            liquidate_if_breached(a);
            if (event_.state(a).has_bands())
                BandTrader<N>{event_, a}.stay_awake();
        }
    }

    /// Write the opening state of the owner and its accounts.
    BRINK_HD void open() const
    {
        *record_.field(OwnerLayout::num_transfers()) = 0.0;
        Entries<double> const reserve = event_.tables[owner_.reserve];
        for (std::int32_t i = 0; i < num_assets_; ++i)
            *record_.field(OwnerLayout::reserve(i)) = reserve[i];
        for (std::int32_t a = first(); a < last(); ++a)
            event_.state(a).open();
    }

    /// [numeraire] reserve and posts under way.
    BRINK_HD double value_outside_accounts() const
    {
        double value = 0.0;
        for (std::int32_t i = 0; i < num_assets_; ++i)
            value += *record_.field(OwnerLayout::reserve(i)) * event_.price[i];
        for (std::int32_t i = 0; i < num_transfers(); ++i)
            value += transfer(i, TransferField::amount) * transfer_price(i);
        return value;
    }

    /// [coin] of one asset in the reserve and in posts under way.
    BRINK_HD double coins_outside_accounts(std::int32_t asset) const
    {
        double coins = *record_.field(OwnerLayout::reserve(asset));
        for (std::int32_t i = 0; i < num_transfers(); ++i)
            if (transfer_asset(i) == asset)
                coins += transfer(i, TransferField::amount);
        return coins;
    }

  private:
    BRINK_HD std::int32_t first() const { return owner_.first_account; }
    BRINK_HD std::int32_t last() const { return owner_.first_account + owner_.num_accounts; }
    BRINK_HD std::int32_t num_transfers() const
    {
        return static_cast<std::int32_t>(*record_.field(OwnerLayout::num_transfers()));
    }
    BRINK_HD double& transfer(std::int32_t i, TransferField f) const
    {
        return *record_.field(layout_.transfer(i, f));
    }
    BRINK_HD std::int32_t transfer_asset(std::int32_t i) const
    {
        auto const account = static_cast<std::int32_t>(transfer(i, TransferField::account));
        auto const h = static_cast<std::int32_t>(transfer(i, TransferField::holding));
        return event_.state(account).holdings()[h].asset;
    }
    BRINK_HD double transfer_price(std::int32_t i) const { return event_.price[transfer_asset(i)]; }

    /// What is due by contract: funding, positions that have expired, at their last price, and what
    /// traders make of collateral in bands.
    BRINK_HD void settle(std::int32_t a)
    {
        AccountState const state = event_.state(a);
        state.settle_carry(event_.price);
        for (std::int32_t p = 0; p < state.layout().num_positions; ++p) {
            Position<double> const& position = state.positions()[p];
            if (event_.instruments[position.instrument].expiry > event_.time
                || !(state.fraction(p) > 0.0))
                continue;
            PositionValue<double> const value = event_.value(state, p);
            double const price = event_.price_of(state, position.settlement);
            event_.note({.kind = EventKind::position_settled,
                         .account = a,
                         .item = position.instrument,
                         .amount = state.contracts(p),
                         .value = value.pnl,
                         .price = event_.fill_price(position, 0.0)});
            state.set_fraction(p, 0.0);
            state.credit(position.settlement, value.pnl / price, price);
        }
        if (state.has_bands())
            BandTrader<N>{event_, a}();
    }

    BRINK_HD void credit_arrivals()
    {
        std::int32_t kept = 0;
        std::int32_t const count = num_transfers();
        for (std::int32_t i = 0; i < count; ++i) {
            if (transfer(i, TransferField::due) <= event_.time)
                credit(i);
            else
                move(i, kept++);
        }
        *record_.field(OwnerLayout::num_transfers()) = kept;
    }

    BRINK_HD void move(std::int32_t from, std::int32_t to) const
    {
        for (int f = 0; f < static_cast<int>(TransferField::count_) && from != to; ++f)
            transfer(to, static_cast<TransferField>(f)) =
                transfer(from, static_cast<TransferField>(f));
    }

    BRINK_HD void credit(std::int32_t i)
    {
        auto const account = static_cast<std::int32_t>(transfer(i, TransferField::account));
        auto const h = static_cast<std::int32_t>(transfer(i, TransferField::holding));
        double const amount = transfer(i, TransferField::amount);
        double const price = transfer_price(i);
        AccountState const state = event_.state(account);
        state.credit(h, amount, price);
        state[AccountField::topup_total] += amount * price;
        state[AccountField::topup_peak] = vmax(state[AccountField::topup_peak], amount * price);
        state[AccountField::topup_count] += 1.0;
        event_.note({.kind = EventKind::post_credited,
                     .account = account,
                     .item = state.holdings()[h].asset,
                     .amount = amount,
                     .value = amount * price});
    }

    /// Step 5: health at this step's marks; opens and closes the call episode.
    BRINK_HD void classify(std::int32_t a)
    {
        AccountState const state = event_.state(a);
        Assessment<double> const now = event_.assess(state.account(), state, event_.price);
        Ladder<double> const& ladder = event_.ladder_of(a);
        double const health = health_of(now);
        state[AccountField::last_health] = health;
        watch(state, Watch::healthy);
        state[AccountField::min_health] = vmin(health, state[AccountField::min_health]);
        note_bankruptcy(a, state);
        if (state[AccountField::closed] != 0.0)
            return;
        bool const called = breaches(ladder, now, call_level(ladder, now))
                            || breaches(ladder, now, liquidation_level(ladder, now));
        bool const open = state[AccountField::episode_open] != 0.0;
        if (called && !open)
            open_episode(a, state, health);
        else if (!called && open) {
            state[AccountField::episode_open] = 0.0;
            event_.note({.kind = EventKind::cured, .account = a, .value = health});
        }
    }

    BRINK_HD void note_bankruptcy(std::int32_t a, AccountState const& state)
    {
        if (state[AccountField::bankrupt] != 0.0 || event_.net_asset_value(state) > 0.0)
            return;
        if (!state.has_open_position() && !state.has_debt())
            return;
        state[AccountField::bankrupt] = 1.0;
        event_.note(
            {.kind = EventKind::bankrupt, .account = a, .value = event_.net_asset_value(state)});
    }

    BRINK_HD void open_episode(std::int32_t a, AccountState const& state, double health)
    {
        state[AccountField::episode_open] = 1.0;
        state[AccountField::episode_step] = event_.step;
        state[AccountField::episode_short] = 0.0;
        state[AccountField::episode_drawn] = 0.0;
        state[AccountField::episode_silent] = 0.0;
        state[AccountField::sliced] = 0.0;
        state[AccountField::breached_at] = __builtin_huge_val();
        state[AccountField::episode_first_due] = __builtin_huge_val();
        if (event_.step == 0)
            state[AccountField::breached_at_start] = 1.0;
        if (state[AccountField::called] == 0.0) {
            state[AccountField::called] = 1.0;
            state[AccountField::first_call_time] = event_.time;
        }
        event_.note({.kind = EventKind::called, .account = a, .value = health});
    }

    /// Step 6: called accounts by lowest health, ties by account id.
    BRINK_HD void recollateralize()
    {
        double served = -__builtin_huge_val();
        std::int32_t served_idx = -1;
        for (;;) {
            std::int32_t next = -1;
            for (std::int32_t a = first(); a < last(); ++a)
                if (waits_after(a, served, served_idx)
                    && (next < 0 || health_at_call(a) < health_at_call(next)))
                    next = a;
            if (next < 0)
                return;
            served = health_at_call(next);
            served_idx = next;
            watch(event_.state(next), Responder<N>{event_, owner_, num_assets_, next}());
        }
    }
    BRINK_HD double health_at_call(std::int32_t a) const
    {
        return event_.state(a)[AccountField::last_health];
    }
    BRINK_HD bool waits_after(std::int32_t a, double served, std::int32_t served_idx) const
    {
        if (event_.state(a)[AccountField::episode_open] == 0.0)
            return false;
        double const health = health_at_call(a);
        return health > served || (health == served && a > served_idx);
    }

    /// Step 7, after what step 6 has cured.
    BRINK_HD void liquidate_if_breached(std::int32_t a)
    {
        AccountState const state = event_.state(a);
        if (state[AccountField::episode_open] == 0.0)
            return;
        if (!is_liquidatable(a, state)) {
            state[AccountField::breached_at] = __builtin_huge_val();
            return;
        }
        state[AccountField::breached_at] = vmin(event_.time, state[AccountField::breached_at]);
        bool const exchanged = AutoExchanger<N>{event_, a}.at_liquidation();
        if (!exchanged || is_liquidatable(a, state))
            liquidate(a);
        if (counts_time_in_breach(event_.venue_of(a)) && !is_liquidatable(a, state))
            state[AccountField::breached_at] = __builtin_huge_val();
        bool const closed = state[AccountField::closed] != 0.0;
        if (closed)
            state[AccountField::episode_open] = 0.0;
        watch(state, closed ? Watch::healthy : Watch::awake);
    }

    BRINK_HD bool is_liquidatable(std::int32_t a, AccountState const& state) const
    {
        Ladder<double> const& ladder = event_.ladder_of(a);
        Assessment<double> const now = event_.assess(state.account(), state, event_.price);
        return breaches(ladder, now, liquidation_level(ladder, now));
    }
    static BRINK_HD bool counts_time_in_breach(Venue const& venue)
    {
        return venue.seizure.latency > 0.0 || venue.fee_ramp.growth > 0.0;
    }
    /// What the losses of a reduction leave below zero is exchanged at once, too.
    BRINK_HD void liquidate(std::int32_t a)
    {
        Liquidator<N>{event_, a}();
        AutoExchanger<N>{event_, a}.at_liquidation();
    }

    static BRINK_HD void watch(AccountState const& state, Watch watch)
    {
        state[AccountField::watch] = static_cast<double>(watch);
    }
};

BRINK_END_ISA
