// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/account_report.hpp"
#include "io/config/scenario.hpp"

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The book at prices of the user's choice, without simulation.
namespace brink {

/// Prices from `--price ASSET=NUMBER` options; wrong ones are problems of the command line (64).
[[nodiscard]] std::vector<AssetPrice> parse_price_options(std::vector<std::string> const& options,
                                                          Problems& problems);

/// Assess every account of a scenario that was read without problems, at its own prices but for
/// `overrides`. \return nothing where problems were added (unknown asset, price not above zero, or
/// whatever keeps the scenario from being built)
[[nodiscard]] std::optional<AssessReport> run_assess(Scenario const& scenario,
                                                     std::vector<AssetPrice> const& overrides,
                                                     Problems& problems);

enum class AssessDetail { totals, terms };

/// Text tables for a person: one block per account, with the terms of each total on request.
[[nodiscard]] std::string assess_table(AssessReport const& report,
                                       AssessDetail detail = AssessDetail::totals);

/// One JSON object on one line, with its newline. Missing prices and an infinite health are null.
[[nodiscard]] std::string assess_json(AssessReport const& report);

/// Follow prices: one JSON object per line of `updates`, `{"BTC": 61000, "time": "..."}`; assets
/// not named keep their price. Writes one JSON line per good update to `out`, flushed, with the
/// accounts whose status changed (all of them on the first). A bad line changes nothing and is
/// reported to `errors` with its number. \return ok, or data (65) where a line was bad; the code of
/// `problems` where it gained some
ExitCode watch_prices(Scenario const& scenario, std::istream& updates, std::ostream& out,
                      std::ostream& errors, Problems& problems);

}  // namespace brink
