// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "io/config/scenario_reader.hpp"

namespace brink {

/// The scenario of one point of a sweep, or of a stress scenario that sets keys: `base` with the
/// settings, as `--set` would make it, without sweep, stress scenarios and limits. Of what is kept
/// beside statistics only the fan of the book remains.
/// Problems with a value stand at the setting.
[[nodiscard]] ReadResult point_input(ReadResult const& base, std::vector<Setting> const& settings,
                                     Problems& problems);

/// A problem of a point, at the setting that it is with, if it is with one.
[[nodiscard]] Problem at_setting(Problem problem, std::vector<Setting> const& settings);

/// Take out what runs beside the base, and what is not kept of a point.
void keep_point(ReadResult& input);

}  // namespace brink
