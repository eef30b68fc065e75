// SPDX-License-Identifier: Apache-2.0
#include "host/program/failure_builder.hpp"

#include <algorithm>
#include <cmath>

#include "io/config/duration.hpp"
#include "io/config/references.hpp"

namespace brink {
namespace {

constexpr double least_level = 1e-9;  ///< prices are logarithms and cannot be 0

}  // namespace

void set_failures(WideMarket& market, Scenario const& scenario)
{
    References const assets{"asset", scenario.assets};
    for (FailureConfig const& failure : scenario.market.failures) {
        auto& process = market.failures[market.num_failures++];
        process.mean_steps = seconds_per_year / (failure.rate * scenario.run.step);
        for (auto const& [name, level] : failure.levels) {
            std::size_t const i = assets.index_of(name);
            process.mask |= 1u << i;
            process.fall[i] = std::log2(std::max(level, least_level));
        }
        market.is_varying = 1;
    }
}

}  // namespace brink
