// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

/// Law of one jump's size.
enum class JumpLaw : std::uint8_t {
    normal,             ///< R. C. Merton, "Option pricing when underlying stock returns are
                        ///< discontinuous", J. Financial Economics 3 (1976)
    double_exponential  ///< S. G. Kou, "A jump-diffusion model for option pricing", Management
                        ///< Science 48 (2002)
};

inline constexpr int max_jump_processes = 32;
inline constexpr int max_jumps_per_step = 24;

/// Jumps of log prices at the times of one Poisson process: asset i moves by loading[i] times the
/// size that all assets share. An asset's own jumps are a process that loads on it alone.
/// The host validates: `survival` falls and leaves less than 2^-32 beyond its last level; means of
/// a double-exponential law > 0; what lies beyond the processes in use is zero.
template<class T, int N>
struct JumpProcess {
    T survival[max_jumps_per_step];  ///< P(more than k jumps in a step), shape [num_levels] used
    std::int32_t num_levels;         ///< >= 1
    JumpLaw law;
    T mean;              ///< [log2] normal: of one size
    T deviation;         ///< [log2] normal: of one size, >= 0
    T up_probability;    ///< double exponential: of a jump upwards
    T up_mean;           ///< [log2] double exponential: mean size of a jump upwards
    T down_mean;         ///< [log2] double exponential: mean size of a jump downwards, > 0
    std::uint32_t mask;  ///< bit i: asset i jumps
    T loading[N];        ///< [1]

    bool operator==(JumpProcess const&) const = default;
};

}  // namespace brink
