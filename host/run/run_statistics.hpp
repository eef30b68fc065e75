// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "host/run/account_table.hpp"
#include "host/run/batch_buffers.hpp"
#include "host/run/kept_rows.hpp"
#include "host/run/loss_parts.hpp"
#include "host/run/reduced_chunks.hpp"
#include "host/run/regime_occupancy.hpp"
#include "host/statistics/outcome_statistics.hpp"

namespace brink {

/// All statistics of a run, batch by batch. A function of the chunks absorbed, bit for bit,
/// whatever the number of threads and the chunks per batch.
class RunStatistics {
    Plan const& plan_;
    StatisticsConfig const& config_;
    struct Workers;
    std::unique_ptr<Workers> workers_;
    std::vector<ScopeStatistics> outcomes_;  ///< shape [scopes]
    PartMoments parts_{};
    RegimeMoments regimes_;
    RowKeeper rows_;
    std::optional<AccountTableCollector> table_;
    std::vector<std::uint8_t> fan_invalid_;  ///< shape [most paths of a fan]
    std::uint64_t num_invalid_{0};           ///< paths of the book

    struct Summaries;
    [[nodiscard]] std::size_t first_regime_scope() const;
    void find_invalid(std::vector<ChunkView> const& chunks);
    void summarise(std::vector<ChunkView> const& chunks, Summaries& summaries);
    void merge(std::vector<ChunkView> const& chunks, Summaries const& summaries);
    void mark_invalid(std::uint64_t path);

  public:
    /// \param plan, scenario outlive this object
    /// \throws std::system_error where tails cannot be had in memory or on disk
    RunStatistics(Plan const& plan, Scenario const& scenario, int threads);
    ~RunStatistics();

    /// The next chunks of the run, in ascending order.
    void absorb(std::vector<ChunkView> const& chunks);

    /// What to ask of an executor that reduces, as the cuts stand now.
    [[nodiscard]] ReduceRequest request() const;
    /// The next chunks of the run, reduced as `request` asked; their lists are moved from.
    void absorb(std::span<ChunkJob const> jobs, std::vector<ChunkReduction>& reductions);

    [[nodiscard]] std::uint64_t num_invalid() const { return num_invalid_; }
    /// `es_` of the book's loss at the highest configured level so far. Sorts the tail.
    [[nodiscard]] Estimate current_shortfall();

    /// Results. The statistics of a scope are given up as they are reported.
    [[nodiscard]] std::vector<OutcomeResult> take_outcomes(std::size_t scope,
                                                           std::string const& numeraire);
    [[nodiscard]] std::vector<WorstPath> worst_paths(std::size_t scope);
    [[nodiscard]] std::vector<double> tail_of_loss();
    [[nodiscard]] LossParts parts() const { return report_parts(parts_); }
    /// \param names shape [regimes]
    [[nodiscard]] RegimeTable regimes(std::vector<std::string> const& names) const;
    [[nodiscard]] OutcomeRows take_rows() { return rows_.take(); }
    [[nodiscard]] AccountTable table(std::vector<std::string> const& accounts) const;
    [[nodiscard]] std::vector<std::uint8_t> const& fan_invalid() const { return fan_invalid_; }
};

}  // namespace brink
