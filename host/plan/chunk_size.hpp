// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

inline constexpr std::uint64_t smallest_chunk = 64;
inline constexpr std::uint64_t largest_chunk = 65'536;
/// [paths x accounts x assets x steps] of one chunk at most.
inline constexpr std::uint64_t chunk_work = 500'000'000;

/// Paths per chunk: the largest power of two from 64 to 65,536 whose work is at most `chunk_work`;
/// 64 where even that exceeds it. A function of the scenario only, so that results do not depend on
/// the machine. Zeros count as ones.
[[nodiscard]] std::uint64_t chunk_size(std::uint64_t accounts, std::uint64_t assets,
                                       std::uint64_t steps);

}  // namespace brink
