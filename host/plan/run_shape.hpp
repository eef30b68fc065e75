// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "host/program/build_program.hpp"

namespace brink {

/// The sizes of a run, as far as memory, work and output follow from them.
struct RunShape {
    std::uint64_t paths{0};
    std::uint64_t steps{0};
    std::uint64_t assets{0};    ///< without padding
    std::uint64_t accounts{0};  ///< margin units
    std::uint64_t scopes{1};    ///< with columns of their own: the book, named accounts, groups
    std::uint64_t regimes{0};   ///< of these, the last: paths that enter a regime
    std::uint64_t account_scopes{0};     ///< of these, named accounts: they follow the book
    std::uint64_t fan_paths{0};          ///< of the book's fan, at most `paths`
    std::uint64_t account_fan_paths{0};  ///< of a named account's fan, at most `paths`
    std::uint64_t fan_times{0};
    std::uint64_t fan_stride{1};  ///< [steps] between two times of the fan
    double step_seconds{0};
    bool account_table{false};  ///< moments of every account are collected

    /// Health values of every account fan together: [scope - 1][fan time][path].
    [[nodiscard]] std::uint64_t account_fan_values() const
    {
        return account_scopes * fan_times * account_fan_paths;
    }
};

template<class T>
[[nodiscard]] RunShape shape_of(Scenario const& scenario, BuiltProgram<T> const& built)
{
    Program<T> const program = built.tables.view();
    RunShape shape;
    shape.paths = scenario.run.paths;
    shape.steps = static_cast<std::uint64_t>(program.num_steps);
    shape.assets = static_cast<std::uint64_t>(program.num_assets);
    shape.accounts = built.names.accounts.size();
    shape.scopes = static_cast<std::uint64_t>(program.num_scopes);
    shape.regimes = static_cast<std::uint64_t>(program.num_scopes - program.first_regime_scope);
    shape.account_scopes = static_cast<std::uint64_t>(program.num_account_scopes);
    shape.fan_paths = std::min(scenario.statistics.fan_paths, scenario.run.paths);
    shape.account_fan_paths = std::min(scenario.statistics.account_fan_paths, scenario.run.paths);
    shape.fan_times = static_cast<std::uint64_t>(program.fan_times);
    shape.fan_stride = static_cast<std::uint64_t>(program.fan_stride);
    shape.step_seconds = program.step_seconds;
    shape.account_table = program.account_table != 0;
    return shape;
}

}  // namespace brink
