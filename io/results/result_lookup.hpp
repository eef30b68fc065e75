// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <string_view>

namespace brink {

/// Parts of a result by name; null where the result has no such part.
[[nodiscard]] ScopeResult const* find_scope(Result const& result, std::string_view scope);
[[nodiscard]] OutcomeResult const* find_outcome(ScopeResult const& scope, std::string_view outcome);
[[nodiscard]] Estimate const* find_statistic(OutcomeResult const& outcome,
                                             std::string_view statistic);
[[nodiscard]] Estimate const* find_estimate(ScopeResult const& scope, std::string_view outcome,
                                            std::string_view statistic);

}  // namespace brink
