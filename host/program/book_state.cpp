// SPDX-License-Identifier: Apache-2.0
#include "host/program/book_state.hpp"

#include <algorithm>

namespace brink {

template<class T>
BookState<T>::BookState(Program<T> const& program, std::span<double const> prices)
    : program_{program},
      record_(static_cast<std::size_t>(program.record_fields), 0.0),
      carry_(static_cast<std::size_t>(program.carry_fields), 0.0),
      multiplier_(max_assets + 1, 1.0),
      event_{program.tables,
             program.tables[program.assets],
             program.tables[program.instruments],
             program.tables[program.venues],
             program.tables[program.bonuses],
             program.tables[program.exact_accounts],
             AccountAssessor<max_assets, double>{program, program.exact_rules,
                                                 LaneFields<double>{carry_.data(), 1}},
             program.key,
             program.replicate,
             0,
             0,
             0.0,
             program.step_seconds,
             program.as_of,
             LaneFields<double>{multiplier_.data(), 1},
             {},
             {},
             LaneFields<double>{record_.data(), 1},
             LaneFields<double>{carry_.data(), 1},
             nullptr}
{
    std::copy_n(prices.begin(), std::min<std::size_t>(prices.size(), max_assets), event_.price);
    price_rows();
    for (Owner const& owner : owners())
        OwnerStep<max_assets>{event_, owner, program_.num_assets}.open();
}

/// In the number type of the paths, so that the book opens at their prices. Oracles stand at what
/// they read, as at t_0.
template<class T>
void BookState<T>::price_rows()
{
    if (program_.rules.contracts.size == 0 && program_.oracles.size == 0)
        return;
    T prices[max_assets];
    for (int i = 0; i < max_assets; ++i)
        prices[i] = static_cast<T>(event_.price[i]);
    Entries<CarryFactor<T>> const factors = program_.tables[program_.carry_factors];
    LaneFields<double> const carry{carry_.data(), 1};
    ContractStep<T>{program_, program_.rules, program_.tables, carry}(
        0.0, prices, [&](std::int32_t factor) { return exp2_(factors[factor].initial); });
    OracleStep<T>{program_, program_.tables, carry}(0, prices);
    for (std::int32_t i = 0; i < program_.num_assets; ++i)
        if (is_derived(i))
            event_.price[i] = static_cast<double>(prices[i]);
}

template<class T>
Assessment<double> BookState<T>::assess(std::int32_t account) const
{
    AccountState const state = event_.state(account);
    return event_.assess(state.account(), state, event_.price, Margins::all);
}

template<class T>
double BookState<T>::net_asset_value(std::int32_t account) const
{
    return event_.net_asset_value(event_.state(account));
}

template<class T>
double BookState<T>::owed_value(std::int32_t account) const
{
    double const nav = net_asset_value(account);
    return event_.venue_of(account).recourse != 0 ? nav : std::max(nav, 0.0);
}

template<class T>
double BookState<T>::reserve_value(Owner const& owner) const
{
    Entries<double> const reserve = program_.tables[owner.reserve];
    double value = 0.0;
    for (std::int32_t i = 0; i < program_.num_assets; ++i)
        value += reserve[i] * event_.price[i];
    return value;
}

template<class T>
bool BookState<T>::is_called(std::int32_t account) const
{
    Ladder<double> const& ladder = event_.ladder_of(account);
    AccountState const state = event_.state(account);
    Assessment<double> const now = event_.assess(state.account(), state, event_.price);
    return breaches(ladder, now, call_level(ladder, now));
}

template<class T>
bool BookState<T>::is_liquidatable(std::int32_t account) const
{
    Ladder<double> const& ladder = event_.ladder_of(account);
    AccountState const state = event_.state(account);
    Assessment<double> const now = event_.assess(state.account(), state, event_.price);
    return breaches(ladder, now, liquidation_level(ladder, now));
}

template<class T>
bool BookState<T>::is_bankrupt(std::int32_t account) const
{
    AccountState const state = event_.state(account);
    return (state.has_open_position() || state.has_debt()) && !(net_asset_value(account) > 0.0);
}

template class BookState<float>;
template class BookState<double>;

}  // namespace brink
