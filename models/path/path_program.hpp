// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/pack_fan.hpp"

BRINK_BEGIN_ISA

/// The whole path program for the paths of one pack: `PathProgram{program, market, workspace,
/// sink}(first_path, offset, valid_lanes)`. The order of its steps is the specification: market,
/// mark, accrue, then per owner arrivals, assessment, re-collateralization, liquidation; the
/// waterfall at the horizon.
///
/// The hot way reads accounts as they opened and keeps nothing per path but prices, carry and the
/// lowest health. A lane is looked at exactly, in double and by scalar code, where its margin
/// equity is not clear of the call level by `guard_band` times its exposure, when a post arrives,
/// when carry makes a balance negative, when its venue exchanges what it owes, and in an open
/// episode when it may be cured, fall short or be liquidatable. All that a lane does depends on
/// that lane only, so packs of any width, and a device thread, give the same bits.
///
/// \tparam F number type of the hot way; \tparam N assets, padded
template<class F, int N, class Random = PathRandom<F>>
class PathProgram : public PackFan<F, N> {
    using Base = PackFan<F, N>;
    using Base::accounts_;
    using Base::accrue;
    using Base::accrue_debts;
    using Base::assess_;
    using Base::awake;
    using Base::below;
    using Base::busy;
    using Base::covered;
    using Base::guard_band;
    using Base::is_touched;
    using Base::lanes;
    using Base::market_;
    using Base::mirror_carried_balances;
    using Base::opens_touched;
    using Base::owing;
    using Base::owners_;
    using Base::path_of;
    using Base::paths_;
    using Base::place_of;
    using Base::price_rows;
    using Base::program_;
    using Base::sink_;
    using Base::stuck;
    using Base::tables_;
    using Base::time;
    using Base::to_exchange;
    using Base::touched;
    using Base::waiting;
    using Base::wake;
    using Base::widen;
    using Base::workspace_;
    using typename Base::T;

  public:
    BRINK_FN PathProgram(Program<T> const& program, MarketView<T, N> const& market,
                         Workspace<T> const& workspace, OutcomeSink const& sink)
        : PathProgram{program, market, workspace, sink, program.tables}
    {}
    /// \param tables where the program's block lies, if not at `program.tables`
    BRINK_FN PathProgram(Program<T> const& program, MarketView<T, N> const& market,
                         Workspace<T> const& workspace, OutcomeSink const& sink, Tables tables)
        : Base{program, market, workspace, sink, tables}
    {}

    /// \param first_path id of lane 0, a multiple of the lanes
    /// \param offset of lane 0's path in the sink
    /// \param valid_lanes bit l set: lane l is asked for; others are computed and not written
    /// \param trace where one lane's steps go, or null
    BRINK_FN void operator()(std::uint64_t first_path, std::int64_t offset,
                             std::uint32_t valid_lanes, PathTrace* trace = nullptr)
    {
        PackPaths const paths{first_path, valid_lanes, nullptr};
        Random const random = random_of(paths);
        PathStepper<F, N> const step_path = stepper();
        MarketState<F, N> state = step_path.start(random);
        std::int32_t next_accrual = open(paths, trace);
        for (std::int32_t k = 0;; ++k) {
            Prices<F, N> prices(market_, state);  // not const, as RelativePrices says
            look_at_step(k, state.mixing, prices.value, next_accrual);
            if (k == program_.num_steps)
                return static_cast<void>(close(offset, state, prices.value));
            leave_step();
            step_path(state, random, static_cast<std::uint32_t>(k));
        }
    }

    // The pieces of a run, for `PathGroup`, which moves one market for several programs: `open`,
    // then at every step `look_at_step` and, but at the horizon, `leave_step`; at last `close`.

    BRINK_FN Random random_of(PackPaths const& paths) const
    {
        if constexpr (lanes > 1) {
            if (paths.places != nullptr) {
                std::uint32_t low[lanes];
                for (int l = 0; l < lanes; ++l)
                    low[l] = static_cast<std::uint32_t>(paths.first) + paths.places[l];
                return Random{program_.key, paths.first, low, program_.replicate};
            }
        }
        return Random{program_.key, paths.first, program_.replicate};
    }
    BRINK_FN PathStepper<F, N> stepper() const
    {
        return PathStepper<F, N>{market_, this->market_memory()};
    }
    BRINK_FN std::int32_t num_steps() const { return program_.num_steps; }

    /// \return the first step at which funding is paid
    BRINK_FN std::int32_t open(PackPaths const& paths, PathTrace* trace)
    {
        workspace_.trace = trace;
        paths_ = paths;
        open_accounts();
        return detached().accrual_after(0);
    }

    /// Steps 2 to 8 at t_k. \param price of the assets; the rows of contracts and oracles are
    /// written \param next_accrual step at which funding is paid next; moved on
    BRINK_FN void look_at_step(std::int32_t k, F mixing, F (&price)[N],
                               std::int32_t& next_accrual) const
    {
        if ((program_.rules.contracts.size | program_.oracles.size) != 0) [[unlikely]]
            price_rows(k, price);
        if (k == next_accrual) {
            accrue(k, price);
            next_accrual = detached().accrual_after(k);
        }
        if (program_.bridge.size != 0) [[unlikely]]
            this->look_between(k, mixing, price);
        look_at_book(k, mixing, price);
    }

    /// Before the market leaves t_k.
    BRINK_FN void leave_step() const
    {
        if (market_.num_carry != 0) [[unlikely]]
            detached().accrue_debts();
    }

    /// Step 10, at the horizon. \param offset in the sink of the path at place 0
    /// \return lanes whose prices stayed representable
    BRINK_FN std::uint32_t close(std::int64_t offset, MarketState<F, N> const& state,
                                 F const (&price)[N]) const
    {
        auto representable = vabs(state.log_price[0]) < F(T(max_log_price));  // NaN is not
        BRINK_UNROLL(32)
        for (int i = 1; i < N; ++i)
            representable = representable & (vabs(state.log_price[i]) < F(T(max_log_price)));
        std::uint32_t const in_range = lane_bits(representable);
        widen(program_.num_steps, state.mixing, price);
        for (int l = 0; l < lanes; ++l)
            if ((paths_.valid >> l & 1u) != 0)
                detached().close_lane(offset + place_of(l), l, in_range);
        return in_range;
    }

    /// Lanes on which an event has been looked at.
    BRINK_FN std::uint32_t busy_lanes() const { return busy() & paths_.valid; }

    /// Close the lanes without an event for another program that looks at prices as this one does
    /// (`same_look`): until an event, its paths are these. \param spare memory for the other's
    /// records, and for its masks, which are zero
    BRINK_HD BRINK_COLD void close_quiet(Program<T> const& other, OutcomeSink const& sink,
                                         Workspace<T> const& spare, std::int64_t offset,
                                         std::uint32_t in_range) const
    {
        Workspace<T> workspace = workspace_;
        workspace.record = spare.record;
        workspace.masks = spare.masks;
        PathProgram program{other, market_, workspace, sink};
        program.paths_ = paths_;
        std::uint32_t const quiet = paths_.valid & ~busy();
        for (int l = 0; l < lanes; ++l)
            if ((quiet >> l & 1u) != 0)
                program.close_lane(offset + place_of(l), l, in_range);
        this->copy_fan(sink_.fan, sink.fan, quiet, program_.fan_times);
        this->copy_fan(sink_.account_fans, sink.account_fans, quiet,
                       program_.num_account_scopes * program_.fan_times);
    }

  private:
    /// A copy for a function that is not inlined, which takes its address: this object's members
    /// can then stay in registers.
    BRINK_FN PathProgram detached() const { return *this; }

    BRINK_FN void open_accounts() const
    {
        bool const traced = workspace_.trace != nullptr;
        busy() = 0;
        for (std::int32_t c = 0; c < program_.carry_fields; ++c)
            for (int l = 0; l < lanes; ++l)
                workspace_.carry.at(c, l) = 0.0;
        F const none = F(T(__builtin_huge_val()));
        for (std::int32_t a = 0; a < accounts_.size(); ++a) {
            store(none, workspace_.mirror.field(accounts_[a].mirror + MirrorLayout::min_health()));
            covered(a) = 0;
            stuck(a) = 0;
            owing(a) = accounts_[a].watches_debts > 1 ? ~0u : 0u;
        }
        for (std::int32_t o = 0; o < owners_.size(); ++o) {
            touched(o) = 0;
            awake(o) = 0;
            waiting(o) = 0;
            if (!opens_touched)
                static_cast<void>(mirror_carried_balances(o));  // what is owed opens settled
            if (traced || opens_touched)
                detached().touch(o);
        }
    }

    /// Steps 4 to 8 for every owner, and the health fan.
    BRINK_FN void look_at_book(std::int32_t k, F mixing, F const (&price)[N]) const
    {
        F lowest = F(T(__builtin_huge_val()));
        bool widened = false;
        for (std::int32_t o = 0; o < owners_.size(); ++o) {
            std::uint32_t bits = awake(o) | this->due_lanes(o, k);
            Owner const& owner = owners_[o];
            for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts;
                 ++a)
                bits |= look_at_account(a, o, k, price, lowest);
            bits &= paths_.valid;
            if (bits != 0) [[unlikely]] {
                if (!widened)
                    widen(k, mixing, price);
                widened = true;
                detached().handle_events(o, k, bits);
            }
        }
        if (this->is_fan_time(sink_.fan, k))
            this->record_fan(sink_.fan, k / program_.fan_stride, lowest);
        if (workspace_.trace != nullptr) [[unlikely]] {
            widen(k, mixing, price);
            detached().record_trace(k);
        }
    }

    /// \param o the account's owner
    /// \return lanes on which the account must be looked at exactly
    BRINK_FN std::uint32_t look_at_account(std::int32_t a, std::int32_t o, std::int32_t k,
                                           F const (&price)[N], F& lowest) const
    {
        Account<T> const& account = accounts_[a];
        std::uint32_t sunk = 0;
        Assessment<F> const now =
            is_touched(o)
                ? look(account, MirrorSource<F>{tables_, account, workspace_, time(k)}, price, sunk)
                : look(account, OpeningSource<F>{tables_, account, workspace_, time(k)}, price,
                       sunk);
        F const health = health_of(now);
        T* const min_health = workspace_.mirror.field(account.mirror + MirrorLayout::min_health());
        store(vmin(load<F>(min_health), health), min_health);
        lowest = vmin(lowest, health);
        if (this->is_fan_time(sink_.account_fans, k)) [[unlikely]]
            this->record_account_fan(account.column_scope, k, health);
        std::uint32_t const called = below(now, call_level<F>(assess_.ladder(account), now), 1);
        std::uint32_t const asleep = covered(a) | stuck(a);
        std::uint32_t const indebted = owing(a);
        if ((asleep | indebted) == 0) [[likely]]
            return called | sunk;
        std::uint32_t others = 0;
        if constexpr (lanes > 1) {
            others = wake(a, k, now, price) | to_exchange(a, o, k, now, price);
        } else {
            F lent[N];  // so that the address of `price` is never taken
            BRINK_UNROLL(32)
            for (int i = 0; i < N; ++i)
                lent[i] = price[i];
            others = detached().wake(a, k, now, lent) | detached().to_exchange(a, o, k, now, lent);
        }
        return (called & ~asleep) | sunk | others;
    }

    /// \param sunk added to: lanes where a watched worth may not be above 0, or bands are traded
    template<class Source>
    BRINK_FN Assessment<F> look(Account<T> const& account, Source const& source,
                                F const (&price)[N], std::uint32_t& sunk) const
    {
        Assessment<F> const now = assess_(account, source, price);
        if (account.watches_value != 0) [[unlikely]] {
            F const worth = assess_.net_value(account, source, price);
            sunk = lane_bits(!(worth > F(T(guard_band)) * now.exposure))
                   & lane_bits(now.exposure > F(T(0)));
        }
        if (account.bands.count != 0) [[unlikely]]
            sunk |= this->in_reach_of_bands(account, source, price);
        return now;
    }
};

BRINK_END_ISA
