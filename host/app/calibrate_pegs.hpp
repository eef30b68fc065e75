// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "host/app/calibrate_options.hpp"
#include "io/market_data/price_history.hpp"

namespace brink {

/// `brink calibrate --model peg`: fits, writes the market file and prints what was found; returns
/// the exit status. No returns are aligned, since each peg is fitted by itself.
/// \param command what makes the same file again, for its header
/// \param selection assets are those of --assets; the columns of references are added
[[nodiscard]] int run_pegs(CalibrateOptions const& options, std::string const& command,
                           std::vector<HistorySource> const& files, HistorySelection selection,
                           Problems& problems);

}  // namespace brink
