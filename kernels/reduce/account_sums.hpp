// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/reduce/row_tree_sum.hpp"

namespace brink {

/// Shape of the per-account statistics of a book.
struct AccountSumsShape {
    std::uint32_t num_accounts{0};
    std::uint32_t num_outcomes{0};
    int chunk_levels{0};            ///< chunks have at most 2^chunk_levels paths
    std::uint32_t loss_outcome{0};  ///< the outcome whose exceedances are counted
    std::uint32_t num_thresholds{0};
    double const* thresholds{nullptr};  ///< [numeraire], shape [num_thresholds]

    std::size_t num_cells() const { return std::size_t{num_accounts} * num_outcomes; }
};

/// Memory that `AccountSums` works in; the caller's, zeroed counts, doubles in any state.
struct AccountSumsMemory {
    double* workspace;       ///< AccountSums::workspace_size(shape)
    std::uint32_t* counts;   ///< finite values, shape [account][outcome]
    std::uint32_t* events;   ///< finite values other than 0, shape [account][outcome]
    std::uint32_t* invalid;  ///< flagged paths, shape [account]
    std::uint32_t* exceed;   ///< losses above a threshold, shape [account][threshold]
};

}  // namespace brink

BRINK_BEGIN_ISA

/// Sums and sums of squares of every account's outcomes over one chunk, fed by groups of paths as
/// the path program finishes them: no column is ever stored. For each group call `add` for every
/// account, then `end_group`. A value that is not finite, or of a flagged path, is absent.
class AccountSums {
    static constexpr int max_lanes = 64;

    AccountSumsShape shape_;
    AccountSumsMemory memory_;
    double* row_;
    double* square_row_;
    RowTreeSum sums_;
    RowTreeSum squares_;

    static std::size_t tree_size(AccountSumsShape const& shape)
    {
        return RowTreeSum::workspace_size(shape.num_cells(), shape.chunk_levels);
    }

    static bool is_finite(double value) { return value - value == 0; }

    void count_exceedances(std::uint32_t account, double loss)
    {
        std::size_t const first = std::size_t{account} * shape_.num_thresholds;
        for (std::uint32_t i = 0; i < shape_.num_thresholds; ++i)
            memory_.exceed[first + i] += loss > shape_.thresholds[i] ? 1 : 0;
    }

  public:
    static std::size_t workspace_size(AccountSumsShape const& shape)
    {
        return 2 * (tree_size(shape) + shape.num_cells());
    }

    AccountSums(AccountSumsShape const& shape, AccountSumsMemory const& memory)
        : shape_{shape},
          memory_{memory},
          row_{memory.workspace + 2 * tree_size(shape)},
          square_row_{row_ + shape.num_cells()},
          sums_{memory.workspace, shape.num_cells()},
          squares_{memory.workspace + tree_size(shape), shape.num_cells()}
    {}

    /// One account's outcomes on the next 2^level paths, 2^level <= 64.
    /// \param values shape [outcome][2^level]
    /// \param invalid shape [2^level], not 0 = invalid path
    /// \param num_lanes paths present; the rest, beyond the end of the chunk, is not read
    void add(std::uint32_t account, double const* values, std::uint8_t const* invalid, int level,
             int num_lanes)
    {
        std::size_t const width = std::size_t{1} << level;
        for (int lane = 0; lane < num_lanes; ++lane)
            memory_.invalid[account] += invalid[lane] != 0 ? 1 : 0;
        for (std::uint32_t outcome = 0; outcome < shape_.num_outcomes; ++outcome) {
            std::size_t const cell = std::size_t{account} * shape_.num_outcomes + outcome;
            double leaves[max_lanes] = {};
            double squares[max_lanes] = {};
            for (int lane = 0; lane < num_lanes; ++lane) {
                double const value = values[outcome * width + static_cast<std::size_t>(lane)];
                if (invalid[lane] != 0 || !is_finite(value))
                    continue;
                leaves[lane] = value;
                squares[lane] = value * value;
                ++memory_.counts[cell];
                memory_.events[cell] += value != 0 ? 1 : 0;
                if (outcome == shape_.loss_outcome)
                    count_exceedances(account, value);
            }
            row_[cell] = tree_sum(leaves, width);
            square_row_[cell] = tree_sum(squares, width);
        }
    }

    /// All accounts have added the group of 2^level paths.
    void end_group(int level)
    {
        sums_.push_group(row_, level);
        squares_.push_group(square_row_, level);
    }

    /// \param sums, squares shape [account][outcome], written
    void value(double* sums, double* squares) const
    {
        sums_.value(sums);
        squares_.value(squares);
    }
};

BRINK_END_ISA
