// SPDX-License-Identifier: Apache-2.0
#include "io/config/alternatives.hpp"

#include <array>
#include <utility>

namespace brink {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array alternatives{
    Pair{"rate", "curve"},                            // of [[venue.borrow]]
    Pair{"tiers", "from_liquidity"},                  // of [[venue.collateral]]
    Pair{"liquidation_bonus", "liquidation_factor"},  // of the same
};

}  // namespace

void drop_alternatives(ConfigNode& table, std::string_view key)
{
    for (auto const& [one, other] : alternatives)
        if (key == one || key == other)
            (void)table.take(key == one ? other : one);
}

}  // namespace brink
