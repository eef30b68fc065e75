// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/account_state.hpp"

BRINK_BEGIN_ISA

/// An account as it would be: with its posts under way credited, and with a trial change on top.
/// A source for AccountAssessor; changes nothing.
class ProForma {
    AccountState const& state_;
    LaneFields<double> owner_record_;
    OwnerLayout owner_;
    std::int32_t account_;

  public:
    std::int32_t holding[2]{-1, -1};  ///< trial: these holdings ...
    double amount[2]{0.0, 0.0};       ///< ... change by this much [coin]
    std::int32_t position{-1};        ///< trial: this position ...
    double open_fraction{0.0};        ///< ... would be open to this fraction

    BRINK_FN ProForma(AccountState const& state, LaneFields<double> owner_record, OwnerLayout owner,
                      std::int32_t account)
        : state_{state}, owner_record_{owner_record}, owner_{owner}, account_{account}
    {}

    BRINK_HD double net(std::int32_t h) const
    {
        double sum = state_.balance(h) - state_.owed(h);
        std::int32_t const count =
            static_cast<std::int32_t>(*owner_record_.field(OwnerLayout::num_transfers()));
        for (std::int32_t i = 0; i < count; ++i)
            if (field(i, TransferField::account) == account_
                && field(i, TransferField::holding) == h)
                sum += field(i, TransferField::amount);
        for (int i = 0; i < 2; ++i)
            sum += holding[i] == h ? amount[i] : 0.0;
        return sum;
    }
    BRINK_HD Held<double> held(std::int32_t h) const
    {
        double const left = net(h);
        return {vmax(left, 0.0), vmax(-left, 0.0), left < 0.0};
    }
    BRINK_HD double fraction(std::int32_t p) const
    {
        return p == position ? open_fraction : state_.fraction(p);
    }
    BRINK_HD double band_value() const { return state_.band_value(); }

  private:
    BRINK_HD double field(std::int32_t i, TransferField f) const
    {
        return *owner_record_.field(owner_.transfer(i, f));
    }
};

BRINK_END_ISA
