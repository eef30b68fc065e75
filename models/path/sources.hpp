// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/margin/held.hpp"
#include "models/path/workspace.hpp"

BRINK_BEGIN_ISA

/// Factor by which a debt of this holding has grown since t_0.
template<class F>
BRINK_FN F debt_growth(Holding<value_t<F>> const& holding, LaneFields<double> carry, double time)
{
    using T = value_t<F>;
    double const stated = static_cast<double>(holding.borrow_log2_rate) * time;
    if (holding.growth_field < 0) [[likely]]
        return F(static_cast<T>(exp2_(stated)));
    return exp2_(load_narrow<F>(carry.field(holding.growth_field)) + F(static_cast<T>(stated)));
}

/// An account that no event has touched: balances, debts and positions as they opened, read from
/// the program's tables; only balances that carry moves come from the mirror.
template<class F>
class OpeningSource {
    using T = value_t<F>;
    Entries<Holding<T>> holdings_;
    LaneFields<T> mirror_;
    LaneFields<double> carry_;
    T band_value_;
    double time_;

  public:
    BRINK_FN OpeningSource(Tables tables, Account<T> const& account, Workspace<T> const& workspace,
                           double time)
        : holdings_{tables[account.holdings]},
          mirror_{workspace.mirror.from(account.mirror)},
          carry_{workspace.carry},
          band_value_{account.bands.value},
          time_{time}
    {}

    BRINK_FN Held<F> held(std::int32_t h) const
    {
        Holding<T> const& holding = holdings_[h];
        F const balance = holding.carry_count == 0
                              ? F(holding.balance)
                              : load<F>(mirror_.field(MirrorLayout::balance(h)));
        if (!(holding.debt > T(0)))
            return {balance, F(T(0)), false};
        return {balance, F(holding.debt) * debt_growth<F>(holding, carry_, time_), true};
    }
    BRINK_FN F fraction(std::int32_t) const { return F(T(1)); }
    BRINK_FN F band_value() const { return F(band_value_); }
};

/// An account that an event has touched on some lane: everything comes from the mirror of its
/// record, and is the same bits as OpeningSource on the lanes that no event has touched.
template<class F>
class MirrorSource {
    using T = value_t<F>;
    Entries<Holding<T>> holdings_;
    LaneFields<T> mirror_;
    LaneFields<double> carry_;
    MirrorLayout layout_;
    double time_;

  public:
    BRINK_FN MirrorSource(Tables tables, Account<T> const& account, Workspace<T> const& workspace,
                          double time)
        : holdings_{tables[account.holdings]},
          mirror_{workspace.mirror.from(account.mirror)},
          carry_{workspace.carry},
          layout_{account},
          time_{time}
    {}

    BRINK_FN Held<F> held(std::int32_t h) const
    {
        F const balance = read(MirrorLayout::balance(h));
        F const debt = read(layout_.debt(h));
        if (!any_lane(debt > F(T(0))))
            return {balance, F(T(0)), false};
        return {balance, debt * debt_growth<F>(holdings_[h], carry_, time_), true};
    }
    BRINK_FN F fraction(std::int32_t p) const { return read(layout_.fraction(p)); }
    BRINK_FN F band_value() const { return read(layout_.band_value()); }

  private:
    BRINK_FN F read(std::int32_t field) const { return load<F>(mirror_.field(field)); }
};

/// The mirrored account with its posts under way credited: balance and debt of a coin are netted.
template<class F>
class InboundSource {
    using T = value_t<F>;
    MirrorSource<F> mirrored_;
    LaneFields<T> mirror_;
    MirrorLayout layout_;

  public:
    BRINK_FN InboundSource(Tables tables, Account<T> const& account, Workspace<T> const& workspace,
                           double time)
        : mirrored_{tables, account, workspace, time},
          mirror_{workspace.mirror.from(account.mirror)},
          layout_{account}
    {}

    BRINK_FN Held<F> held(std::int32_t h) const
    {
        Held<F> const now = mirrored_.held(h);
        F const gross = now.balance + load<F>(mirror_.field(layout_.inbound(h)));
        if (!now.owes)
            return {vmax(gross, F(T(0))), F(T(0)), false};
        F const net = gross - now.owed;
        return {vmax(net, F(T(0))), vmax(-net, F(T(0))), true};
    }
    BRINK_FN F fraction(std::int32_t p) const { return mirrored_.fraction(p); }
    BRINK_FN F band_value() const { return mirrored_.band_value(); }
};

BRINK_END_ISA
