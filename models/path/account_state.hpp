// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/margin/held.hpp"
#include "models/path/record.hpp"

BRINK_BEGIN_ISA

/// One account on one path as its event record says, in double: what events read and change.
/// A source for AccountAssessor once its carry is settled.
class AccountState {
    Tables tables_;
    Account<double> const* account_;
    LaneFields<double> record_;
    LaneFields<double> carry_;
    AccountLayout layout_;
    double time_;

  public:
    /// \param record, carry of this lane \param time [s] since t_0, of what is owed
    BRINK_FN AccountState(Tables tables, Account<double> const& account, LaneFields<double> record,
                          LaneFields<double> carry, double time)
        : tables_{tables},
          account_{&account},
          record_{record.from(account.record)},
          carry_{carry},
          layout_{account},
          time_{time}
    {}

    BRINK_FN Account<double> const& account() const { return *account_; }
    BRINK_FN AccountLayout layout() const { return layout_; }
    BRINK_FN Entries<Holding<double>> holdings() const { return tables_[account_->holdings]; }
    BRINK_FN Entries<Position<double>> positions() const { return tables_[account_->positions]; }

    BRINK_FN double& operator[](AccountField f) const
    {
        return *record_.field(static_cast<int>(f));
    }
    BRINK_FN double& raw(std::int32_t field) const { return *record_.field(field); }

    BRINK_FN double growth(std::int32_t h) const
    {
        Holding<double> const& holding = holdings()[h];
        double const stated = holding.borrow_log2_rate * time_;
        return exp2_(holding.growth_field < 0 ? stated
                                              : stated + *carry_.field(holding.growth_field));
    }
    BRINK_FN double balance(std::int32_t h) const { return raw(layout_.balance(h)); }
    BRINK_FN bool owes(std::int32_t h) const { return raw(layout_.debt(h)) > 0.0; }
    BRINK_EVENT double owed(std::int32_t h) const
    {
        return owes(h) ? raw(layout_.debt(h)) * growth(h) : 0.0;
    }
    BRINK_FN Held<double> held(std::int32_t h) const { return {balance(h), owed(h), owes(h)}; }
    BRINK_FN double fraction(std::int32_t p) const { return raw(layout_.fraction(p)); }
    BRINK_FN void set_fraction(std::int32_t p, double fraction) const
    {
        raw(layout_.fraction(p)) = fraction;
    }
    BRINK_FN bool has_bands() const { return layout_.num_bands != 0; }
    /// Nothing is added to bands, and nothing taken out.
    BRINK_FN bool lies_in_bands(std::int32_t h) const
    {
        return has_bands() && account_->bands.holding == h;
    }
    /// [debt coin] of the bands if the price falls through them slowly.
    BRINK_FN double band_value() const { return has_bands() ? raw(layout_.band_value()) : 0.0; }
    /// [coin] that bands hold beside the balance of holding h: what they have turned into its coin.
    BRINK_FN double stable_in_bands(std::int32_t h) const
    {
        return has_bands() && account_->bands.owed == h ? raw(layout_.band_stable()) : 0.0;
    }

    /// Contracts of position p still open; below zero: short.
    BRINK_FN double contracts(std::int32_t p) const
    {
        Position<double> const& position = positions()[p];
        double const open = fraction(p) * position.contracts;
        return position.leg_a > 0.0 ? open : -open;
    }

    BRINK_FN bool has_open_position() const
    {
        for (std::int32_t p = 0; p < layout_.num_positions; ++p)
            if (fraction(p) > 0.0)
                return true;
        return false;
    }
    BRINK_FN bool has_debt() const
    {
        for (std::int32_t h = 0; h < layout_.num_holdings; ++h)
            if (owes(h))
                return true;
        return false;
    }

    /// Add `amount` [coin] (negative: take away) at `price`: repays a debt in the same coin first;
    /// what cannot be taken from the balance becomes debt. Interest repaid is booked.
    BRINK_EVENT void credit(std::int32_t h, double amount, double price) const
    {
        double const net = balance(h) + amount;
        if (net >= 0.0 && owes(h))
            repay(h, net, price);
        else if (net >= 0.0)
            raw(layout_.balance(h)) = net;
        else
            borrow(h, -net);
    }

    /// Write the opening position of the account into its record.
    BRINK_EVENT void open() const
    {
        for (std::int32_t f = 0; f < account_scalar_fields; ++f)
            raw(f) = 0.0;
        double const infinity = __builtin_huge_val();
        (*this)[AccountField::first_call_time] = __builtin_nan("");
        (*this)[AccountField::first_liquidation_time] = __builtin_nan("");
        (*this)[AccountField::min_health] = infinity;
        (*this)[AccountField::last_health] = infinity;
        (*this)[AccountField::episode_first_due] = infinity;
        for (std::int32_t h = 0; h < layout_.num_holdings; ++h) {
            raw(layout_.balance(h)) = holdings()[h].balance;
            raw(layout_.debt(h)) = holdings()[h].debt;
            raw(layout_.principal(h)) = holdings()[h].debt;
        }
        for (std::int32_t p = 0; p < layout_.num_positions; ++p)
            set_fraction(p, 1.0);
        for (std::int32_t c = 0; c < layout_.num_carry_terms; ++c) {
            raw(layout_.baseline(c)) = 0.0;
            raw(layout_.value_baseline(c)) = 0.0;
        }
        if (has_bands())
            open_bands();
    }

    /// Balance of holding h with the carry accumulated since the baselines. The one formula for
    /// touched and untouched paths.
    BRINK_FN double carried_balance(std::int32_t h) const
    {
        double balance = raw(layout_.balance(h));
        Holding<double> const& holding = holdings()[h];
        Entries<CarryTerm> const terms = tables_[account_->carry_terms];
        for (std::int32_t i = 0; i < holding.carry_count; ++i) {
            std::int32_t const c = holding.carry_first + i;
            CarryTerm const& term = terms[c];
            double const units = *carry_.field(2 * term.slot) - raw(layout_.baseline(c));
            balance = madd(-term.coefficient * fraction(term.position), units, balance);
        }
        return balance;
    }

    /// Pay the accumulated carry out of (or into) the balances and move the baselines to now.
    BRINK_EVENT void settle_carry(double const* price) const
    {
        Entries<CarryTerm> const terms = tables_[account_->carry_terms];
        for (std::int32_t h = 0; h < layout_.num_holdings; ++h) {
            Holding<double> const& holding = holdings()[h];
            if (holding.carry_count == 0)
                continue;
            double const change = carried_balance(h) - balance(h);
            for (std::int32_t i = 0; i < holding.carry_count; ++i) {
                std::int32_t const c = holding.carry_first + i;
                CarryTerm const& term = terms[c];
                double const value = *carry_.field(2 * term.slot + 1);
                (*this)[AccountField::funding] += term.coefficient * fraction(term.position)
                                                  * (value - raw(layout_.value_baseline(c)));
                raw(layout_.baseline(c)) = *carry_.field(2 * term.slot);
                raw(layout_.value_baseline(c)) = value;
            }
            credit(h, change, price[holding.asset]);
        }
    }

    /// [numeraire] funding since the baselines, below zero where received.
    BRINK_EVENT double unsettled_funding() const
    {
        Entries<CarryTerm> const terms = tables_[account_->carry_terms];
        double funding = 0.0;
        for (std::int32_t c = 0; c < layout_.num_carry_terms; ++c)
            funding += terms[c].coefficient * fraction(terms[c].position)
                       * (*carry_.field(2 * terms[c].slot + 1) - raw(layout_.value_baseline(c)));
        return funding;
    }

    /// Take everything away: positions, balances, debts (takeover, or limited liability).
    BRINK_EVENT void clear() const
    {
        for (std::int32_t p = 0; p < layout_.num_positions; ++p)
            set_fraction(p, 0.0);
        for (std::int32_t h = 0; h < layout_.num_holdings; ++h) {
            raw(layout_.balance(h)) = 0.0;
            clear_debt(h);
        }
        if (has_bands())
            scale_bands(0.0);
    }
    /// Leave a share of every band.
    BRINK_EVENT void scale_bands(double share) const
    {
        raw(layout_.balance(account_->bands.holding)) *= share;
        raw(layout_.band_value()) *= share;
        raw(layout_.band_stable()) *= share;
        for (std::int32_t f = layout_.stable_of_band(0); f < layout_.size(); ++f)
            raw(f) *= share;
    }
    BRINK_FN void clear_debt(std::int32_t h) const
    {
        raw(layout_.debt(h)) = 0.0;
        raw(layout_.principal(h)) = 0.0;
    }

    /// [numeraire] interest accrued on open debts and not yet settled.
    BRINK_EVENT double accrued_interest(double const* price) const
    {
        double value = 0.0;
        for (std::int32_t h = 0; h < layout_.num_holdings; ++h)
            if (owes(h))
                value += (owed(h) - raw(layout_.principal(h))) * price[holdings()[h].asset];
        return value;
    }

  private:
    /// Equal shares of the collateral, nothing converted.
    BRINK_EVENT void open_bands() const
    {
        LoanBands<double> const& bands = account_->bands;
        raw(layout_.band_price()) = bands.top;
        raw(layout_.band_value()) = bands.value;
        raw(layout_.band_stable()) = 0.0;
        for (std::int32_t k = 0; k < bands.count; ++k) {
            raw(layout_.stable_of_band(k)) = 0.0;
            raw(layout_.collateral_of_band(k)) = holdings()[bands.holding].balance / bands.count;
        }
    }

    BRINK_FN void borrow(std::int32_t h, double amount) const
    {
        raw(layout_.balance(h)) = 0.0;
        raw(layout_.debt(h)) += amount / growth(h);
        raw(layout_.principal(h)) += amount;
    }

    /// Use `available` coins against the debt of holding h; what is left is its balance.
    BRINK_FN void repay(std::int32_t h, double available, double price) const
    {
        double const debt = owed(h);
        double const share = available >= debt ? 1.0 : available / debt;
        double const principal = raw(layout_.principal(h));
        (*this)[AccountField::interest] += share * (debt - principal) * price;
        raw(layout_.balance(h)) = available >= debt ? available - debt : 0.0;
        if (share == 1.0) {
            clear_debt(h);
        } else {
            raw(layout_.debt(h)) *= 1.0 - share;
            raw(layout_.principal(h)) = principal * (1.0 - share);
        }
    }
};

/// An account with its unsettled carry, for looking only: a source for AccountAssessor.
class CarriedSource {
    AccountState const& state_;

  public:
    BRINK_FN explicit CarriedSource(AccountState const& state) : state_{state} {}
    BRINK_FN Held<double> held(std::int32_t h) const
    {
        return {state_.carried_balance(h), state_.owed(h), state_.owes(h)};
    }
    BRINK_FN double fraction(std::int32_t p) const { return state_.fraction(p); }
    BRINK_FN double band_value() const { return state_.band_value(); }
};

BRINK_END_ISA
