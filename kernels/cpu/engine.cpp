// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/engine.hpp"

#include <cstdlib>
#include <stdexcept>
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

template<class T>
EngineList<T> engines(EngineRow const& row);
template<>
EngineList<float> engines<float>(EngineRow const& row)
{
    return row.engines_float();
}
template<>
EngineList<double> engines<double>(EngineRow const& row)
{
    return row.engines_double();
}

}  // namespace

EngineRow const& engine_row()
{
    static EngineRow const& row = choose_row();
    return row;
}

template<class T>
Engine<T> const& find_engine(int num_assets)
{
    for (Engine<T> const& engine : engines<T>(engine_row()))
        if (engine.num_assets == num_assets)
            return engine;
    throw std::logic_error("asset count " + std::to_string(num_assets) + " is not compiled");
}
template Engine<float> const& find_engine<float>(int);
template Engine<double> const& find_engine<double>(int);

std::string cpu_isa()
{
    std::string_view const name = engine_row().isa;
    return std::string{name.substr(name.find('v'))};
}

}  // namespace brink
