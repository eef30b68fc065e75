// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/statistics/outcome_statistics.hpp"
#include "io/config/scenario.hpp"

namespace brink {

/// Two-sided, of every interval in a result.
inline constexpr double result_confidence = 0.95;

/// \param texts decimals that the reader has checked
[[nodiscard]] std::vector<DecimalLevel> parse_levels(std::vector<std::string> const& texts);

enum class ScopeKind : std::uint8_t { book, account };  ///< a group is as an account

/// Of the scopes of a run: the book is the first.
[[nodiscard]] inline ScopeKind scope_kind(std::size_t scope)
{
    return scope == 0 ? ScopeKind::book : ScopeKind::account;
}

/// Index in `outcome_list` of the outcome by which a scope's worst paths are ranked: `loss` of the
/// book, and `loss_account` of an account or a group, whose `loss` is that of their owners.
[[nodiscard]] std::size_t worst_outcome(ScopeKind scope);

/// What is computed of each outcome of one scope, in the order of `outcome_list`; path ids of the
/// worst are kept for `worst_outcome`.
/// \param path_cap paths of the run
/// \param spill_directory where tails live as nameless files; empty = memory
[[nodiscard]] std::vector<OutcomeSpec> make_outcome_specs(StatisticsConfig const& config,
                                                          std::uint64_t path_cap, ScopeKind scope,
                                                          std::string const& spill_directory);

/// Rows of outcomes that `[output] outcomes` keeps of a run of so many paths.
[[nodiscard]] std::uint64_t num_kept_rows(Scenario const& scenario, std::uint64_t paths);

/// Paths up to which a run can be extended: tails and rows are kept as deep as theirs must be.
[[nodiscard]] std::uint64_t num_depth_paths(Scenario const& scenario);

/// Rows that `outcomes = "tail"` keeps at most, whatever the number of paths.
inline constexpr std::uint64_t most_tail_rows = 131'072;

}  // namespace brink
