// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/executor.hpp"

/// \file
/// Several programs on the same paths of one market. They may differ in everything that looks at
/// prices (accounts, owners, venues' rules, contracts, oracles) and in nothing that moves them.
namespace brink {

/// Whether the paths of both are the same, number for number, so that a group may run them: seed,
/// steps and all that a step of the market reads. Rows of contracts and oracles do not count: they
/// are written anew at every step. Nor does what programs read of market tables for themselves:
/// bounds of rates, depth and funding of regimes.
template<class T>
bool same_market(ProgramInput<T> const& a, ProgramInput<T> const& b);

/// Whether both, of the same market, also look at prices alike until an event: accounts, what they
/// hold and how it is margined. What events do may differ: owners and their reserves, liquidation,
/// fees, funds.
template<class T>
bool same_look(ProgramInput<T> const& a, ProgramInput<T> const& b);

/// Consecutive paths of all programs of a group. The sinks are as in ChunkJob, one per program;
/// path `first_path + i` is written at position i of each.
struct GroupJob {
    std::uint64_t first_path{0};  ///< a multiple of 64
    std::int64_t num_paths{0};
    std::span<OutcomeSink const> sinks;  ///< shape [programs]
};

/// Runs the jobs handed to it for all programs of a group, and returns when they are done. Market
/// and random numbers are made once; of programs that look alike, one runs all paths and the others
/// those on which something happened to it, while on the rest only their outcomes are made. Every
/// outcome is that of an Executor of the program alone, bit for bit, whatever runs beside it.
class GroupExecutor {
  public:
    virtual ~GroupExecutor() = default;
    /// \param workload jobs in any order
    /// \throws std::bad_alloc
    virtual void run(std::span<GroupJob const> workload) = 0;
    /// [bytes] that running takes beside the sinks.
    virtual std::size_t workspace_bytes() const = 0;
};

/// \param programs not empty, each with the same market as the first; what is said of ProgramInput
/// \param num_threads 0: all cores
/// \throws std::logic_error where a program has another market
template<class T>
std::unique_ptr<GroupExecutor> make_cpu_group(std::span<ProgramInput<T> const> programs,
                                              int num_threads);

}  // namespace brink
