// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/path/record.hpp"

BRINK_BEGIN_ISA

/// An account that no event has touched: balances, debts and positions as they opened, read from
/// the program's tables; only balances that carry moves come from the mirror.
template<class F>
class OpeningSource {
    using T = value_t<F>;
    Entries<Holding<T>> holdings_;
    LaneFields<T> mirror_;
    double time_;

  public:
    BRINK_FN OpeningSource(Tables tables, Account<T> const& account, LaneFields<T> mirror,
                           double time)
        : holdings_{tables[account.holdings]}, mirror_{mirror.from(account.mirror)}, time_{time}
    {}

    BRINK_FN F balance(std::int32_t h) const
    {
        return holdings_[h].carry_count == 0 ? F(holdings_[h].balance)
                                             : load<F>(mirror_.field(MirrorLayout::balance(h)));
    }
    BRINK_FN bool owes(std::int32_t h) const { return holdings_[h].debt > T(0); }
    BRINK_FN F owed(std::int32_t h) const
    {
        double const growth = exp2_(static_cast<double>(holdings_[h].borrow_log2_rate) * time_);
        return F(holdings_[h].debt) * F(static_cast<T>(growth));
    }
    BRINK_FN F fraction(std::int32_t) const { return F(T(1)); }
};

/// An account that an event has touched on some lane: everything comes from the mirror of its
/// record, and is the same bits as OpeningSource on the lanes that no event has touched.
template<class F>
class MirrorSource {
    using T = value_t<F>;
    Entries<Holding<T>> holdings_;
    LaneFields<T> mirror_;
    MirrorLayout layout_;
    double time_;

  public:
    BRINK_FN MirrorSource(Tables tables, Account<T> const& account, LaneFields<T> mirror,
                          double time)
        : holdings_{tables[account.holdings]},
          mirror_{mirror.from(account.mirror)},
          layout_{account},
          time_{time}
    {}

    BRINK_FN F balance(std::int32_t h) const { return read(MirrorLayout::balance(h)); }
    BRINK_FN bool owes(std::int32_t h) const { return any_lane(read(layout_.debt(h)) > F(T(0))); }
    BRINK_FN F owed(std::int32_t h) const
    {
        double const growth = exp2_(static_cast<double>(holdings_[h].borrow_log2_rate) * time_);
        return read(layout_.debt(h)) * F(static_cast<T>(growth));
    }
    BRINK_FN F fraction(std::int32_t p) const { return read(layout_.fraction(p)); }

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
    BRINK_FN InboundSource(Tables tables, Account<T> const& account, LaneFields<T> mirror,
                           double time)
        : mirrored_{tables, account, mirror, time},
          mirror_{mirror.from(account.mirror)},
          layout_{account}
    {}

    BRINK_FN F balance(std::int32_t h) const { return vmax(net(h), F(T(0))); }
    BRINK_FN bool owes(std::int32_t h) const { return mirrored_.owes(h); }
    BRINK_FN F owed(std::int32_t h) const { return vmax(-net(h), F(T(0))); }
    BRINK_FN F fraction(std::int32_t p) const { return mirrored_.fraction(p); }

  private:
    BRINK_FN F net(std::int32_t h) const
    {
        F const held = mirrored_.balance(h) + load<F>(mirror_.field(layout_.inbound(h)));
        return owes(h) ? held - mirrored_.owed(h) : held;
    }
};

BRINK_END_ISA
