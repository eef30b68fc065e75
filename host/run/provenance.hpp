// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/plan/plan.hpp"
#include "host/program/scenario_hash.hpp"
#include "host/run/scenario_engine.hpp"
#include "io/config/scenario_reader.hpp"
#include "io/results/result.hpp"

namespace brink {

/// `float` or `double`, as configs write it.
[[nodiscard]] std::string precision_name(Precision precision);

/// What the scenario hash of a run on this engine covers beside the config.
[[nodiscard]] NumericsId numerics_of(Scenario const& scenario, ScenarioEngine const& engine);

/// Git commit of the program, `-modified` appended where it was built from changed sources.
[[nodiscard]] std::string program_commit();

/// What a result says about its making, as far as it is known before the run; starts its clock.
[[nodiscard]] Provenance open_provenance(ReadResult const& input, ScenarioEngine const& engine,
                                         Plan const& plan);

/// Say that a run goes on here and now from what another process did.
/// \param before its provenance \param chunks that it had done
void note_resumption(Provenance& provenance, Provenance const& before, std::uint64_t chunks);

/// \param seconds of the run
void close_provenance(Provenance& provenance, double seconds);

}  // namespace brink
