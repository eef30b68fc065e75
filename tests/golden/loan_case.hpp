// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/owner_step.hpp"
#include "tests/golden/golden_account.hpp"
#include "tests/golden/golden_rules.hpp"

#include <array>
#include <limits>

namespace brink::test {

/// "8 WETH@2500 LF.95 liqCF.895", "100@0.4*0.3", "3000 GHO": what stands on one side of a loan.
struct Lot {
    double amount{0};
    std::string asset{"COIN"};
    double price{1};
    double ratio{0};   ///< after '*'
    double factor{0};  ///< after LF
};

/// Lots separated by '|' or '+', or a number of COIN. \throws NotCovered where it is none
[[nodiscard]] std::vector<Lot> parse_lots(Json const& value);

/// Lots of collateral against `debt` coins at `debt_price`, liquidated by `rule`.
[[nodiscard]] GoldenAccount loan_account(std::vector<Lot> const& lots, double debt,
                                         double debt_price, LiquidationConfig const& rule,
                                         double bonus);

/// One account under liquidation, with what its ledger says.
class LoanCase {
    GoldenBook book_;
    std::array<EventRow, 64> rows_{};
    EventLog log_{rows_.data(), static_cast<std::int32_t>(rows_.size()), 0};

  public:
    explicit LoanCase(GoldenAccount const& account) : book_{account}
    {
        book_.state().event().log = &log_;
    }

    [[nodiscard]] double health() { return health_of(book_.state().assess(0)); }
    [[nodiscard]] bool is_liquidatable() { return book_.state().is_liquidatable(0); }
    [[nodiscard]] double margin_equity() { return book_.state().assess(0).margin_equity; }
    [[nodiscard]] AccountState state() { return book_.state().event().state(0); }

    /// Holding of an asset.
    [[nodiscard]] std::int32_t holding(std::string const& asset)
    {
        for (std::int32_t h = 0; h < state().layout().num_holdings; ++h)
            if (name_of(h) == asset)
                return h;
        throw std::runtime_error{"no holding " + asset};
    }
    [[nodiscard]] double owed() { return state().owed(holding("DEBT")); }
    [[nodiscard]] double balance(std::string const& asset)
    {
        return state().balance(holding(asset));
    }
    [[nodiscard]] double deficit() { return state()[AccountField::deficit]; }

    /// One call that seizes `asset`; `repaid` [numeraire], or the most that pays.
    CollateralSeizer<max_assets>::Call call(std::string const& asset,
                                            std::optional<double> repaid = {})
    {
        CollateralSeizer<max_assets> seizer{book_.state().event(), 0};
        auto call = seizer.best_call(holding("DEBT"), holding(asset), health(),
                                     std::numeric_limits<double>::infinity());
        if (repaid) {
            call.repaid = *repaid;
            call.takes_debt = call.takes_collateral = false;
        }
        seizer.make(call);
        return call;
    }

    void liquidate() { Liquidator<max_assets>{book_.state().event(), 0}(); }

    [[nodiscard]] PoolAction pool_action()
    {
        return DebtOffsetter<max_assets>{book_.state().event(), 0}.action();
    }
    /// Takeover by the stability pool and the other borrowers, whether or not it is due.
    void offset() { DebtOffsetter<max_assets>{book_.state().event(), 0}(); }

    /// Sum of a member over the events of one kind.
    [[nodiscard]] double sum(EventKind kind, double EventRow::*member) const
    {
        double total = 0.0;
        for (std::int32_t i = 0; i < log_.size; ++i)
            if (rows_[static_cast<std::size_t>(i)].kind == kind)
                total += rows_[static_cast<std::size_t>(i)].*member;
        return total;
    }

  private:
    [[nodiscard]] std::string name_of(std::int32_t h)
    {
        return book_.assets().at(static_cast<std::size_t>(state().holdings()[h].asset));
    }
};

}  // namespace brink::test
