// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

/// \file
/// What a run has learned from the chunks that it absorbed: enough to go on, or to be merged with
/// the chunks of another process, bit for bit as if one process had run them all.
namespace brink {

/// Count, sum and central moments, as host/statistics/moments.hpp defines them.
struct SavedMoments {
    std::uint64_t count{0};
    double sum{0}, m2{0}, m3{0}, m4{0};
};

/// Chunks [first, first + 2^level) combined.
struct SavedBlock {
    std::uint64_t first{0};
    std::uint64_t level{0};
    /// Outcomes of all scopes (scope-major), parts of the loss, regimes: shape [series]
    std::vector<SavedMoments> moments;
    std::vector<double> account_sums, account_squares;  ///< shape [accounts x outcomes], or empty
};

struct SavedBin {
    std::uint64_t bin;
    std::uint64_t count;
    double value;  ///< the one value of all, NaN where they differ
};

struct SavedRisk {
    double risk;
    std::uint64_t path;
};

/// One outcome of one scope, its moments aside.
struct SavedOutcome {
    std::uint64_t paths{0}, invalid{0}, absent{0}, infinite{0}, zeros{0}, events{0};
    double smallest{std::numeric_limits<double>::infinity()};
    double largest{-std::numeric_limits<double>::infinity()};
    std::uint64_t num_tail{0};
    /// Kept risks other than 0, largest first; empty in a state that was read from a file, where
    /// `StatisticsState::read_tail` has them.
    std::span<double const> tail;
    std::vector<SavedRisk> worst;  ///< riskiest first
    std::vector<SavedBin> bins;    ///< ascending
};

/// Rows of `[output] outcomes`.
struct SavedRows {
    std::string kept{"none"};
    std::vector<std::uint64_t> paths;  ///< ascending
    std::vector<double> losses;
    std::vector<float> values;  ///< shape [outcomes][rows]
};

/// The fans of the book and of each named account where all of their paths lie in the chunks;
/// before that, the health of those that do.
struct SavedFans {
    std::vector<Fan> finished;  ///< by scope; then nothing of the rest
    std::uint64_t first_path{0};
    std::uint64_t paths{0};             ///< of the book's fan
    std::uint64_t account_paths{0};     ///< of each account's, at most `paths` where both have some
    std::vector<float> book;            ///< shape [times][paths]
    std::vector<float> accounts;        ///< shape [scopes x times][account_paths]
    std::vector<std::uint8_t> invalid;  ///< shape [larger of the two numbers of paths]
};

/// Counts of every account of a book without full statistics; sums are in the blocks.
struct SavedAccounts {
    std::uint64_t paths{0};
    std::vector<std::uint64_t> counts, events, invalid, exceedances;
};

/// Whole chunks [first_chunk, end_chunk) of a run.
struct StatisticsState {
    std::uint64_t first_chunk{0};
    std::uint64_t end_chunk{0};
    std::uint64_t num_invalid{0};
    std::vector<SavedBlock> blocks;      ///< ascending, each as large as its place allows
    std::vector<SavedOutcome> outcomes;  ///< shape [scopes x outcomes]
    SavedRows rows;
    SavedFans fans;
    SavedAccounts accounts;
    /// The ledger: one checksum per chunk over counts, moments and extremes of all its outcomes.
    std::vector<std::uint64_t> checksums;
    /// Tail of an outcome of a state in a file; null where the outcomes have their tails.
    std::function<std::vector<double>(std::size_t outcome)> read_tail;

    [[nodiscard]] std::uint64_t num_chunks() const { return end_chunk - first_chunk; }
};

/// Outcomes of the book on every path, to be set beside those of another scenario.
struct SavedColumns {
    std::uint64_t first_path{0};
    std::uint64_t paths{0};
    std::vector<std::uint8_t> marks;  ///< PathMark, shape [paths]
    /// Shape [outcomes][paths]; empty of a file, where `read_values` has them.
    std::vector<std::span<double const>> values;
    std::function<std::vector<double>(std::size_t outcome)> read_values;
};

/// What is known of one scenario of a run, the base or a stress scenario.
struct SavedRun {
    std::string scope;      ///< "base", or as the scope of the stress scenario's book
    StatisticsState whole;  ///< whole chunks
    StatisticsState rest;   ///< the last chunk of the run where it is a short one
    SavedColumns columns;   ///< of the same paths where the scenarios are compared, else none
};

}  // namespace brink
