// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/statistics/chunk_tree.hpp"
#include "io/results/result.hpp"
#include "io/results/statistics_state.hpp"
#include "kernels/reduce/account_sums.hpp"

namespace brink {

/// One chunk of a book's per-account statistics: owns the memory that `AccountSums` fills. One per
/// chunk in flight; `reset` before each.
class AccountChunk {
    std::vector<double> workspace_;
    std::vector<std::uint32_t> counts_;
    std::vector<std::uint32_t> events_;
    std::vector<std::uint32_t> invalid_;
    std::vector<std::uint32_t> exceed_;

  public:
    explicit AccountChunk(AccountSumsShape const& shape);

    /// Zero the counts.
    void reset();
    AccountSumsMemory memory();

    std::vector<std::uint32_t> const& counts() const { return counts_; }
    std::vector<std::uint32_t> const& events() const { return events_; }
    std::vector<std::uint32_t> const& invalid() const { return invalid_; }
    std::vector<std::uint32_t> const& exceed() const { return exceed_; }

    static std::size_t planned_bytes(AccountSumsShape const& shape);
};

/// Sums over some chunks, shape [account][outcome].
struct AccountCells {
    std::vector<double> sums, squares;

    void append(AccountCells const& later);
};

/// Statistics of every account of a book: moments, event counts and exceedances of set losses.
/// `merge` is called in chunk order by one caller at a time.
class AccountMoments {
    AccountSumsShape shape_;
    std::vector<double> thresholds_;
    std::vector<OutcomeKind> kinds_;
    double confidence_;
    std::uint64_t num_paths_{0};
    ChunkTree<AccountCells> sums_;
    AccountCells total_;  ///< of all chunks; empty before `finish`
    std::vector<std::uint64_t> counts_;   ///< finite values; shape [account][outcome], as all cells
    std::vector<std::uint64_t> events_;   ///< finite values other than 0
    std::vector<std::uint64_t> invalid_;  ///< shape [account]
    std::vector<std::uint64_t> exceed_;   ///< shape [account][threshold]

    std::size_t cell(std::uint32_t account, std::uint32_t outcome) const
    {
        return std::size_t{account} * shape_.num_outcomes + outcome;
    }

  public:
    /// \param shape its thresholds are copied
    /// \param kinds shape [num_outcomes]
    AccountMoments(AccountSumsShape const& shape, std::vector<OutcomeKind> kinds,
                   double confidence);

    /// \param sums of the chunk that `chunk` backs, all groups ended
    /// \throws std::logic_error where the chunk is not later than the last one
    void merge(std::uint64_t chunk_idx, std::uint32_t num_paths, AccountChunk const& chunk,
               AccountSums const& sums);

    /// All but the sums.
    SavedAccounts save() const;
    ChunkTree<AccountCells> const& sums() const { return sums_; }
    /// Merge what was saved of later chunks, and their sums.
    /// \throws std::logic_error where the shapes differ
    void merge(SavedAccounts const& saved, std::vector<ChunkTree<AccountCells>::Block> sums);

    /// Combine the chunks so far; before any of the estimates below.
    void finish();

    std::uint64_t num_paths() const { return num_paths_; }
    std::uint64_t num_invalid(std::uint32_t account) const { return invalid_[account]; }
    std::uint64_t count(std::uint32_t account, std::uint32_t outcome) const
    {
        return counts_[cell(account, outcome)];
    }
    /// Finite values other than 0; of a time, `count` says how often the event occurred.
    std::uint64_t num_nonzero(std::uint32_t account, std::uint32_t outcome) const
    {
        return events_[cell(account, outcome)];
    }

    /// `mean`; for a flag see `probability`. A spread within the rounding of the sums (about 1e-8
    /// of the mean) counts as none.
    Estimate mean(std::uint32_t account, std::uint32_t outcome) const;
    /// `sd`, without an error: that needs the fourth moment, which is not kept per account.
    Estimate sd(std::uint32_t account, std::uint32_t outcome) const;
    /// `prob` of a flag outcome.
    Estimate probability(std::uint32_t account, std::uint32_t outcome) const;
    /// `prob` of a loss above threshold `threshold`.
    Estimate exceedance(std::uint32_t account, std::uint32_t threshold) const;

    /// The statistics of the outcome's kind: mean and sd, or prob.
    std::vector<Estimate> estimates(std::uint32_t account, std::uint32_t outcome) const;

    static std::size_t planned_bytes(AccountSumsShape const& shape, std::uint64_t num_chunks);
};

}  // namespace brink
