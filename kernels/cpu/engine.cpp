// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/engine.hpp"

#include <cstdlib>
#include <string_view>

#include "kernels/executor.hpp"

namespace brink {

namespace isa_v3 {
extern EngineRow const this_engine_row;
}
namespace isa_v4 {
extern EngineRow const this_engine_row;
}

namespace {

// Feature names, not levels: clang 14 does not know "x86-64-v4".
bool has_v3()
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
           && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}
bool has_v4()
{
    return has_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
           && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
           && __builtin_cpu_supports("avx512vl");
}

EngineRow const& choose_row()
{
    __builtin_cpu_init();
    if (!has_v3())
        throw DeviceUnavailable("this CPU lacks AVX2 and FMA: brink needs x86-64-v3 or later");
    char const* const most = std::getenv("BRINK_ISA_MAX");
    bool const lowered = most != nullptr && std::string_view{most} == "v3";
    return has_v4() && !lowered ? isa_v4::this_engine_row : isa_v3::this_engine_row;
}

}  // namespace

EngineRow const& engine_row()
{
    static EngineRow const& row = choose_row();
    return row;
}

std::string cpu_isa()
{
    std::string_view const name = engine_row().isa;
    return std::string{name.substr(name.find('v'))};
}

}  // namespace brink
