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

/// One path step by step. Row k is time t_k after the events of that step.
struct PathLedger {
    std::uint64_t path{0};
    UnixSeconds as_of{0};
    double step_seconds{0};
    std::string numeraire;
    ProgramNames names;
    std::vector<std::int32_t> owner_of_accounts;  ///< shape [accounts]
    std::size_t num_rows{0};                      ///< K + 1
    std::vector<double> prices;                   ///< [numeraire] shape [num_rows][assets]
    std::vector<TraceRow> accounts;               ///< shape [num_rows][accounts]
    std::vector<double> outside;   ///< [numeraire] reserve and posts under way, [num_rows][owners]
    std::vector<EventRow> events;  ///< in order of time
    std::array<double, num_columns> outcomes{};  ///< of the book, by Column

    [[nodiscard]] double seconds(std::size_t row) const
    {
        return static_cast<double>(row) * step_seconds;
    }
    [[nodiscard]] double price(std::size_t row, std::size_t asset) const
    {
        return prices[row * names.assets.size() + asset];
    }
    [[nodiscard]] TraceRow const& account(std::size_t row, std::size_t idx) const
    {
        return accounts[row * names.accounts.size() + idx];
    }
    [[nodiscard]] double owner_outside(std::size_t row, std::size_t owner) const
    {
        return outside[row * names.owners.size() + owner];
    }
};

/// Run the paths around `path` again, once for the outcomes as the run computed them and once for
/// the steps.
[[nodiscard]] PathLedger trace_path(ScenarioEngine& engine, Scenario const& scenario,
                                    std::uint64_t path);

enum class LedgerStatus : std::uint8_t { open, called, closed, bankrupt };

/// Status of every account after each step, shape [num_rows][accounts].
[[nodiscard]] std::vector<LedgerStatus> statuses_of(PathLedger const& ledger);

[[nodiscard]] std::string status_name(LedgerStatus status);
[[nodiscard]] std::string event_name(EventKind kind);
/// Asset, instrument or response that an event is about; empty where none.
[[nodiscard]] std::string item_name(PathLedger const& ledger, EventRow const& event);

}  // namespace brink
