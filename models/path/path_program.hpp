// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/path_stepper.hpp"
#include "models/path/path_closer.hpp"
#include "models/path/sources.hpp"
#include "models/path/workspace.hpp"

BRINK_BEGIN_ISA

/// The whole path program for the paths of one pack: `PathProgram{program, market, workspace,
/// sink}(first_path, offset, valid_lanes)`. The order of its steps is the specification: market,
/// mark, accrue, then per owner arrivals, assessment, re-collateralization, liquidation; the
/// waterfall at the horizon.
///
/// The hot way reads accounts as they opened and keeps nothing per path but prices, carry and the
/// lowest health. A lane is looked at exactly, in double and by scalar code, where its margin equity
/// is not clear of the call level by `guard_band` times its exposure, when a post arrives, when carry makes
/// a balance negative, and in an open episode when it may be cured, fall short or be liquidatable. All that a lane does depends on that
/// lane only, so packs of any width, and a device thread, give the same bits.
/// \tparam F number type of the hot way; \tparam N assets, padded
template <class F, int N, class Random = PathRandom<F>>
class PathProgram {
    using T = value_t<F>;
    static constexpr int lanes = num_lanes<F>;
    /// A pack reads the opening tables until an event touches one of its lanes. Neighbours on the
    /// device, one path each, would seldom agree on that, so a single path reads its mirror throughout.
    static constexpr bool opens_touched = lanes == 1;
    static constexpr double guard_band = 1e-5;  ///< of gross notional + debt; float rounding < 1e-6

    Program<T> const& program_;
    MarketView<T, N> const& market_;
    Workspace<T> workspace_;
    OutcomeSink const& sink_;
    Tables tables_;
    Entries<Owner> owners_;
    Entries<Account<T>> accounts_;
    Entries<CarrySlot> carry_slots_;
    AccountAssessor<N, F> assess_;
    std::uint64_t first_path_{0};
    std::uint32_t valid_lanes_{0};

  public:
    BRINK_FN PathProgram(Program<T> const& program, MarketView<T, N> const& market,
                         Workspace<T> const& workspace, OutcomeSink const& sink)
        : PathProgram{program, market, workspace, sink, program.tables}
    {
    }
    /// \param tables where the program's block lies, if not at `program.tables`
    BRINK_FN PathProgram(Program<T> const& program, MarketView<T, N> const& market,
                         Workspace<T> const& workspace, OutcomeSink const& sink, Tables tables)
        : program_{program}
        , market_{market}
        , workspace_{workspace}
        , sink_{sink}
        , tables_{tables}
        , owners_{tables_[program.owners]}
        , accounts_{tables_[program.accounts]}
        , carry_slots_{tables_[program.carry_slots]}
        , assess_{program, program.rules, tables}
    {
    }

    /// \param first_path id of lane 0, a multiple of the lanes
    /// \param offset of lane 0's path in the sink
    /// \param valid_lanes bit l set: lane l is asked for; others are computed and not written
    /// \param trace where one lane's steps go, or null
    BRINK_FN void operator()(std::uint64_t first_path, std::int64_t offset,
                             std::uint32_t valid_lanes, PathTrace* trace = nullptr)
    {
        workspace_.trace = trace;
        first_path_ = first_path;
        valid_lanes_ = valid_lanes;
        Random const random{program_.key, first_path, program_.replicate};
        PathStepper<F, N> const step_path{market_};
        MarketState<F, N> state = step_path.start();
        F price[N];
        open();
        std::int32_t next_accrual = detached().accrual_after(0);
        for (std::int32_t k = 0;; ++k) {
            BRINK_UNROLL(32)
            for (int i = 0; i < N; ++i)
                price[i] = step_path.price(state, i);
            if (k == next_accrual) {
                accrue(k, price);
                next_accrual = detached().accrual_after(k);
            }
            look_at_book(k, state.mixing, price);
            if (k == program_.num_steps)
                break;
            step_path(state, random, static_cast<std::uint32_t>(k));
        }
        auto representable = vabs(state.log_price[0]) < F(T(max_log_price));  // NaN is not
        BRINK_UNROLL(32)
        for (int i = 1; i < N; ++i)
            representable = representable & (vabs(state.log_price[i]) < F(T(max_log_price)));
        close(offset, state.mixing, price, lane_bits(representable));
    }

  private:
    /// A copy for a function that is not inlined, which takes its address: this object's members can
    /// then stay in registers.
    BRINK_FN PathProgram detached() const { return *this; }

    BRINK_FN std::uint32_t& touched(std::int32_t o) const
    {
        return *workspace_.masks.field(MaskLayout::touched(o));
    }
    BRINK_FN bool is_touched(std::int32_t o) const { return opens_touched || touched(o) != 0; }
    BRINK_FN std::uint32_t& awake(std::int32_t o) const
    {
        return *workspace_.masks.field(MaskLayout::awake(o));
    }
    BRINK_FN std::uint32_t& waiting(std::int32_t o) const
    {
        return *workspace_.masks.field(MaskLayout::waiting(o));
    }
    BRINK_FN std::uint32_t& covered(std::int32_t a) const
    {
        return *workspace_.masks.field(MaskLayout{program_}.covered(a));
    }
    BRINK_FN std::uint32_t& stuck(std::int32_t a) const
    {
        return *workspace_.masks.field(MaskLayout{program_}.stuck(a));
    }
    BRINK_FN double time(std::int32_t k) const { return k * program_.step_seconds; }

    BRINK_FN void open() const
    {
        bool const traced = workspace_.trace != nullptr;
        for (std::int32_t c = 0; c < 2 * carry_slots_.size(); ++c)
            for (int l = 0; l < lanes; ++l)
                workspace_.carry.at(c, l) = 0.0;
        F const none = F(T(__builtin_huge_val()));
        for (std::int32_t a = 0; a < accounts_.size(); ++a) {
            store(none, workspace_.mirror.field(accounts_[a].mirror + MirrorLayout::min_health()));
            covered(a) = 0;
            stuck(a) = 0;
        }
        for (std::int32_t o = 0; o < owners_.size(); ++o) {
            touched(o) = 0;
            awake(o) = 0;
            waiting(o) = 0;
            if (!opens_touched)
                mirror_carried_balances(owners_[o], false);
            if (traced || opens_touched)
                detached().touch(o);
        }
    }

    /// The first step after k at which funding is paid; beyond the last where there is none.
    BRINK_SELDOM std::int32_t accrual_after(std::int32_t k) const
    {
        std::int32_t first = program_.num_steps + 1;
        for (CarrySlot const& slot : carry_slots_) {
            double const paid = payments(slot, k);
            double const due = (paid + 1.0) * static_cast<double>(slot.interval_seconds)
                - static_cast<double>(program_.as_of);
            auto step = static_cast<std::int32_t>(vmin(due / program_.step_seconds, 1.0 * first));
            while (step > k + 1 && payments(slot, step - 1) > paid)
                --step;
            step = step > k ? step : k + 1;
            while (step < first && payments(slot, step) == paid)
                ++step;
            first = step < first ? step : first;
        }
        return first;
    }

    /// Step 3: funding, at a step where some is paid.
    BRINK_FN void accrue(std::int32_t k, F const (&price)[N]) const
    {
        for (std::int32_t c = 0; c < carry_slots_.size(); ++c) {
            CarrySlot const& slot = carry_slots_[c];
            double const times = payments(slot, k) - payments(slot, k - 1);
            if (times != 0.0)
                pay(slot, c, times, price);
        }
        for (std::int32_t o = 0; o < owners_.size(); ++o)
            mirror_carried_balances(owners_[o], true);
    }

    /// Number of funding times up to step k.
    BRINK_FN double payments(CarrySlot const& slot, std::int32_t k) const
    {
        double const now = static_cast<double>(program_.as_of) + time(k);
        return static_cast<double>(
            static_cast<std::int64_t>(now / static_cast<double>(slot.interval_seconds)));
    }

    BRINK_FN void pay(CarrySlot const& slot, std::int32_t c, double times,
                      F const (&price)[N]) const
    {
        alignas(64) double mark[lanes];
        alignas(64) double settlement[lanes];
        store_as_double(pick<N>(price, slot.mark_asset), mark);
        store_as_double(pick<N>(price, slot.settlement_asset), settlement);
        for (int l = 0; l < lanes; ++l) {
            workspace_.carry.at(2 * c, l) += times * (mark[l] / settlement[l]);
            workspace_.carry.at(2 * c + 1, l) += times * mark[l];
        }
    }

    /// Refresh the mirrored balances that carry moves; a lane whose balance fell below zero, or that
    /// has both a balance and a debt, becomes awake so that its event settles it.
    BRINK_FN void mirror_carried_balances(Owner const& owner, bool activate) const
    {
        auto const o = static_cast<std::int32_t>(&owner - owners_.begin());
        for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts; ++a) {
            Account<T> const& account = accounts_[a];
            if (account.carry_terms.size == 0)
                continue;
            std::uint32_t const unsettled =
                is_touched(o) ? mirror_recorded(a) : mirror_opening(a);
            if (activate)
                awake(o) |= unsettled;
        }
    }

    BRINK_FN std::uint32_t mirror_recorded(std::int32_t a) const
    {
        Account<double> const& account = tables_[program_.exact_accounts][a];
        std::uint32_t unsettled = 0;
        for (std::int32_t h = 0; h < account.holdings.size; ++h) {
            if (tables_[account.holdings][h].carry_count == 0)
                continue;
            for (int l = 0; l < lanes; ++l) {
                AccountState const state{tables_, account, workspace_.record.lane(l), 0.0};
                double const balance = state.carried_balance(h, workspace_.carry.lane(l));
                workspace_.mirror.at(account.mirror + MirrorLayout::balance(h), l) =
                    static_cast<T>(balance);
                if (balance < 0.0 || (balance != 0.0 && state.owes(h)))
                    unsettled |= 1u << l;
            }
        }
        return unsettled;
    }

    BRINK_FN std::uint32_t mirror_opening(std::int32_t a) const
    {
        Account<double> const& account = tables_[program_.exact_accounts][a];
        Entries<CarryTerm> const terms = tables_[account.carry_terms];
        std::uint32_t unsettled = 0;
        for (std::int32_t h = 0; h < account.holdings.size; ++h) {
            Holding<double> const& holding = tables_[account.holdings][h];
            if (holding.carry_count == 0)
                continue;
            alignas(64) double balance[lanes];
            for (int l = 0; l < lanes; ++l)
                balance[l] = holding.balance;
            for (std::int32_t i = 0; i < holding.carry_count; ++i) {
                CarryTerm const& term = terms[holding.carry_first + i];
                double const* const units = workspace_.carry.field(2 * term.slot);
                for (int l = 0; l < lanes; ++l)
                    balance[l] = madd(-term.coefficient, units[l], balance[l]);
            }
            F const rounded = load_narrow<F>(balance);
            store(rounded, workspace_.mirror.field(account.mirror + MirrorLayout::balance(h)));
            for (int l = 0; l < lanes; ++l)
                unsettled |= balance[l] < 0.0 || (balance[l] != 0.0 && holding.debt > 0.0)
                    ? 1u << l
                    : 0u;
        }
        return unsettled;
    }

    /// Steps 4 to 8 for every owner, and the health fan.
    BRINK_FN void look_at_book(std::int32_t k, F mixing, F const (&price)[N]) const
    {
        F lowest = F(T(__builtin_huge_val()));
        bool widened = false;
        for (std::int32_t o = 0; o < owners_.size(); ++o) {
            std::uint32_t bits = awake(o) | due_lanes(o, k);
            Owner const& owner = owners_[o];
            for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts;
                 ++a)
                bits |= look_at_account(a, is_touched(o), k, price, lowest);
            bits &= valid_lanes_;
            if (bits != 0) [[unlikely]] {
                if (!widened)
                    widen(mixing, price);
                widened = true;
                detached().handle_events(o, k, bits);
            }
        }
        if (sink_.fan != nullptr && k % program_.fan_stride == 0)
            record_fan(k / program_.fan_stride, lowest);
        if (workspace_.trace != nullptr) [[unlikely]] {
            widen(mixing, price);
            detached().record_trace(k);
        }
    }

    /// Lanes of the owner on which a post under way has arrived.
    BRINK_FN std::uint32_t due_lanes(std::int32_t o, std::int32_t k) const
    {
        std::uint32_t due = 0;
        for (std::uint32_t left = waiting(o); left != 0; left &= left - 1) {
            std::uint32_t const bit = left & (~left + 1u);
            for (int l = 0; l < lanes; ++l)
                if (bit == 1u << l && next_due(o, l) <= time(k))
                    due |= bit;
        }
        return due;
    }

    BRINK_FN double next_due(std::int32_t o, int l) const
    {
        OwnerLayout const layout{program_.num_assets};
        LaneFields<double> const record = workspace_.record.from(owners_[o].record).lane(l);
        double due = __builtin_huge_val();
        auto const count = static_cast<std::int32_t>(*record.field(OwnerLayout::num_transfers()));
        for (std::int32_t i = 0; i < count; ++i)
            due = vmin(*record.field(layout.transfer(i, TransferField::due)), due);
        return due;
    }

    /// \return lanes on which the account must be looked at exactly
    BRINK_FN std::uint32_t look_at_account(std::int32_t a, bool is_touched, std::int32_t k,
                                           F const (&price)[N], F& lowest) const
    {
        Account<T> const& account = accounts_[a];
        Assessment<F> const now = is_touched
            ? assess_(account, MirrorSource<F>{tables_, account, workspace_.mirror, time(k)}, price)
            : assess_(account, OpeningSource<F>{tables_, account, workspace_.mirror, time(k)}, price);
        F const health = health_of(now);
        T* const min_health = workspace_.mirror.field(account.mirror + MirrorLayout::min_health());
        store(vmin(load<F>(min_health), health), min_health);
        lowest = vmin(lowest, health);
        std::uint32_t const called = below(now, call_level<F>(assess_.ladder(account), now), 1);
        std::uint32_t const asleep = covered(a) | stuck(a);
        if (asleep == 0) [[likely]]
            return called;
        if constexpr (lanes > 1) {
            return (called & ~asleep) | wake(a, k, now, price);
        } else {
            F lent[N];  // so that the address of `price` is never taken
            BRINK_UNROLL(32)
            for (int i = 0; i < N; ++i)
                lent[i] = price[i];
            return (called & ~asleep) | detached().wake(a, k, now, lent);
        }
    }

    /// Lanes whose margin equity is not clear of `level`; NaN never is.
    /// \param side +1: clear above, -1: not clearly below
    BRINK_FN std::uint32_t below(Assessment<F> const& a, F level, int side) const
    {
        F const band = F(T(side * guard_band)) * a.exposure;
        return lane_bits(!(a.margin_equity - level >= band));
    }

    /// Sleeping lanes that may be cured or liquidatable, or whose posts under way may fall short.
    BRINK_SELDOM std::uint32_t wake(std::int32_t a, std::int32_t k, Assessment<F> now,
                                    F const (&price)[N]) const
    {
        Account<T> const& account = accounts_[a];
        Ladder<T> const& ladder = assess_.ladder(account);
        std::uint32_t const cured = ~below(now, call_level<F>(ladder, now), -1);
        std::uint32_t const liquidatable = below(now, liquidation_level<F>(ladder, now), 1);
        std::uint32_t woken = (cured | liquidatable) & (covered(a) | stuck(a));
        if ((covered(a) & ~woken) != 0) {
            Assessment<F> const later =
                assess_(account, InboundSource<F>{tables_, account, workspace_.mirror, time(k)}, price);
            woken |= covered(a) & below(later, call_level<F>(ladder, later), 1);
        }
        return woken;
    }

    BRINK_FN void record_fan(std::int32_t t, F lowest) const
    {
        alignas(64) double values[lanes];
        store_as_double(lowest, values);
        for (int l = 0; l < lanes; ++l) {
            auto const path = static_cast<std::int64_t>(first_path_) + l;
            if ((valid_lanes_ >> l & 1u) != 0 && path < sink_.fan_paths)
                sink_.fan[t * sink_.fan_paths + path] = static_cast<float>(values[l]);
        }
    }

    BRINK_FN void widen(F mixing, F const (&price)[N]) const
    {
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            store_as_double(price[i], workspace_.price.field(i));
        store_as_double(mixing, workspace_.multiplier.field(0));
    }

    BRINK_FN PathEvent<N> event_of(int lane, std::int32_t k) const
    {
        PathEvent<N> event{tables_,
                           tables_[program_.assets],
                           tables_[program_.instruments],
                           tables_[program_.venues],
                           tables_[program_.exact_accounts],
                           AccountAssessor<N, double>{program_, program_.exact_rules, tables_},
                           program_.key,
                           program_.replicate,
                           first_path_ + static_cast<std::uint64_t>(lane),
                           k,
                           time(k),
                           program_.as_of,
                           workspace_.multiplier.at(0, lane),
                           market_.mixed_mask,
                           {},
                           {},
                           workspace_.record.lane(lane),
                           workspace_.carry.lane(lane),
                           nullptr};
        for (int i = 0; i < N; ++i)
            event.price[i] = workspace_.price.at(i, lane);
        if (workspace_.trace != nullptr && workspace_.trace->lane == lane)
            event.log = &workspace_.trace->log;
        return event;
    }

    BRINK_HD BRINK_COLD void handle_events(std::int32_t o, std::int32_t k, std::uint32_t bits) const
    {
        if (!is_touched(o))
            touch(o);
        for (int l = 0; l < lanes; ++l) {
            if ((bits >> l & 1u) == 0)
                continue;
            PathEvent<N> event = event_of(l, k);
            OwnerStep<N>{event, owners_[o], program_.num_assets}();
            mirror_lane(o, l);
            watch_lane(o, l);
        }
    }

    /// Open the owner's record on every lane, so that the hot way can read it for the whole pack.
    BRINK_HD BRINK_COLD void touch(std::int32_t o) const
    {
        touched(o) = 1;
        for (int l = 0; l < lanes; ++l) {
            PathEvent<N> event = event_of(l, 0);
            OwnerStep<N>{event, owners_[o], program_.num_assets}.open();
            mirror_lane(o, l);
        }
    }

    /// Note when the lane must be looked at next, as its records say.
    BRINK_HD void watch_lane(std::int32_t o, int l) const
    {
        Owner const& owner = owners_[o];
        LaneFields<double> const record = workspace_.record.lane(l);
        set_bit(waiting(o), l, *record.field(owner.record + OwnerLayout::num_transfers()) > 0.0);
        bool is_awake = false;
        for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts; ++a) {
            auto const field = accounts_[a].record + static_cast<std::int32_t>(AccountField::watch);
            auto const watch = static_cast<Watch>(static_cast<std::int32_t>(*record.field(field)));
            set_bit(covered(a), l, watch == Watch::covered);
            set_bit(stuck(a), l, watch == Watch::stuck);
            is_awake = is_awake || watch == Watch::awake;
        }
        set_bit(awake(o), l, is_awake);
    }
    static BRINK_FN void set_bit(std::uint32_t& mask, int l, bool on)
    {
        mask = (mask & ~(1u << l)) | (on ? 1u << l : 0u);
    }

    BRINK_HD void mirror_lane(std::int32_t o, int l) const
    {
        Owner const& owner = owners_[o];
        for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts; ++a) {
            Account<double> const& account = tables_[program_.exact_accounts][a];
            AccountState const state{tables_, account, workspace_.record.lane(l), 0.0};
            LaneFields<T> const mirror = workspace_.mirror.from(account.mirror).lane(l);
            MirrorLayout const layout{account};
            for (std::int32_t h = 0; h < layout.num_holdings; ++h) {
                *mirror.field(MirrorLayout::balance(h)) =
                    static_cast<T>(state.carried_balance(h, workspace_.carry.lane(l)));
                *mirror.field(layout.debt(h)) = static_cast<T>(state.raw(state.layout().debt(h)));
                *mirror.field(layout.inbound(h)) = T(0);
            }
            for (std::int32_t p = 0; p < layout.num_positions; ++p)
                *mirror.field(layout.fraction(p)) = static_cast<T>(state.fraction(p));
        }
        mirror_transfers(owner, l);
    }

    BRINK_HD void mirror_transfers(Owner const& owner, int l) const
    {
        OwnerLayout const layout{program_.num_assets};
        LaneFields<double> const record = workspace_.record.from(owner.record).lane(l);
        auto const count = static_cast<std::int32_t>(*record.field(OwnerLayout::num_transfers()));
        for (std::int32_t i = 0; i < count; ++i) {
            auto const a = static_cast<std::int32_t>(
                *record.field(layout.transfer(i, TransferField::account)));
            auto const h = static_cast<std::int32_t>(
                *record.field(layout.transfer(i, TransferField::holding)));
            MirrorLayout const fields{accounts_[a]};
            workspace_.mirror.at(accounts_[a].mirror + fields.inbound(h), l) +=
                static_cast<T>(*record.field(layout.transfer(i, TransferField::amount)));
        }
    }

    /// Step 10, at the horizon.
    BRINK_FN void close(std::int64_t offset, F mixing, F const (&price)[N],
                        std::uint32_t representable) const
    {
        widen(mixing, price);
        for (int l = 0; l < lanes; ++l)
            if ((valid_lanes_ >> l & 1u) != 0)
                detached().close_lane(offset + l, l, (representable >> l & 1u) != 0);
    }

    BRINK_HD BRINK_COLD void close_lane(std::int64_t path, int l, bool valid) const
    {
        PathEvent<N> event = event_of(l, program_.num_steps);
        event.log = nullptr;
        PathCloser<N, T> closer{program_, event, workspace_.mirror.lane(l), sink_, path};
        for (std::int32_t o = 0; o < owners_.size(); ++o) {
            if (!is_touched(o))
                OwnerStep<N>{event, owners_[o], program_.num_assets}.open();
            closer.add(owners_[o]);
        }
        closer.finish(valid);
    }

    BRINK_HD BRINK_COLD void record_trace(std::int32_t k) const
    {
        PathTrace& trace = *workspace_.trace;
        PathEvent<N> event = event_of(trace.lane, k);
        for (std::int32_t i = 0; i < program_.num_assets; ++i)
            trace.prices[static_cast<std::int64_t>(k) * program_.num_assets + i] = event.price[i];
        for (std::int32_t o = 0; o < owners_.size(); ++o)
            trace.outside[static_cast<std::int64_t>(k) * owners_.size() + o] =
                OwnerStep<N>{event, owners_[o], program_.num_assets}.value_outside_accounts();
        for (std::int32_t a = 0; a < accounts_.size(); ++a)
            trace.accounts[static_cast<std::int64_t>(k) * accounts_.size() + a] =
                trace_row(event, a);
    }

    BRINK_HD TraceRow trace_row(PathEvent<N> const& event, std::int32_t a) const
    {
        AccountState const s = event.state(a);
        CarriedSource const carried{s, event.carry};
        Assessment<double> const now = event.assess(s.account(), carried, event.price, true);
        return {now.margin_equity,
                now.initial_margin,
                now.maintenance_margin,
                event.net_asset_value(s, carried),
                health_of(now),
                s[AccountField::topup_total],
                s[AccountField::response_fee] + s[AccountField::response_slippage]
                    + s[AccountField::liquidation_slippage] + s[AccountField::liquidation_fee]
                    + s[AccountField::forfeited],
                s[AccountField::closed]};
    }
};

BRINK_END_ISA
