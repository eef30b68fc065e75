// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/interleave.hpp"
#include "models/core/pack.hpp"

BRINK_BEGIN_ISA

/// The number type of the hot functors on the CPU: two packs, lanes consecutive.
template<class T>
using Lanes = Twin<Pack<T>>;

BRINK_END_ISA
