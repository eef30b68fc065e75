// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace brink {

enum class FeeBase : std::int32_t {
    notional,      ///< a rate of what is closed
    surplus,       ///< the same, at most what is left above bankruptcy
    freed_margin,  ///< the same, at most what the margin freed by closing leaves
};

/// How a fee grows while an account is in breach.
struct FeeRamp {
    double growth;  ///< [1/s] of the rate; 0: it stays
    double most;    ///< rate at most
    double grace;   ///< [s] in breach before which it stays
};

}  // namespace brink
