// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "host/run/account_table.hpp"
#include "host/run/batch_buffers.hpp"
#include "host/run/health_fans.hpp"
#include "host/run/kept_rows.hpp"
#include "host/run/loss_parts.hpp"
#include "host/run/reduced_chunks.hpp"
#include "host/run/regime_occupancy.hpp"
#include "host/statistics/outcome_statistics.hpp"
#include "io/results/statistics_state.hpp"

namespace brink {

/// All statistics of a run, batch by batch. A function of the chunks absorbed, bit for bit,
/// whatever the number of threads and the chunks per batch.
class RunStatistics {
    Plan const& plan_;
    StatisticsConfig const& config_;
    struct Workers;
    std::unique_ptr<Workers> workers_;
    std::vector<ScopeStatistics> outcomes_;  ///< shape [scopes]
    std::array<ChunkTree<Moments>, loss_part_names.size()> parts_;
    std::vector<ChunkTree<Moments>> regimes_;  ///< shape [regimes]
    RowKeeper rows_;
    std::optional<AccountTableCollector> table_;
    HealthFans fans_;
    std::vector<Fan> finished_fans_;  ///< once all of their paths were absorbed
    std::uint64_t num_invalid_{0};  ///< paths of the book
    std::optional<std::uint64_t> first_chunk_;
    std::uint64_t end_chunk_{0};
    std::vector<std::uint64_t> checksums_;  ///< of the chunks absorbed

    struct Summaries;
    [[nodiscard]] std::size_t first_regime_scope() const;
    [[nodiscard]] std::size_t num_series() const;
    [[nodiscard]] ChunkTree<Moments>& series(std::size_t idx);
    void find_invalid(std::vector<ChunkView> const& chunks);
    void summarise(std::vector<ChunkView> const& chunks, Summaries& summaries);
    void merge(Summaries& summaries);
    void merge_accounts(std::vector<ChunkView> const& chunks);
    void mark_invalid(std::uint64_t path);
    void extend_range(std::uint64_t first_chunk, std::uint64_t end_chunk);
    [[nodiscard]] std::uint64_t num_fans() const;
    [[nodiscard]] bool has_fans(SavedFans const& saved, std::uint64_t first,
                                std::uint64_t end) const;
    [[nodiscard]] SavedFans save_fans();

  public:
    /// \param plan, scenario outlive this object
    /// \param path_cap most paths that it is to absorb: decides how deep tails are kept
    /// \throws std::system_error where tails cannot be had in memory or on disk
    RunStatistics(Plan const& plan, Scenario const& scenario, int threads, std::uint64_t path_cap);
    ~RunStatistics();

    /// Memory of the fans, for the executor to write to.
    [[nodiscard]] HealthFans& fans() { return fans_; }

    /// The next chunks of the run, in ascending order.
    void absorb(std::vector<ChunkView> const& chunks);

    /// What to ask of an executor that reduces, as the cuts stand now.
    [[nodiscard]] ReduceRequest request() const;
    /// The next chunks of the run, reduced as `request` asked; their lists are moved from.
    void absorb(std::span<ChunkJob const> jobs, std::vector<ChunkReduction>& reductions);

    /// Why what was saved of a run cannot be gone on with here, though scenario and arithmetic are
    /// the same: it keeps too little. Empty where it can.
    [[nodiscard]] std::string obstacle(StatisticsState const& saved) const;
    /// Chunks later than those absorbed that were absorbed elsewhere.
    /// Precondition: no `obstacle`. \throws std::logic_error where shapes differ
    void absorb(StatisticsState const& saved);
    /// All that was absorbed. Tails are views that end with the next `absorb`. Sorts them.
    [[nodiscard]] StatisticsState save();

    [[nodiscard]] std::uint64_t num_invalid() const { return num_invalid_; }
    /// `es_` of the book's loss at the highest configured level so far. Sorts the tail.
    [[nodiscard]] Estimate current_shortfall();

    /// Results. The statistics of a scope are given up as they are reported.
    [[nodiscard]] std::vector<OutcomeResult> take_outcomes(std::size_t scope,
                                                           std::string const& numeraire);
    [[nodiscard]] std::vector<WorstPath> worst_paths(std::size_t scope);
    [[nodiscard]] std::vector<double> tail_of_loss();
    [[nodiscard]] LossParts parts() const;
    /// \param names shape [regimes]
    [[nodiscard]] RegimeTable regimes(std::vector<std::string> const& names) const;
    [[nodiscard]] OutcomeRows take_rows() { return rows_.take(plan_.kept_rows); }
    [[nodiscard]] AccountTable table(std::vector<std::string> const& accounts);
    /// One fan of the book and of each named account, or none.
    [[nodiscard]] std::vector<Fan> report_fans();
};

}  // namespace brink
