// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <string>

namespace brink {

/// Where a result comes from, for people: scenario, program, build, machine, job, interruptions and
/// input files, one per line under its name. Ends with a line break.
[[nodiscard]] std::string provenance_text(Provenance const& provenance);

}  // namespace brink
