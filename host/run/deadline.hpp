// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "io/config/instant.hpp"

namespace brink {

/// The instant that a deadline names: itself, or the next such time of day (and weekday) of the
/// local clock after `now`.
/// \param text as the checks of `[stop]` let pass
[[nodiscard]] UnixSeconds next_deadline(std::string const& text, UnixSeconds now);

}  // namespace brink
