// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernels/reduce/column_summary.hpp"
#include "models/market/narrow_market.hpp"
#include "models/path/outcome.hpp"
#include "models/path/program.hpp"
#include "models/path/workspace.hpp"

/// \file
/// How many paths run: the doors of this room. Plain C++; no CUDA or TBB type passes through it.
namespace brink {

/// The device, or the instruction set, that was asked for cannot be had (exit code 69).
class DeviceUnavailable : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Consecutive paths and where their outcomes go. `sink.columns` is host memory that the caller
/// owns and keeps until `run` returns; path `first_path + i` is written at position i.
struct ChunkJob {
    std::uint64_t first_path{0};  ///< a multiple of 64
    std::int64_t num_paths{0};
    OutcomeSink sink;
};

/// What a result says about who computed it.
struct ExecutorInfo {
    std::string backend;     ///< cpu, cuda
    std::string arithmetic;  ///< strict-cpu, strict-cuda: bit-identity is promised per name
    std::string devices;     ///< human text: instruction set and threads, or GPU names
    int parallel_paths{0};   ///< paths that advance at the same time
};

/// A scenario's program with its market, as an executor wants it. The block behind the program must
/// outlive the executor.
template<class T>
struct ProgramInput {
    Program<T> program;
    WideMarket market;
    int padded_assets{0};        ///< one of the compiled asset counts
    std::size_t block_bytes{0};  ///< size of the block at `program.tables.base`
    /// Asked between parts of a workload, from any thread: true ends it early, with the sinks left
    /// unfinished. Null: never.
    bool (*should_stop)(){nullptr};

    bool stops() const { return should_stop != nullptr && should_stop(); }
};

/// Runs the chunks handed to it, on all that it has, and returns when they are done. Which chunks,
/// when, and what to do on failure is the caller's. The outcomes do not depend on how chunks are
/// grouped into calls.
template<class T>
class Executor {
  public:
    virtual ~Executor() = default;
    virtual ExecutorInfo info() const = 0;
    /// \param workload chunks in any order
    /// \throws DeviceUnavailable, std::bad_alloc
    virtual void run(std::span<ChunkJob const> workload) = 0;
    /// Run the paths around `path` and leave that path's steps in `trace`.
    virtual void trace(std::uint64_t path, PathTrace& trace) = 0;
    /// [bytes] that running takes beside the sinks.
    virtual std::size_t workspace_bytes() const = 0;

    /// Whether `run_reduced` can be called: outcomes are reduced where they arise.
    virtual bool reduces() const { return false; }
    /// As `run`, but of the outcomes only summaries come back: of the sinks the fans alone are
    /// used. Each is that of the chunk's columns, bit for bit. \param workload chunks of at most
    /// 65,536 paths \param reductions one per chunk of the workload, in its order; written
    virtual void run_reduced(std::span<ChunkJob const> workload, ReduceRequest const& request,
                             std::span<ChunkReduction> reductions)
    {
        static_cast<void>(workload);
        static_cast<void>(request);
        static_cast<void>(reductions);
        throw std::logic_error("this executor does not reduce");
    }
};

/// \param num_threads 0: all cores
template<class T>
std::unique_ptr<Executor<T>> make_cpu_executor(ProgramInput<T> const& input, int num_threads);

/// \param devices indices of GPUs; empty: all
/// \throws DeviceUnavailable where the build or the machine has no CUDA
template<class T>
std::unique_ptr<Executor<T>> make_cuda_executor(ProgramInput<T> const& input,
                                                std::vector<int> const& devices);

/// One GPU that could be used.
struct CudaDevice {
    int idx;
    std::string name;
    std::size_t memory_bytes;
    std::string compute_capability;
};
/// GPUs of this machine; empty where the build or the machine has none. Any error counts as none.
std::vector<CudaDevice> cuda_devices();
/// Why there are none, for a person; empty where there are some.
std::string cuda_status();

/// Asset counts compiled for a backend, ascending.
std::vector<int> cpu_asset_counts();
std::vector<int> cuda_asset_counts();

/// Instruction set that the CPU executor uses here: "v3" or "v4"; lowered by BRINK_ISA_MAX=v3.
/// \throws DeviceUnavailable below x86-64-v3
std::string cpu_isa();

}  // namespace brink
