// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/market/market_memory.hpp"
#include "models/rng/random_key.hpp"

/// \file
/// The functors as one instruction set compiles them, behind plain functions, so that a test
/// compiled for any machine can compare their lanes with the scalar functors.

namespace brink::testing {

/// What `LaneProbe::evaluate` computes of three arguments.
enum class Operation {
    add,
    subtract,
    multiply,
    divide,
    negate,
    fused,
    minimum,
    maximum,
    absolute,
    root,
    exp2,
    log2,
    select_less,
    select_at_most,
    select_equal,
    select_unequal,
    select_finite,
    select_both,
    select_either,
    select_not,
};
inline constexpr int num_operations = static_cast<int>(Operation::select_not) + 1;

inline constexpr int probe_assets = 5;

template<class T>
struct ProbeTable {
    int lanes;
    /// Lane by lane, count a multiple of `lanes`; the lanes' result and its comparison `a < b`.
    void (*evaluate)(Operation, T const* a, T const* b, T const* c, T* result, bool* less,
                     int count);
    /// result[4 * l + j]: word j of lane l. path_low: low words of the lanes' paths; null: they
    /// count from first_path.
    void (*draw_words)(RandomKey, std::uint64_t first_path, std::uint32_t const* path_low,
                       std::uint32_t replicate, std::uint32_t step, Stream, std::uint32_t block,
                       std::uint32_t* result);
    /// log_price[i * lanes + l] after the steps, multiplier[l]; the market's memory of field f and
    /// lane l stays at memory[f * lanes + l], MarketLayout::size() fields.
    void (*walk)(MarketView<T, probe_assets> const&, MarketTables<T> const& tables, RandomKey,
                 std::uint64_t first_path, int num_steps, T* log_price, T* price, T* multiplier,
                 T* memory);
    /// Doubles to lanes and back to doubles.
    void (*narrow)(double const* values, double* result);
};

/// Single packs and twins of one instruction set.
struct LaneProbe {
    ProbeTable<float> float_pack, float_twin;
    ProbeTable<double> double_pack, double_twin;
};

}  // namespace brink::testing

namespace brink::inline isa_v3 {
extern testing::LaneProbe const lane_probe;
}
namespace brink::inline isa_v4 {
extern testing::LaneProbe const lane_probe;
}
