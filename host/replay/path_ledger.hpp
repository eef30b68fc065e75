// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "host/run/scenario_engine.hpp"
#include "models/path/event_log.hpp"
#include "models/path/outcome.hpp"
#include "models/path/workspace.hpp"

namespace brink {

/// What a path was regenerated from, and with.
struct LedgerOrigin {
    std::uint64_t seed{0};
    std::string scenario_hash;         ///< of what was run here
    std::string arithmetic;            ///< used here
    std::string result_scenario_hash;  ///< as the result names it; empty: no result was given
    std::string result_arithmetic;
};

/// An outcome that was regenerated otherwise than it was recorded.
struct Difference {
    std::string scope;
    std::string outcome;
    double recorded{0};
    double regenerated{0};
};

/// A venue's insurance fund over one path [numeraire].
struct FundLine {
    std::string venue;
    double opening{0};
    double inflow{0};
    double draw{0};
    double closing{0};
    double bad_debt{0};  ///< deficits that it did not meet
};

/// One path step by step. Row k is time t_k after the events of that step.
struct PathLedger {
    std::uint64_t path{0};
    LedgerOrigin origin;
    std::vector<Difference> differences;
    UnixSeconds as_of{0};
    double step_seconds{0};
    std::string numeraire;
    ProgramNames names;
    std::vector<std::vector<std::string>> responses;  ///< [owners] actions of its policy
    std::vector<double> opening_funds;                ///< [numeraire] shape [venues]
    std::vector<std::int32_t> owner_of_accounts;      ///< shape [accounts]
    std::size_t num_rows{0};                          ///< K + 1
    std::vector<double> prices;                       ///< [numeraire] shape [num_rows][assets]
    std::vector<double> carry_levels;  ///< [1/year] or implied volatility, [num_rows][factors]
    std::vector<TraceRow> accounts;    ///< shape [num_rows][accounts]
    std::vector<HoldingRow> holdings;  ///< shape [num_rows][holdings of all]
    std::vector<double> contracts;     ///< shape [num_rows][positions of all]
    std::vector<double> outside;  ///< [numeraire] reserve and posts under way, [num_rows][owners]
    std::vector<double> outside_coins;    ///< [coin] the same, [num_rows][owners][assets]
    std::vector<EventRow> events;         ///< in order of time; closing the path, after all steps
    std::size_t num_step_events{0};       ///< of them, those before the closing at the horizon
    std::vector<double> outcomes;         ///< as a run computes them, [scopes][num_columns]
    std::vector<double> traced_outcomes;  ///< as the steps give them, likewise

    [[nodiscard]] double seconds(std::size_t row) const
    {
        return static_cast<double>(row) * step_seconds;
    }
    [[nodiscard]] double price(std::size_t row, std::size_t asset) const
    {
        return prices[row * names.assets.size() + asset];
    }
    [[nodiscard]] double carry_level(std::size_t row, std::size_t factor) const
    {
        return carry_levels[row * names.carry_factors.size() + factor];
    }
    [[nodiscard]] TraceRow const& account(std::size_t row, std::size_t idx) const
    {
        return accounts[row * names.accounts.size() + idx];
    }
    [[nodiscard]] double owner_outside(std::size_t row, std::size_t owner) const
    {
        return outside[row * names.owners.size() + owner];
    }
    [[nodiscard]] double outcome(std::size_t scope, Column column) const
    {
        return outcomes[scope * num_columns + static_cast<std::size_t>(column)];
    }
};

/// Run the paths around `path` again, once for the outcomes as the run computed them and once for
/// the steps. Events that these two give otherwise are the first differences.
[[nodiscard]] PathLedger trace_path(ScenarioEngine& engine, Scenario const& scenario,
                                    std::uint64_t path);

/// A difference as a sentence.
[[nodiscard]] std::string difference_text(Difference const& difference);

/// Shape [venues].
[[nodiscard]] std::vector<FundLine> fund_lines(PathLedger const& ledger);

enum class LedgerStatus : std::uint8_t { open, called, closed, bankrupt };

/// Status of every account after each step, shape [num_rows][accounts].
[[nodiscard]] std::vector<LedgerStatus> statuses_of(PathLedger const& ledger);

[[nodiscard]] std::string status_name(LedgerStatus status);

}  // namespace brink
