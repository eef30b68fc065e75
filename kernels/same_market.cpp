// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "kernels/group_executor.hpp"

namespace brink {

namespace {

/// Number of assets that the market moves: the rows of contracts and oracles follow them.
template<class T>
std::int32_t count_market_assets(Program<T> const& program)
{
    std::int32_t count = program.num_assets;
    for (Contract<T> const& contract : program.tables[program.rules.contracts])
        count = std::min(count, contract.row);
    for (Oracle<T> const& oracle : program.tables[program.oracles])
        count = std::min(count, oracle.row);
    return count;
}

/// Whether two tables have the same entries, as far as `read(entry)` keeps of them.
template<class Entry, class Read>
bool same_entries(Entries<Entry> a, Entries<Entry> b, Read read)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](Entry const& x, Entry const& y) { return read(x) == read(y); });
}
template<class Entry>
bool same_entries(Entries<Entry> a, Entries<Entry> b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// Without rows that programs write.
WideMarket moved_part(WideMarket market, std::int32_t num_market_assets)
{
    std::fill(market.initial_price + num_market_assets, std::end(market.initial_price), 0.0);
    return market;
}
template<class T>
RegimeTerms<T> moved_part(RegimeTerms<T> terms, std::int32_t num_market_assets)
{
    std::fill(terms.volatility + num_market_assets, std::end(terms.volatility), T(0));
    terms.depth = T(0);
    terms.funding = T(0);
    return terms;
}
/// Without what makes a rate of the state, and of the rate a debt.
template<class T>
CarryFactor<T> moved_part(CarryFactor<T> factor)
{
    factor.floor = T(0);
    factor.cap = T(0);
    factor.growth = T(0);
    factor.carry_field = 0;
    return factor;
}

}  // namespace

template<class T>
bool same_market(ProgramInput<T> const& a, ProgramInput<T> const& b)
{
    Program<T> const& p = a.program;
    Program<T> const& q = b.program;
    std::int32_t const assets = count_market_assets(p);
    auto const same = [&](auto slice) {
        return same_entries(p.tables[p.*slice], q.tables[q.*slice]);
    };
    return a.padded_assets == b.padded_assets && assets == count_market_assets(q)
           && p.key.lo == q.key.lo && p.key.hi == q.key.hi && p.replicate == q.replicate
           && p.num_steps == q.num_steps && p.market_fields == q.market_fields
           && moved_part(a.market, assets) == moved_part(b.market, assets)
           && same_entries(p.tables[p.regimes], q.tables[q.regimes],
                           [&](RegimeTerms<T> const& terms) { return moved_part(terms, assets); })
           && same_entries(p.tables[p.carry_factors], q.tables[q.carry_factors],
                           [](CarryFactor<T> const& factor) { return moved_part(factor); })
           && same(&Program<T>::phases) && same(&Program<T>::shocks) && same(&Program<T>::history)
           && same(&Program<T>::mixings) && same(&Program<T>::copula);
}

template bool same_market(ProgramInput<float> const&, ProgramInput<float> const&);
template bool same_market(ProgramInput<double> const&, ProgramInput<double> const&);

}  // namespace brink
