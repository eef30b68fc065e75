// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_reader.hpp"
#include "io/results/hdf5_writer.hpp"
#include "io/results/result.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The groups of a result file, each with its writer and its reader side by side. A writer leaves
/// its group out where there is nothing to write; the reader then returns what an empty Result has.
/// Writers throw hdf5::Error or std::invalid_argument where shapes within the Result do not agree.
namespace brink {

/// Root attributes and /provenance.
void write_provenance(hdf5::GroupWriter const& root, Provenance const& provenance,
                      std::string_view filetype);
[[nodiscard]] Provenance read_provenance(hdf5::GroupReader const& root);

/// /statistics: dims (scope, outcome, statistic).
void write_statistics(hdf5::GroupWriter const& root, Result const& result);
[[nodiscard]] std::vector<ScopeResult> read_statistics(hdf5::GroupReader const& root);

/// /histograms/<outcome>: dims (scope, bin). The reader adds to the scopes read before.
void write_histograms(hdf5::GroupWriter const& root, Result const& result);
void read_histograms(hdf5::GroupReader const& root, std::vector<ScopeResult>& scopes);

/// /fans/<quantity>: dims (scope, level, time).
void write_fans(hdf5::GroupWriter const& root, Result const& result);
void read_fans(hdf5::GroupReader const& root, std::vector<ScopeResult>& scopes);

/// /accounts: dims (outcome, account) and (exceedance_level, account).
void write_account_table(hdf5::GroupWriter const& root, AccountTable const& table,
                         std::string_view numeraire);
[[nodiscard]] AccountTable read_account_table(hdf5::GroupReader const& root);

/// /correlation_repair, /correlation_repair:<regime>: dims (asset, other_asset).
void write_correlation_repairs(hdf5::GroupWriter const& root,
                               std::vector<MatrixRepair> const& repairs);
/// \param regimes names of those in the result
[[nodiscard]] std::vector<MatrixRepair> read_correlation_repairs(
    hdf5::GroupReader const& root, std::vector<std::string> const& regimes);

/// /regimes: dims (regime).
void write_regimes(hdf5::GroupWriter const& root, RegimeTable const& regimes);
[[nodiscard]] RegimeTable read_regimes(hdf5::GroupReader const& root);

/// /worst_paths: dims (scope, rank). /paths, /parts, /tails: one-dimensional.
void write_path_tables(hdf5::GroupWriter const& root, Result const& result);
void read_path_tables(hdf5::GroupReader const& root, Result& result);

}  // namespace brink
