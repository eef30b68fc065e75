// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/lanes.hpp"
#include "models/core/pick.hpp"
#include "models/instruments/black76.hpp"

namespace brink {

/// How the price of a contract follows from those of its base and quote.
enum class ContractKind : std::int32_t {
    forward,   ///< base grown by the basis to expiry: the mark leg of a linear future
    discount,  ///< quote shrunk by it: the mark leg of an inverse future
    call,
    put
};

/// A dated contract. Its price is a row among the prices of the assets, so that a position in it is
/// two legs like any other. Owner: host, which validates: strike > 0 of an option, volatility > 0.
template<class T>
struct Contract {
    std::int32_t row;     ///< index among the assets
    std::int32_t base;    ///< asset
    std::int32_t quote;   ///< asset of the strike
    std::int32_t factor;  ///< carry factor whose level is the implied volatility of base; -1: none
    ContractKind kind;
    T strike;       ///< [quote]
    T basis;        ///< [1/year] continuously compounded growth from spot to forward
    T volatility;   ///< [1/year^(1/2)] implied; with a factor: over the factor's level
    double expiry;  ///< [s] since t_0

    bool operator==(Contract const&) const = default;
};

/// Where a path keeps what contract c is valued with now, in Workspace::carry.
struct ContractFields {
    std::int32_t first;

    BRINK_FN std::int32_t volatility(std::int32_t c) const { return first + 2 * c; }
    BRINK_FN std::int32_t years(std::int32_t c) const { return first + 2 * c + 1; }  ///< >= 0
    BRINK_FN static std::int32_t size(std::int32_t num_contracts) { return 2 * num_contracts; }
};

}  // namespace brink

BRINK_BEGIN_ISA

BRINK_FN constexpr bool is_option(ContractKind kind)
{
    return kind == ContractKind::call || kind == ContractKind::put;
}

/// What a contract is valued with besides prices.
template<class F>
struct ContractTerms {
    F volatility;  ///< [1/year^(1/2)]
    F years;       ///< to expiry, >= 0
};

/// Reads the terms of contract c in force: `read(c)`.
template<class F>
struct ContractReader {
    LaneFields<double> carry;
    ContractFields fields;

    BRINK_FN ContractTerms<F> operator()(std::int32_t c) const
    {
        return {load_narrow<F>(carry.field(fields.volatility(c))),
                load_narrow<F>(carry.field(fields.years(c)))};
    }
};

/// [numeraire] of one unit of the contract, and per unit of base what an option moves by.
/// \param base, quote [numeraire] prices
template<class F>
BRINK_FN OptionValue<F> value_contract(Contract<value_t<F>> const& contract, F base, F quote,
                                       ContractTerms<F> const& now)
{
    using T = value_t<F>;
    constexpr T log2e = T(1.4426950408889634);
    F const growth = exp2_(F(contract.basis * log2e) * now.years);
    switch (contract.kind) {
        case ContractKind::forward:
            return {base * growth, growth};
        case ContractKind::discount:
            return {quote / growth, F(T(0))};
        default:
            break;
    }
    OptionRight const right =
        contract.kind == ContractKind::call ? OptionRight::call : OptionRight::put;
    OptionValue<F> const option = black76(right, base * growth, F(contract.strike) * quote,
                                          now.volatility * vsqrt(now.years));
    return {option.value, option.delta * growth};
}

BRINK_END_ISA
