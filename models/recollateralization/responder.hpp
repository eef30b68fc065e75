// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/helpful_amount.hpp"
#include "models/liquidation/liquidator.hpp"
#include "models/recollateralization/outage.hpp"
#include "models/recollateralization/pro_forma.hpp"
#include "models/rng/normal.hpp"
#include "models/rng/uniform.hpp"

BRINK_BEGIN_ISA

/// What a called account's owner does: `Responder{event, owner, account}()`. The actions of the
/// policy in order; each is answered or not (drawn once per episode), asks for the least amount
/// that lifts health to its target, or as near as any does, with what is under way credited, and
/// the next one follows where it falls short.
template<int N>
class Responder {
    PathEvent<N>& event_;
    Owner const& owner_;
    OwnerLayout owner_layout_;
    LaneFields<double> owner_record_;
    std::int32_t idx_;
    AccountState state_;

  public:
    BRINK_FN Responder(PathEvent<N>& event, Owner const& owner, std::int32_t num_assets,
                       std::int32_t account)
        : event_{event},
          owner_{owner},
          owner_layout_{num_assets},
          owner_record_{event.record.from(owner.record)},
          idx_{account},
          state_{event.state(account)}
    {}

    /// \return when the account must be looked at next
    BRINK_HD Watch operator()()
    {
        Entries<ResponseRule> const rules = event_.tables[owner_.responses];
        if (!still_lacks(0.0))
            return Watch::covered;
        if (rules.size() == 0)
            state_[AccountField::episode_silent] = 1.0;
        for (std::int32_t r = 0; r < rules.size(); ++r)
            if (answers(rules[r], r) && act(rules[r], r))
                return Watch::covered;
        if (transfers_are_full())
            return Watch::awake;  // asks again at the next step: not short of reserve
        state_[AccountField::episode_short] = 1.0;
        for (std::int32_t r = 0; r < rules.size(); ++r)
            if (answers(rules[r], r) && may_act_later(rules[r]))
                return Watch::awake;
        return Watch::stuck;
    }

  private:
    BRINK_HD ProForma pro_forma() const { return {state_, owner_record_, owner_layout_, idx_}; }

    /// [numeraire] margin equity lacking to `target_health`, and to the call level.
    BRINK_HD double lack(ProForma const& trial, double target_health) const
    {
        Assessment<double> const a = event_.assess(state_.account(), trial, event_.price);
        double const level = call_level(event_.ladder_of(idx_), a);
        return vmax(target_health * a.maintenance_margin, level) - a.margin_equity;
    }
    BRINK_HD bool still_lacks(double target_health) const
    {
        Assessment<double> const a = event_.assess(state_.account(), pro_forma(), event_.price);
        Ladder<double> const& ladder = event_.ladder_of(idx_);
        return breaches(ladder, a, call_level(ladder, a))
               || target_health * a.maintenance_margin > a.margin_equity;
    }

    /// One stream per action of the policy, one block per account.
    BRINK_HD PhiloxWords<std::uint32_t> draw(std::int32_t first_stream, std::int32_t rule) const
    {
        DrawPosition const at{static_cast<std::uint32_t>(event_.step),
                              static_cast<Stream>(first_stream + rule),
                              static_cast<std::uint32_t>(idx_) & 0xffffu};
        auto const path_low = static_cast<std::uint32_t>(event_.path);
        auto const path_high = static_cast<std::uint32_t>(event_.path >> 32);
        return philox_words(PhiloxWords<std::uint32_t>{counter_word0(at), event_.replicate,
                                                       path_low, counter_word3(at, path_high)},
                            event_.key);
    }

    BRINK_HD bool answers(ResponseRule const& rule, std::int32_t r) const
    {
        auto const bit = static_cast<std::uint64_t>(1) << r;
        double& drawn_field = state_[AccountField::episode_drawn];
        double& silent_field = state_[AccountField::episode_silent];
        auto drawn = static_cast<std::uint64_t>(drawn_field);
        auto silent = static_cast<std::uint64_t>(silent_field);
        if ((drawn & bit) == 0) {
            drawn_field = static_cast<double>(drawn | bit);
            if (!(uniform01(draw(response_streams, r).w0) < rule.probability)) {
                silent |= bit;
                silent_field = static_cast<double>(silent);
                event_.note({.kind = EventKind::silent, .account = idx_, .item = r});
            }
        }
        return (silent & bit) == 0;
    }

    BRINK_HD bool transfers_are_full() const
    {
        return *owner_record_.field(OwnerLayout::num_transfers()) >= owner_.max_transfers;
    }

    /// Whether anything is left that the action could use.
    BRINK_HD bool may_act_later(ResponseRule const& rule) const
    {
        if (rule.kind == ResponseKind::post)
            return *owner_record_.field(OwnerLayout::reserve(rule.asset)) > 0.0;
        if (rule.kind == ResponseKind::reduce)
            return state_.has_open_position();
        std::int32_t const sold = holding_of(rule.from);
        return sold >= 0 && state_.balance(sold) > 0.0;
    }

    /// \return whether nothing more is lacking
    BRINK_HD bool act(ResponseRule const& rule, std::int32_t r)
    {
        if (rule.kind == ResponseKind::post)
            post(rule, r);
        else if (rule.kind == ResponseKind::reduce)
            reduce(rule);
        else
            swap(rule);
        return !still_lacks(0.0);
    }

    BRINK_HD std::int32_t holding_of(std::int32_t asset) const
    {
        for (std::int32_t h = 0; h < state_.layout().num_holdings; ++h)
            if (state_.holdings()[h].asset == asset)
                return h;
        return -1;
    }

    BRINK_HD void post(ResponseRule const& rule, std::int32_t r)
    {
        std::int32_t const h = holding_of(rule.asset);
        double& reserve = *owner_record_.field(OwnerLayout::reserve(rule.asset));
        double& count = *owner_record_.field(OwnerLayout::num_transfers());
        double const most = vmin(reserve, rule.limit);
        if (!(most > 0.0) || state_.lies_in_bands(h)
            || static_cast<std::int32_t>(count) == owner_.max_transfers)
            return;
        double const kept = 1.0 - rule.fee_rate - rule.slippage;
        auto const lack_after = [&](double sent) {
            ProForma trial = pro_forma();
            trial.holding[0] = h;
            trial.amount[0] = sent * kept;
            return lack(trial, rule.target_health);
        };
        double const sent = helpful_amount(lack_after, most);
        if (!(sent > 0.0))
            return;
        double const price = event_.price_of(state_, h);
        reserve = sent == reserve ? 0.0 : reserve - sent;
        event_.book_response(state_, {.kind = EventKind::post_requested,
                                      .account = idx_,
                                      .item = rule.asset,
                                      .amount = sent,
                                      .value = sent * price,
                                      .fee = rule.fee_rate * sent * price,
                                      .slippage = rule.slippage * sent * price});
        send(rule, r, h, sent * kept);
    }

    BRINK_HD void send(ResponseRule const& rule, std::int32_t r, std::int32_t h, double amount)
    {
        double const as_of = static_cast<double>(event_.as_of);
        double const leaves = leave_time(event_.tables[rule.outages], event_.time + as_of) - as_of;
        double const due = leaves + delay_of(rule, r);
        state_[AccountField::episode_first_due] =
            vmin(state_[AccountField::episode_first_due], due);
        double& count = *owner_record_.field(OwnerLayout::num_transfers());
        auto const i = static_cast<std::int32_t>(count);
        count += 1.0;
        transfer(i, TransferField::due) = due;
        transfer(i, TransferField::account) = idx_;
        transfer(i, TransferField::holding) = h;
        transfer(i, TransferField::amount) = amount;
    }

    BRINK_HD double& transfer(std::int32_t i, TransferField f) const
    {
        return *owner_record_.field(owner_layout_.transfer(i, f));
    }

    BRINK_HD double delay_of(ResponseRule const& rule, std::int32_t r) const
    {
        if (rule.delay == DelayShape::fixed)
            return rule.delay_a;
        PhiloxWords<std::uint32_t> const words = draw(delay_streams, r);
        double const u = uniform01(words.w0);
        constexpr double ln2 = 0.69314718055994530942;
        if (rule.delay == DelayShape::uniform)
            return madd(rule.delay_b - rule.delay_a, u, rule.delay_a);
        if (rule.delay == DelayShape::exponential)
            return -rule.delay_a * ln2 * log2_(u);
        return rule.delay_a
               * exp2_(rule.delay_b / ln2 * normal_pair<double>(words.w0, words.w1).cosine);
    }

    BRINK_HD void reduce(ResponseRule const& rule)
    {
        std::int32_t const p = rule.from >= 0
                                   ? position_in(rule.from)
                                   : PositionCloser<N>{event_, idx_}.largest_requirement();
        if (p < 0 || !(state_.fraction(p) > 0.0))
            return;
        Position<double> const& position = state_.positions()[p];
        Instrument const& instrument = event_.instruments[position.instrument];
        PositionValue<double> const value = event_.value(state_, p);
        double const price = event_.price_of(state_, position.settlement);
        double const rate = rule.fee_rate + rule.slippage;
        auto const lack_after = [&](double share) {
            double const notional = value.notional * share;
            double const cost = event_.quote(instrument.execution, instrument.asset_a,
                                             event_.closing_order(position, notional));
            ProForma trial = pro_forma();
            trial.holding[0] = position.settlement;
            trial.amount[0] = (value.pnl * share - cost - rate * notional) / price;
            trial.position = p;
            trial.open_fraction = state_.fraction(p) * (1.0 - share);
            return lack(trial, rule.target_health);
        };
        double const open = state_.fraction(p) * position.contracts;
        double const share = least_amount(lack_after, vmin(1.0, rule.limit / open));
        if (!(lack_after(share) < lack_after(0.0)))
            return;
        double const notional = value.notional * share;
        double const contracts = state_.contracts(p) * share;
        double const cost = PositionCloser<N>{event_, idx_}.close(p, share, rate * notional);
        double const slippage = cost + rule.slippage * notional;
        event_.book_response(state_, {.kind = EventKind::reduced,
                                      .account = idx_,
                                      .item = position.instrument,
                                      .amount = contracts,
                                      .value = notional,
                                      .price = event_.fill_price(position, slippage / notional),
                                      .fee = rule.fee_rate * notional,
                                      .slippage = slippage});
    }

    BRINK_HD std::int32_t position_in(std::int32_t symbol) const
    {
        for (std::int32_t p = 0; p < state_.layout().num_positions; ++p)
            if (event_.instruments[state_.positions()[p].instrument].symbol == symbol)
                return p;
        return -1;
    }

    BRINK_HD void swap(ResponseRule const& rule)
    {
        std::int32_t const sold = holding_of(rule.from), bought = holding_of(rule.asset);
        if (sold < 0 || bought < 0 || !(state_.balance(sold) > 0.0) || state_.lies_in_bands(sold)
            || state_.lies_in_bands(bought))
            return;
        double const price = event_.price_of(state_, sold);
        double const bought_price = event_.price_of(state_, bought);
        Execution const& terms = event_.assets[rule.from].execution;
        double const rate = rule.fee_rate + rule.slippage;
        auto const proceeds = [&](double amount) {
            double const notional = amount * price;
            return vmax(notional * (1.0 - rate) - event_.quote(terms, rule.from, {notional}), 0.0);
        };
        auto const lack_after = [&](double amount) {
            ProForma trial = pro_forma();
            trial.holding[0] = sold, trial.amount[0] = -amount;
            trial.holding[1] = bought, trial.amount[1] = proceeds(amount) / bought_price;
            return lack(trial, rule.target_health);
        };
        double const most = vmin(state_.balance(sold), rule.limit);
        double const amount = helpful_amount(lack_after, most);
        if (!(lack_after(amount) < lack_after(0.0)))
            return;
        double const notional = amount * price;
        double const received = proceeds(amount);
        event_.trade(terms, rule.from, {notional});
        state_.credit(sold, amount == state_.balance(sold) ? -state_.balance(sold) : -amount,
                      price);
        state_.credit(bought, received / bought_price, bought_price);
        double const slippage = notional * (1.0 - rule.fee_rate) - received;
        event_.book_response(state_, {.kind = EventKind::swapped,
                                      .account = idx_,
                                      .item = rule.from,
                                      .amount = amount,
                                      .value = notional,
                                      .price = price * (1.0 - slippage / notional),
                                      .fee = rule.fee_rate * notional,
                                      .slippage = slippage});
    }
};

BRINK_END_ISA
