// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/lanes.hpp"
#include "models/core/pick.hpp"
#include "models/margin/assess.hpp"
#include "models/path/program.hpp"

BRINK_BEGIN_ISA

/// When the hot way must let AutoExchanger look: `ExchangeWatch{terms, band}(account, holdings,
/// source, prices, assessment)` gives the lanes where what an account owes is beyond the threshold,
/// or nearly, and there is something to sell for it.
/// \tparam F number type of the hot way; \tparam N assets, padded
template<class F, int N>
class ExchangeWatch {
    using T = value_t<F>;
    ExchangeTerms const& terms_;
    double band_;

  public:
    /// \param band relative; what rounding of F may hide
    BRINK_FN ExchangeWatch(ExchangeTerms const& terms, double band) : terms_{terms}, band_{band} {}

    /// \param now of the account at these prices
    template<class Source>
    BRINK_FN std::uint32_t operator()(Account<T> const& account, Entries<Holding<T>> holdings,
                                      Source const& source, F const (&price)[N],
                                      Assessment<F> const& now) const
    {
        F const none = F(T(0));
        F largest = none, debt = none, rest = none;
        for (std::int32_t h = 0; h < holdings.size(); ++h) {
            Held<F> const held = source.held(h);
            F const value = pick<N>(price, holdings[h].asset);
            rest = madd(held.balance, value, rest);
            if (!held.owes)
                continue;
            F const owed = held.owed * value;
            largest = vmax(largest, owed);
            debt = debt + owed;
        }
        std::uint32_t const beyond = lane_bits(largest >= level(terms_.threshold));
        std::uint32_t const can_pay = lane_bits(debt > none) & lane_bits(rest > none);
        if (can_pay == 0)
            return 0;
        return can_pay & (beyond | without_positions(account, source, debt, now));
    }

  private:
    BRINK_FN F level(double exact) const { return F(static_cast<T>(exact * (1.0 - band_))); }

    /// Lanes without positions whose debt is large against their collateral.
    template<class Source>
    BRINK_FN std::uint32_t without_positions(Account<T> const& account, Source const& source,
                                             F debt, Assessment<F> const& now) const
    {
        if (terms_.loan_to_value == no_exchange)
            return 0;
        F open = F(T(0));
        for (std::int32_t p = 0; p < account.positions.size; ++p)
            open = vmax(open, source.fraction(p));
        return lane_bits(!(open > F(T(0))))
               & lane_bits(debt >= level(terms_.loan_to_value) * (now.margin_equity + debt));
    }
};

BRINK_END_ISA
