// SPDX-License-Identifier: Apache-2.0
#include "brink/asset_counts.hpp"
#include "kernels/cpu/isa/engine_instance.hpp"

#define BRINK_TEXT_(x) #x
#define BRINK_TEXT(x) BRINK_TEXT_(x)

BRINK_BEGIN_ISA

#define X(n)                         \
    template<>                       \
    Engine<float> engine_float<n>(); \
    template<>                       \
    Engine<double> engine_double<n>();
BRINK_FOR_EACH_ASSET_COUNT(X)
#undef X

static EngineList<float> engines_float()
{
#define X(n) engine_float<n>(),
    static Engine<float> const engines[] = {BRINK_FOR_EACH_ASSET_COUNT(X)};
#undef X
    return {engines, static_cast<int>(sizeof engines / sizeof engines[0])};
}

static EngineList<double> engines_double()
{
#define X(n) engine_double<n>(),
    static Engine<double> const engines[] = {BRINK_FOR_EACH_ASSET_COUNT(X)};
#undef X
    return {engines, static_cast<int>(sizeof engines / sizeof engines[0])};
}

extern EngineRow const this_engine_row;
EngineRow const this_engine_row{BRINK_TEXT(BRINK_ISA), &engines_float, &engines_double,
                                num_lanes<Twin<Pack<float>>>, num_lanes<Twin<Pack<double>>>};

BRINK_END_ISA
