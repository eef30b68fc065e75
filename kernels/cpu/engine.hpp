// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/market/narrow_market.hpp"
#include "models/path/outcome.hpp"
#include "models/path/program.hpp"
#include "models/path/program_and_sink.hpp"
#include "models/path/workspace.hpp"

namespace brink {

/// One call into a translation unit of an instruction set. Plain data, the same layout everywhere.
template<class T>
struct EngineCall {
    Program<T> const* program;
    WideMarket const* market;
    OutcomeSink const* sink;
    std::uint64_t first_path;  ///< a multiple of the engine's lanes
    std::int64_t num_paths;
    std::int64_t offset;  ///< of first_path in the sink
    std::byte* scratch;   ///< `scratch_bytes`, aligned to 64
    PathTrace* trace;     ///< null: none
    std::uint64_t traced_path;
};

/// A program of a group, and its followers: programs that look at prices as it does.
template<class T>
struct MemberCall {
    ProgramAndSink<T> own;
    ProgramAndSink<T> const* followers;  ///< shape [num_followers]
    int num_followers;
    /// Written: places of the paths that the followers have not got; null without followers.
    std::uint32_t* busy;    ///< shape [num_busy], room for num_paths
    std::int64_t num_busy;  ///< written
};

/// The same paths of several programs of one market, which is moved once. Path i is first_path + i,
/// or first_path + places[i], and its outcomes go to place offset + i, or offset + places[i].
template<class T>
struct GroupCall {
    MemberCall<T>* members;    ///< shape [num_members]
    int num_members;           ///< >= 1
    WideMarket const* market;  ///< of all of them, as `same_market` says
    std::uint64_t first_path;  ///< a multiple of the engine's lanes
    std::int64_t num_paths;
    std::int64_t offset;          ///< of first_path in the sinks
    std::uint32_t const* places;  ///< shape [num_paths]; null: 0, 1, 2, ...
    /// The sum of the members' `scratch_bytes` and the largest of their followers', aligned to 64.
    std::byte* scratch;
};

/// The path program for one asset count.
template<class T>
struct Engine {
    int num_assets;
    void (*run)(EngineCall<T> const&);
    void (*run_group)(GroupCall<T> const&);
    std::size_t (*scratch_bytes)(Program<T> const&);  ///< a multiple of 64
};

template<class T>
struct EngineList {
    Engine<T> const* first;
    int count;

    Engine<T> const* begin() const { return first; }
    Engine<T> const* end() const { return first + count; }
};

/// All engines of one instruction set.
struct EngineRow {
    char const* isa;
    EngineList<float> (*engines_float)();
    EngineList<double> (*engines_double)();
    int lanes_float;
    int lanes_double;
};

/// The row that this machine runs, chosen once.
/// \throws DeviceUnavailable below x86-64-v3
EngineRow const& engine_row();

/// The engine of that row for a compiled asset count.
/// \throws DeviceUnavailable, and std::logic_error where the count is not compiled
template<class T>
Engine<T> const& find_engine(int num_assets);
extern template Engine<float> const& find_engine<float>(int);
extern template Engine<double> const& find_engine<double>(int);

}  // namespace brink
