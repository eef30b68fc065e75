// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <string>

namespace brink::test {

/// A result with something in every group: two scopes with different outcomes, statistics of
/// different kinds, NaN, infinities and a denormal, names beyond ASCII, unequal histograms.
[[nodiscard]] Result sample_result();

/// Every number by its bits and every text, in one order: equal exactly where the results are.
[[nodiscard]] std::string fingerprint(Result const& result);

}  // namespace brink::test
