// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Runs the rest of a test only where the machine has the instruction set; skips it visibly
/// elsewhere.
#define BRINK_SKIP_WITHOUT(isa)                                             \
    do {                                                                    \
        if (!::brink::testing::machine_has_##isa())                         \
            GTEST_SKIP() << "this machine cannot run x86-64-" #isa " code"; \
    } while (false)

namespace brink::testing {

inline bool machine_has_v3()
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
           && __builtin_cpu_supports("bmi2");
}

inline bool machine_has_v4()
{
    return machine_has_v3() && __builtin_cpu_supports("avx512f")
           && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
           && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512vl");
}

}  // namespace brink::testing
