// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <string>
#include <vector>

/// \file
/// What a venue's rules do not rest on a publication for: the keys `unverified`, `inferred` and
/// `assumed` of [[venue]], which name keys (`call_health`, `liquidation.fee`), tables (`borrow`) or
/// rows (`schedules.BTCUSDT`, `collateral.BTC`).
namespace brink {

/// One of these lists, and what of it takes part in the scenario.
struct EvidenceNote {
    std::string standing;            ///< "unverified", "inferred" or "assumed"
    std::vector<std::string> names;  ///< as written
};

/// The lists that are not empty, without rows that the venue does not have.
[[nodiscard]] std::vector<EvidenceNote> evidence_notes(VenueConfig const& venue);

/// Names that are no key of a venue, or that two of the lists have, are problems.
void check_evidence(VenueConfig const& venue, Problems& problems);

}  // namespace brink
