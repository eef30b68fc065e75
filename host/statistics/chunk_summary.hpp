// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "host/statistics/body_histogram.hpp"
#include "host/statistics/moments.hpp"
#include "host/statistics/tail_keeper.hpp"
#include "io/results/outcomes.hpp"
#include "models/path/outcome.hpp"

namespace brink {

/// One outcome of one scope over one chunk, in path order. View; the executor owns the memory.
struct ChunkColumn {
    std::uint64_t chunk_idx{0};
    std::uint64_t first_path{0};         ///< path id of element 0
    std::uint32_t num_paths{0};          ///< at most 65,536
    double const* values{nullptr};       ///< shape [num_paths], unit of the outcome
    std::uint8_t const* marks{nullptr};  ///< PathMark, shape [num_paths]; nullptr = all counted
};

/// What may be left out of a summary because it cannot enter the result any more.
struct TailCut {
    static constexpr double none = -std::numeric_limits<double>::infinity();
    double tail{none};   ///< risks below it
    double worst{none};  ///< risks below it
};

/// A chunk's part of an outcome's statistics.
struct ChunkSummary {
    std::uint64_t chunk_idx{0};
    std::uint32_t num_paths{0};
    std::uint32_t num_invalid{0};   ///< marked, or a value that is not possible for the kind
    std::uint32_t num_absent{0};    ///< elsewhere, or times: NaN, the event did not occur
    std::uint32_t num_infinite{0};  ///< lowest: +inf, no requirement; ranked, not in the moments
    std::uint32_t num_zeros{0};     ///< observations of exactly 0
    std::uint32_t num_events{0};    ///< flags: ones
    Moments moments;                ///< of the finite observations
    double smallest{std::numeric_limits<double>::infinity()};
    double largest{-std::numeric_limits<double>::infinity()};
    std::vector<BinCount> bins;    ///< all observations but flags, each bin once
    std::vector<double> tail;      ///< risks other than 0, at or above the cut, in path order
    std::vector<PathValue> worst;  ///< riskiest `num_worst`, at or above the cut, any order

    std::uint32_t num_observed() const { return num_paths - num_invalid - num_absent; }
};

/// Summarises chunks: `ChunkSummary s = summarise(column, cut)`. A pure function of the column (and
/// of the cut, which changes what is left out but not the merged result); holds scratch memory
/// only. One object per thread.
///
/// Validity: a path marked invalid is so, and one marked elsewhere is absent. Invalid is NaN, but
/// in a time; infinity, but +inf in a `lowest`; and anything but 0 and 1 in a flag.
class ChunkSummariser {
    struct Scratch;
    std::unique_ptr<Scratch> scratch_;

  public:
    /// \param kind says what is possible and which end is risky
    /// \param num_worst path ids wanted; 0 = none
    ChunkSummary operator()(OutcomeKind kind, std::uint32_t num_worst, ChunkColumn const& column,
                            TailCut const& cut = {});

    ChunkSummariser();
    ~ChunkSummariser();
    ChunkSummariser(ChunkSummariser&&) noexcept;
    ChunkSummariser& operator=(ChunkSummariser&&) noexcept;
};

}  // namespace brink
