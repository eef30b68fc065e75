// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "host/statistics/chunk_summary.hpp"
#include "host/statistics/chunk_tree.hpp"
#include "host/statistics/decimal_level.hpp"
#include "host/statistics/histogram_export.hpp"
#include "host/statistics/ranked_sample.hpp"
#include "io/results/result.hpp"
#include "io/results/statistics_state.hpp"

namespace brink {

/// What to compute of one outcome of one scope.
struct OutcomeSpec {
    std::string name;  ///< one of the outcome list, e.g. "loss"
    OutcomeKind kind{OutcomeKind::money};
    std::vector<DecimalLevel> levels;     ///< of `var_` and `es_`; money only
    std::vector<DecimalLevel> quantiles;  ///< of `q_`
    /// Exact order statistics beyond this share of the paths.
    DecimalLevel tail_from{*DecimalLevel::parse("0.95")};
    std::uint64_t path_cap{0};    ///< N: most paths that the run may have, >= 1
    double confidence{0.95};      ///< of every interval, two-sided
    std::uint32_t num_worst{0};   ///< path ids of the riskiest to keep
    std::string spill_directory;  ///< tail values go to a file here; empty = memory

    /// Exact values kept: ceil((1 - a_min) N), and as many more as the interval of the a_min
    /// quantile reaches below it. Never fewer than 65,536 or N, so small runs are exact throughout.
    /// a_min is the lower of `tail_from` and the lowest level of an expected shortfall.
    std::size_t tail_capacity() const;
    /// Most that an `OutcomeStatistics` with this spec takes, tail file included.
    std::size_t planned_bytes() const;
    /// The part of it that `spill_directory` moves to disk.
    std::size_t planned_tail_bytes() const;
};

/// What the paths were, for one outcome.
struct OutcomeCounts {
    std::uint64_t paths{0};
    std::uint64_t invalid{0};   ///< in no statistic
    std::uint64_t absent{0};    ///< elsewhere, or times: the event did not occur
    std::uint64_t infinite{0};  ///< lowest: no requirement and no debt; ranked, not in the mean
    std::uint64_t zeros{0};     ///< observations of exactly 0
    std::uint64_t events{0};    ///< flags: ones
    double smallest{std::numeric_limits<double>::infinity()};  ///< observation
    double largest{-std::numeric_limits<double>::infinity()};

    std::uint64_t observed() const { return paths - invalid - absent; }
};

/// Statistics of one outcome of one scope over all chunks.
///
/// Use: any number of threads, each with its own `ChunkSummariser`, call
/// `summarise(spec.kind, spec.num_worst, column, statistics.cut())`; one caller at a time calls
/// `merge` with the summaries in ascending order of chunk. `cut` may be called at any time; all
/// else needs the caller's lock. Every result is a function of the chunks merged, bit for bit.
class OutcomeStatistics {
  public:
    /// \throws std::system_error where the tail's memory or file cannot be had
    explicit OutcomeStatistics(OutcomeSpec spec);

    OutcomeSpec const& spec() const { return spec_; }
    OutcomeCounts const& counts() const { return counts_; }
    /// What a summary may leave out from now on.
    TailCut cut() const;

    /// \throws std::logic_error where the chunk is not later than the last one, or exceeds the cap
    void merge(ChunkSummary const& summary);

    /// All statistics of the kind: money mean, sd, q, var, es; count mean, sd, q; lowest and time
    /// mean, q; flag prob. Sorts the tail: not for every chunk.
    std::vector<Estimate> estimates();

    /// NaN where the kind has no large end or too few paths are beyond 0.
    TailIndex tail_index();
    /// Riskiest first, equal ones by path id; values, not risks. At most `num_worst`.
    std::vector<PathValue> worst_paths();
    /// Kept risks other than 0, largest first; valid until the next `merge`.
    std::span<double const> tail_risks() { return tail_.sorted(); }
    Histogram histogram(std::uint32_t max_bins = 200) const;

    /// Memory and tail file in use.
    std::size_t bytes() const;

    /// All but the moments; its tail is a view that ends with the next `merge`.
    SavedOutcome save();
    /// Moments of the chunks merged, in blocks.
    ChunkTree<Moments> const& moments() const { return moments_; }
    /// Merge what was saved of later chunks, the moments of their blocks in order.
    /// \param tail of `saved`
    /// \throws std::logic_error as `merge` of a summary
    void merge(SavedOutcome const& saved, std::span<double const> tail,
               std::span<ChunkTree<Moments>::Block const> moments);
    /// Whether the tail of a saved outcome goes as deep as this run's must, so that merging it
    /// loses nothing.
    bool is_deep_enough(SavedOutcome const& saved) const;

  private:
    void require_room(std::uint64_t num_paths) const;
    void publish_cuts();
    RankedSample sample();
    Moments finite_moments() const;
    void append_moments(std::vector<Estimate>& list) const;
    void append_quantiles(std::vector<Estimate>& list);
    void mark_heavy_tail(std::vector<Estimate>& list);

    OutcomeSpec spec_;
    TailKeeper<double> tail_;
    TailKeeper<PathValue> worst_;
    BodyHistogram body_;
    ChunkTree<Moments> moments_;
    OutcomeCounts counts_;
    std::atomic<double> tail_cut_{TailCut::none};
    std::atomic<double> worst_cut_{TailCut::none};
};

}  // namespace brink
