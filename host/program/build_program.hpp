// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/program/opening_values.hpp"
#include "host/program/program_tables.hpp"
#include "io/config/scenario.hpp"
#include "io/results/result.hpp"
#include "models/market/narrow_market.hpp"

namespace brink {

/// Accounts with outcome columns of their own at most: the first named ones.
inline constexpr std::int32_t max_account_columns = 32;

/// Groups of accounts with outcome columns of their own at most: the first by column and value.
inline constexpr std::size_t max_groups = 64;

/// What the numbers in a program stand for. Ids in results and ledgers are these.
struct ProgramNames {
    std::vector<std::string> assets;
    std::vector<std::string> instruments;
    std::vector<std::string> venues;
    std::vector<std::string> regimes;
    std::vector<std::string> carry_factors;     ///< `funding:BTC`, `borrow:USDC`, ...
    std::vector<std::string> owners;            ///< sorted
    std::vector<std::string> accounts;          ///< margin units, sorted by owner, then id
    std::vector<std::size_t> account_config;    ///< [accounts] index into Scenario::accounts
    std::vector<std::int32_t> account_columns;  ///< [accounts] outcome scope, -1: none
    std::vector<std::string> scopes;  ///< "book", "account:<id>", "group:<column>=<value>" and
                                      ///< "regime:<name>"
    /// [accounts] assets of its holdings and instruments of its positions, in their order
    std::vector<std::vector<std::int32_t>> holding_assets, position_instruments;
};

/// A scenario as the executors want it.
template<class T>
struct BuiltProgram {
    ProgramTables<T> tables;
    WideMarket market;
    ProgramNames names;
    int padded_assets{0};  ///< least compiled asset count of the CPU kernels that holds the assets
    OpeningValues opening;
    double opening_value{0};               ///< [numeraire] nav of the book and reserves at t_0
    std::vector<std::string> warnings;     ///< all recorded so far, the reader's included
    std::vector<std::string> assumptions;  ///< what the scenario takes for granted
    std::vector<MatrixRepair> correlation_repairs;
};

/// Turn a scenario that was read without problems into tables, market and names.
/// \tparam T number type of the hot way: float or double (`run.precision`)
/// \return nothing where problems were added; warnings are added in any case
template<class T>
[[nodiscard]] std::optional<BuiltProgram<T>> build_program(Scenario const& scenario,
                                                           Problems& problems);

}  // namespace brink
