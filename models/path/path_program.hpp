// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/pack_watch.hpp"

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
class PathProgram : public PackWatch<F, N> {
    using Base = PackWatch<F, N>;
    using Base::accounts_;
    using Base::accrue;
    using Base::accrue_debts;
    using Base::assess_;
    using Base::awake;
    using Base::below;
    using Base::covered;
    using Base::first_path_;
    using Base::guard_band;
    using Base::is_touched;
    using Base::lanes;
    using Base::market_;
    using Base::mirror_carried_balances;
    using Base::opens_touched;
    using Base::owing;
    using Base::owners_;
    using Base::price_rows;
    using Base::program_;
    using Base::sink_;
    using Base::stuck;
    using Base::tables_;
    using Base::time;
    using Base::to_exchange;
    using Base::touched;
    using Base::valid_lanes_;
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
        Random const random = random_of(first_path);
        PathStepper<F, N> const step_path = stepper();
        MarketState<F, N> state = step_path.start(random);
        std::int32_t next_accrual = open(first_path, valid_lanes, trace);
        for (std::int32_t k = 0;; ++k) {
            Prices<F, N> prices(market_, state);  // not const, as RelativePrices says
            look_at_step(k, state.mixing, prices.value, next_accrual);
            if (k == program_.num_steps)
                return close(offset, state, prices.value);
            leave_step();
            step_path(state, random, static_cast<std::uint32_t>(k));
        }
    }

    // The pieces of a run, for `PathGroup`, which moves one market for several programs: `open`,
    // then at every step `look_at_step` and, but at the horizon, `leave_step`; at last `close`.

    BRINK_FN Random random_of(std::uint64_t first_path) const
    {
        return Random{program_.key, first_path, program_.replicate};
    }
    BRINK_FN PathStepper<F, N> stepper() const
    {
        return PathStepper<F, N>{market_, this->market_memory()};
    }
    BRINK_FN std::int32_t num_steps() const { return program_.num_steps; }

    /// \return the first step at which funding is paid
    BRINK_FN std::int32_t open(std::uint64_t first_path, std::uint32_t valid_lanes,
                               PathTrace* trace)
    {
        workspace_.trace = trace;
        first_path_ = first_path;
        valid_lanes_ = valid_lanes;
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

    /// Step 10, at the horizon.
    BRINK_FN void close(std::int64_t offset, MarketState<F, N> const& state,
                        F const (&price)[N]) const
    {
        auto representable = vabs(state.log_price[0]) < F(T(max_log_price));  // NaN is not
        BRINK_UNROLL(32)
        for (int i = 1; i < N; ++i)
            representable = representable & (vabs(state.log_price[i]) < F(T(max_log_price)));
        std::uint32_t const in_range = lane_bits(representable);
        widen(program_.num_steps, state.mixing, price);
        for (int l = 0; l < lanes; ++l)
            if ((valid_lanes_ >> l & 1u) != 0)
                detached().close_lane(offset + l, l, in_range);
    }

  private:
    /// A copy for a function that is not inlined, which takes its address: this object's members
    /// can then stay in registers.
    BRINK_FN PathProgram detached() const { return *this; }

    BRINK_FN void open_accounts() const
    {
        bool const traced = workspace_.trace != nullptr;
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
            bits &= valid_lanes_;
            if (bits != 0) [[unlikely]] {
                if (!widened)
                    widen(k, mixing, price);
                widened = true;
                detached().handle_events(o, k, bits);
            }
        }
        if (is_fan_time(sink_.fan, k))
            record_fan(sink_.fan, k / program_.fan_stride, lowest);
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
        if (is_fan_time(sink_.account_fans, k)) [[unlikely]]
            record_account_fan(account.column_scope, k, health);
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

    BRINK_FN bool is_fan_time(FanSink const& fan, std::int32_t k) const
    {
        return fan.values != nullptr && k % program_.fan_stride == 0;
    }

    BRINK_FN void record_account_fan(std::int32_t scope, std::int32_t k, F health) const
    {
        if (scope > 0)
            record_fan(sink_.account_fans,
                       (scope - 1) * program_.fan_times + k / program_.fan_stride, health);
    }

    BRINK_FN void record_fan(FanSink const& fan, std::int32_t fan_row, F health) const
    {
        auto const path = static_cast<std::int64_t>(first_path_);
        float* const row = fan.values + fan_row * fan.paths;
        bool const all_wanted = valid_lanes_ == (~0u >> (32 - lanes));
        if constexpr (is_single<F>) {
            if (all_wanted && path + lanes <= fan.paths)
                return store(health, row + path);
        }
        alignas(64) double values[lanes];
        store_as_double(health, values);
        for (int l = 0; l < lanes; ++l)
            if ((valid_lanes_ >> l & 1u) != 0 && path + l < fan.paths)
                row[path + l] = static_cast<float>(values[l]);
    }
};

BRINK_END_ISA
