// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/support/machine_isa.hpp"
#include "tests/unit/models/lane_probe.hpp"

namespace brink::testing {

/// One instruction set as a test parameter.
struct ProbedIsa {
    char const* name;
    LaneProbe const* probe;
    bool (*machine_has)();
};

inline ProbedIsa const probed_isas[] = {{"v3", &isa_v3::lane_probe, &machine_has_v3},
                                        {"v4", &isa_v4::lane_probe, &machine_has_v4}};

/// Runs once per instruction set, visibly skipped where the machine lacks it.
class LanesOfIsa : public ::testing::TestWithParam<ProbedIsa> {
  protected:
    void SetUp() override
    {
        if (!GetParam().machine_has())
            GTEST_SKIP() << "this machine cannot run x86-64-" << GetParam().name << " code";
    }

    /// Calls check(table, scalar type) for packs and twins of float and double.
    template<class Check>
    static void for_each_table(Check const& check)
    {
        LaneProbe const& probe = *GetParam().probe;
        check(probe.float_pack, float{});
        check(probe.float_twin, float{});
        check(probe.double_pack, double{});
        check(probe.double_twin, double{});
    }
};

inline std::string isa_name(::testing::TestParamInfo<ProbedIsa> const& parameter)
{
    return parameter.param.name;
}

#define BRINK_FOR_EACH_ISA(suite) \
    INSTANTIATE_TEST_SUITE_P(Isa, suite, ::testing::ValuesIn(probed_isas), &isa_name)

/// The bits of a number, one pattern for all NaN.
inline std::uint64_t comparable_bits(double value)
{
    return value != value ? 0x7ff8000000000000u : __builtin_bit_cast(std::uint64_t, value);
}
inline std::uint64_t comparable_bits(float value)
{
    return value != value ? 0x7fc00000u : __builtin_bit_cast(std::uint32_t, value);
}

}  // namespace brink::testing
