// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>

/// Numbers as people read them in tables. NaN is "n/a", infinity "inf".
namespace brink {

/// `1,234,567` with as many decimals as its standard error gives meaning to (two significant digits
/// of it). \param se NaN or 0 = unknown: no decimals from 1,000 up, two below, four significant
/// digits below 1
[[nodiscard]] std::string money_text(double value,
                                     double se = std::numeric_limits<double>::quiet_NaN());
[[nodiscard]] std::string count_text(std::uint64_t value);
/// A share as a percentage with as many decimals as its standard error gives meaning to:
/// `18.32 %`. \param se of the share; NaN or 0 = unknown
[[nodiscard]] std::string percent_text(double share, double se);
/// `3.2 d`, `5.0 h`, `12 min`, `30 s`, by size.
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace brink
