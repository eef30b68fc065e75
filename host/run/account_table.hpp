// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/run/batch_buffers.hpp"
#include "host/statistics/account_moments.hpp"
#include "io/results/result.hpp"

namespace brink {

/// Moments of every account of a large book: sums per chunk, taken in parallel, merged in chunk
/// order. Only where the scenario has accounts without columns of their own.
class AccountTableCollector {
    std::vector<double> thresholds_;  ///< [numeraire] of loss
    AccountSumsShape shape_;
    AccountMoments moments_;
    /// One per chunk in flight.
    struct Slot {
        AccountChunk memory;
        std::optional<AccountSums> sums;
    };
    std::vector<Slot> slots_;

  public:
    /// \param exceedances [numeraire] loss levels that are counted
    AccountTableCollector(Plan const& plan, std::vector<double> exceedances);

    /// Sum up a chunk in place `slot`; different slots may run at the same time.
    void summarise(std::size_t slot, ChunkView const& chunk);
    /// In ascending order of chunks, one caller at a time.
    void merge(std::size_t slot, ChunkView const& chunk);

    [[nodiscard]] AccountMoments const& moments() const { return moments_; }
    /// Of later chunks than those merged.
    void merge(SavedAccounts const& saved, std::vector<ChunkTree<AccountCells>::Block> sums)
    {
        moments_.merge(saved, std::move(sums));
    }

    [[nodiscard]] AccountTable report(std::vector<std::string> const& accounts);
};

/// Names of the table's columns in the order of TableColumn.
[[nodiscard]] std::vector<std::string> const& table_outcomes();

}  // namespace brink
