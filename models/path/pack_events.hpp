// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/carry_mirror.hpp"
#include "models/path/path_closer.hpp"
#include "models/path/path_tracer.hpp"

BRINK_BEGIN_ISA

/// The cold side of the path program: events run lane by lane in double, and what they change is
/// mirrored for the hot way. Nothing here is inlined into the loop over steps.
template<class F, int N>
class PackEvents : public CarryMirror<F, N> {
    using Base = CarryMirror<F, N>;

  protected:
    using Base::accounts_;
    using Base::awake;
    using Base::busy;
    using Base::covered;
    using Base::event_of;
    using Base::is_touched;
    using Base::lanes;
    using Base::market_;
    using Base::owing;
    using Base::owners_;
    using Base::program_;
    using Base::stuck;
    using Base::tables_;
    using Base::touched;
    using Base::waiting;
    using Base::workspace_;
    using typename Base::T;

    OutcomeSink const& sink_;

    BRINK_FN PackEvents(Program<T> const& program, MarketView<T, N> const& market,
                        Workspace<T> const& workspace, OutcomeSink const& sink, Tables tables)
        : Base{program, market, workspace, tables}, sink_{sink}
    {}

    BRINK_HD BRINK_COLD void handle_events(std::int32_t o, std::int32_t k, std::uint32_t bits) const
    {
        if (!is_touched(o))
            touch(o);
        busy() |= bits;
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
        std::uint32_t const bit = 1u << l;
        bool const waits = *record.field(owner.record + OwnerLayout::num_transfers()) > 0.0;
        replace(waiting(o), bit, waits ? bit : 0u);
        std::uint32_t awake_bit = 0;
        for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts;
             ++a) {
            auto const field = accounts_[a].record + static_cast<std::int32_t>(AccountField::watch);
            auto const watch = static_cast<Watch>(static_cast<std::int32_t>(*record.field(field)));
            replace(covered(a), bit, watch == Watch::covered ? bit : 0u);
            replace(stuck(a), bit, watch == Watch::stuck ? bit : 0u);
            awake_bit |= watch == Watch::awake ? bit : 0u;
        }
        replace(awake(o), bit, awake_bit);
    }
    /// \param value of the bit in its place: `bit` or 0
    static BRINK_FN void replace(std::uint32_t& mask, std::uint32_t bit, std::uint32_t value)
    {
        mask = (mask & ~bit) | value;
    }

    BRINK_HD void mirror_lane(std::int32_t o, int l) const
    {
        Owner const& owner = owners_[o];
        for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts;
             ++a) {
            Account<double> const& account = tables_[program_.exact_accounts][a];
            AccountState const state{tables_, account, workspace_.record.lane(l),
                                     workspace_.carry.lane(l), 0.0};
            LaneFields<T> const mirror = workspace_.mirror.from(account.mirror).lane(l);
            MirrorLayout const layout{account};
            for (std::int32_t h = 0; h < layout.num_holdings; ++h) {
                *mirror.field(MirrorLayout::balance(h)) = static_cast<T>(state.carried_balance(h));
                *mirror.field(layout.debt(h)) = static_cast<T>(state.raw(state.layout().debt(h)));
                *mirror.field(layout.inbound(h)) = T(0);
            }
            for (std::int32_t p = 0; p < layout.num_positions; ++p)
                *mirror.field(layout.fraction(p)) = static_cast<T>(state.fraction(p));
            if (state.has_bands())
                *mirror.field(layout.band_value()) = static_cast<T>(state.band_value());
            bool const may_exchange = account.watches_debts != 0 && state.has_debt();
            replace(owing(a), 1u << l, may_exchange ? 1u << l : 0u);
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

    /// \param in_range lanes whose prices stayed representable; the others' outcomes are invalid
    BRINK_HD BRINK_COLD void close_lane(std::int64_t path, int l, std::uint32_t in_range) const
    {
        PathEvent<N> event = event_of(l, program_.num_steps);
        if (event.log != nullptr)
            workspace_.trace->num_step_events = event.log->size;
        PathCloser<N, T> closer{program_, event, workspace_.mirror.lane(l), sink_, path};
        for (std::int32_t o = 0; o < owners_.size(); ++o) {
            if (!is_touched(o))
                OwnerStep<N>{event, owners_[o], program_.num_assets}.open();
            closer.add(owners_[o]);
        }
        closer.finish((in_range >> l & 1u) != 0 ? PriceRange::kept : PriceRange::left);
        std::int32_t const named = program_.num_scopes - program_.first_regime_scope;
        if (named == 0)
            return;
        RegimeClock<T> const clock{market_, this->market_memory(workspace_.market.lane(l)), 0};
        for (std::int32_t r = 0; r < named; ++r)
            closer.add_regime(
                r, static_cast<double>(clock.steps_in(r, program_.num_steps)) / program_.num_steps);
    }

    BRINK_HD BRINK_COLD void record_trace(std::int32_t k) const
    {
        PathTrace const& trace = *workspace_.trace;
        PathTracer<N>{event_of(trace.lane, k), trace, program_.num_assets}(owners_);
        CarryStep<T, N> const carry{market_,
                                    this->market_memory(workspace_.market.lane(trace.lane))};
        for (std::int32_t p = 0; p < market_.num_carry; ++p)
            trace.carry_levels[k * market_.num_carry + p] = static_cast<double>(carry.level(p));
    }
};

BRINK_END_ISA
