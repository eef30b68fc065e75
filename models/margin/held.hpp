// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/real.hpp"

BRINK_BEGIN_ISA

/// What an account has of one coin. `owes` is the same for all lanes: false means that no lane
/// owes.
template<class F>
struct Held {
    F balance;  ///< [coin] >= 0
    F owed;     ///< [coin] >= 0 with interest; read only where `owes`
    bool owes;
};

BRINK_END_ISA
