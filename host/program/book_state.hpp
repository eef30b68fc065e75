// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/market_view.hpp"
#include "models/path/contract_step.hpp"
#include "models/path/oracle_step.hpp"
#include "models/path/owner_step.hpp"

#include <span>
#include <vector>

namespace brink {

/// The accounts of a program as they opened, at any prices, by the same functions in double that
/// paths use: the world of a path on which nothing has happened yet.
template<class T>
class BookState {
    Program<T> program_;
    std::vector<double> record_;
    std::vector<double> carry_;
    std::vector<double> multiplier_;  ///< of volatilities and depth: 1
    PathEvent<max_assets> event_;

  public:
    /// \param program its block outlives this object
    /// \param prices [numeraire] per asset, at most max_assets
    BookState(Program<T> const& program, std::span<double const> prices);
    BookState(BookState const&) = delete;
    BookState& operator=(BookState const&) = delete;

    [[nodiscard]] Program<T> const& program() const { return program_; }
    [[nodiscard]] PathEvent<max_assets>& event() { return event_; }
    [[nodiscard]] PathEvent<max_assets> const& event() const { return event_; }

    [[nodiscard]] double price(std::int32_t asset) const { return event_.price[asset]; }
    /// Prices of contracts follow, and what oracles read.
    void set_price(std::int32_t asset, double price)
    {
        event_.price[asset] = price;
        price_rows();
    }

    /// Whether the row is that of a dated contract, whose price follows from those of assets.
    [[nodiscard]] bool is_contract(std::int32_t asset) const
    {
        for (Contract<T> const& contract : program_.tables[program_.rules.contracts])
            if (contract.row == asset)
                return true;
        return false;
    }

    /// The oracle whose row it is, or null.
    [[nodiscard]] Oracle<T> const* oracle_of(std::int32_t asset) const
    {
        for (Oracle<T> const& oracle : program_.tables[program_.oracles])
            if (oracle.row == asset)
                return &oracle;
        return nullptr;
    }
    /// Whether the row's price follows from those of assets.
    [[nodiscard]] bool is_derived(std::int32_t asset) const
    {
        return is_contract(asset) || oracle_of(asset) != nullptr;
    }

    [[nodiscard]] Entries<Owner> owners() const { return program_.tables[program_.owners]; }
    [[nodiscard]] std::int32_t num_accounts() const { return event_.accounts.size(); }
    [[nodiscard]] Owner const& owner_of(std::int32_t account) const
    {
        return owners()[event_.accounts[account].owner];
    }

    /// Margin equity, MM, IM (whatever the call rule) and exposure.
    [[nodiscard]] Assessment<double> assess(std::int32_t account) const;
    /// [numeraire]
    [[nodiscard]] double net_asset_value(std::int32_t account) const;
    /// [numeraire] nav as the owner has it: not below 0 where the venue has no recourse.
    [[nodiscard]] double owed_value(std::int32_t account) const;
    /// [numeraire] reserve of an owner.
    [[nodiscard]] double reserve_value(Owner const& owner) const;
    /// Whether the account is in breach of its call level.
    [[nodiscard]] bool is_called(std::int32_t account) const;
    [[nodiscard]] bool is_liquidatable(std::int32_t account) const;
    /// Whether nav <= 0 with a position or a debt open.
    [[nodiscard]] bool is_bankrupt(std::int32_t account) const;

  private:
    void price_rows();
};

extern template class BookState<float>;
extern template class BookState<double>;

}  // namespace brink
