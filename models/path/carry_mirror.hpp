// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/contract_step.hpp"
#include "models/path/oracle_step.hpp"
#include "models/path/pack_lanes.hpp"

BRINK_BEGIN_ISA

/// Step 3 of the path program: funding accumulates per carry slot, in double, and the balances that
/// it moves are mirrored for the hot way.
template<class F, int N>
class CarryMirror : public PackLanes<F, N> {
    using Base = PackLanes<F, N>;

  protected:
    using Base::accounts_;
    using Base::awake;
    using Base::carry_slots_;
    using Base::is_touched;
    using Base::lanes;
    using Base::market_;
    using Base::owners_;
    using Base::program_;
    using Base::tables_;
    using Base::time;
    using Base::workspace_;
    using typename Base::T;

    using Base::Base;

    /// Step 2: prices of dated contracts and of oracles, on a copy, so that those in registers have
    /// no address.
    BRINK_FN void price_rows(std::int32_t k, F (&price)[N]) const
    {
        F lent[N];
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            lent[i] = price[i];
        CarryMirror(*this).price_apart(k, lent);
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            price[i] = lent[i];
    }
    BRINK_HD BRINK_APART void price_apart(std::int32_t k, F (&price)[N]) const
    {
        ContractStep<F>{program_, program_.rules, tables_, workspace_.carry}(
            time(k), price, [this](std::int32_t factor) { return carry_factors().level(factor); });
        OracleStep<F>{program_, tables_, workspace_.carry}(k, price);
        for (std::int32_t o = 0; o < owners_.size(); ++o)
            if (expires(owners_[o], k))
                awake(o) = ~0u;
    }

    /// Whether a position of the owner's expires at step k.
    BRINK_HD bool expires(Owner const& owner, std::int32_t k) const
    {
        Entries<Instrument> const instruments = tables_[program_.instruments];
        std::int32_t const end = owner.first_account + owner.num_accounts;
        for (std::int32_t a = owner.first_account; a < end; ++a)
            for (Position<T> const& position : tables_[accounts_[a].positions]) {
                double const expiry = instruments[position.instrument].expiry;
                if (expiry <= time(k) && expiry > time(k - 1))
                    return true;
            }
        return false;
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
                pay(slot, c, times, price, k);
        }
        for (std::int32_t o = 0; o < owners_.size(); ++o)
            awake(o) |= mirror_carried_balances(o);
    }

    /// Number of funding times up to step k.
    BRINK_FN double payments(CarrySlot const& slot, std::int32_t k) const
    {
        double const now = static_cast<double>(program_.as_of) + time(k);
        return static_cast<double>(
            static_cast<std::int64_t>(now / static_cast<double>(slot.interval_seconds)));
    }

    BRINK_FN void pay(CarrySlot const& slot, std::int32_t c, double times, F const (&price)[N],
                      std::int32_t k) const
    {
        alignas(64) double mark[lanes];
        alignas(64) double settlement[lanes];
        store_as_double(pick<N>(price, slot.mark_asset), mark);
        store_as_double(pick<N>(price, slot.settlement_asset), settlement);
        alignas(64) double rates[lanes];  // of an interval, or over the instruments' own
        store_as_double(slot.factor < 0 ? rate_multiplier(k)
                                        : rate_multiplier(k) * carry_factors().level(slot.factor),
                        rates);
        for (int l = 0; l < lanes; ++l) {
            double const paid = times * slot.years * rates[l];
            workspace_.carry.at(2 * c, l) += paid * (mark[l] / settlement[l]);
            workspace_.carry.at(2 * c + 1, l) += paid * mark[l];
        }
    }

    BRINK_FN CarryStep<F, N> carry_factors() const { return {market_, this->market_memory()}; }

    /// What debts grow by from t_k to t_k+1 where their rate moves: by the rate at t_k.
    BRINK_SELDOM void accrue_debts() const
    {
        for (std::int32_t p = 0; p < market_.num_carry; ++p) {
            CarryFactor<T> const& factor = tables_[program_.carry_factors][p];
            if (factor.kind != CarryKind::borrow)
                continue;
            alignas(64) double rate[lanes];
            store_as_double(carry_factors().level(p), rate);
            for (int l = 0; l < lanes; ++l)
                workspace_.carry.at(factor.carry_field, l) +=
                    static_cast<double>(factor.growth) * rate[l];
        }
    }

    BRINK_FN F rate_multiplier(std::int32_t k) const
    {
        if (market_.num_regimes == 0) [[likely]]
            return F(T(1));
        return RegimeClock<F>{market_, this->market_memory(), static_cast<std::uint32_t>(k)}.pick(
            [](RegimeTerms<T> const& terms) { return terms.funding; });
    }

    /// Refresh the mirrored balances that carry moves.
    /// \return lanes where one fell below zero, or stands beside a debt: an event must settle them
    BRINK_FN std::uint32_t mirror_carried_balances(std::int32_t o) const
    {
        Owner const& owner = owners_[o];
        std::uint32_t unsettled = 0;
        for (std::int32_t a = owner.first_account; a < owner.first_account + owner.num_accounts;
             ++a) {
            Account<T> const& account = accounts_[a];
            if (account.carry_terms.size == 0)
                continue;
            unsettled |= is_touched(o) ? mirror_recorded(a) : mirror_opening(a);
        }
        return unsettled;
    }

    BRINK_FN std::uint32_t mirror_recorded(std::int32_t a) const
    {
        Account<double> const& account = tables_[program_.exact_accounts][a];
        std::uint32_t unsettled = 0;
        for (std::int32_t h = 0; h < account.holdings.size; ++h) {
            if (tables_[account.holdings][h].carry_count == 0)
                continue;
            for (int l = 0; l < lanes; ++l) {
                AccountState const state{tables_, account, workspace_.record.lane(l),
                                         workspace_.carry.lane(l), 0.0};
                double const balance = state.carried_balance(h);
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
                unsettled |=
                    balance[l] < 0.0 || (balance[l] != 0.0 && holding.debt > 0.0) ? 1u << l : 0u;
        }
        return unsettled;
    }
};

BRINK_END_ISA
