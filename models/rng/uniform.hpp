// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/rng/philox.hpp"

BRINK_BEGIN_ISA

/// The middle of the word's cell among 2^32 equal cells of (0, 1); never 0 or 1.
BRINK_FN double uniform01(std::uint32_t word)
{
    return (static_cast<double>(word) + 0.5) * 0x1p-32;
}

BRINK_END_ISA
