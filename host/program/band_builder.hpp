// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/program/program_draft.hpp"
#include "host/program/scenario_index.hpp"
#include "io/config/problem.hpp"
#include "io/config/scenario.hpp"

namespace brink {

[[nodiscard]] BandTerms make_bands(VenueConfig const& venue);

/// Lay the collateral of an account into its venue's bands: the first one is at `band_top`, or as
/// low as the venue lends so much (controller.vy _calculate_debt_n1, without its rounding to a
/// band). A loan that is too large for that is a problem. \param draft its holdings are complete
void lay_into_bands(AccountConfig const& account, VenueConfig const& venue,
                    std::vector<CurveDraft> const& curves, std::vector<Asset> const& assets,
                    AccountDraft& draft, Problems& problems);

}  // namespace brink
