// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/replay/path_ledger.hpp"

namespace brink {

enum class LedgerSteps : std::uint8_t {
    with_events,  ///< and the first and the last
    all,
};

/// For people; ends with the outcomes of the path.
[[nodiscard]] std::string ledger_table(PathLedger const& ledger, LedgerSteps steps);

/// One line per account and step (`row` = state) and per event (`row` = event), all steps; those
/// that close the path at the horizon come last. Numbers come back bit by bit; a cell that does not
/// apply is empty.
[[nodiscard]] std::string ledger_csv(PathLedger const& ledger);

/// One line of JSON with all steps.
[[nodiscard]] std::string ledger_json(PathLedger const& ledger);

}  // namespace brink
