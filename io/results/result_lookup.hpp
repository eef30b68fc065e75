// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// Parts of a result by name; null where the result has no such part.
[[nodiscard]] ScopeResult const* find_scope(Result const& result, std::string_view scope);
[[nodiscard]] OutcomeResult const* find_outcome(ScopeResult const& scope, std::string_view outcome);
[[nodiscard]] Estimate const* find_statistic(OutcomeResult const& outcome,
                                             std::string_view statistic);
[[nodiscard]] Estimate const* find_estimate(ScopeResult const& scope, std::string_view outcome,
                                            std::string_view statistic);

/// Which value of each axis a point has, shape [axes].
[[nodiscard]] std::vector<std::size_t> sweep_places(SweepResult const& sweep, std::size_t point);
/// `volatility_scale = 1.5, level = 0.8`.
[[nodiscard]] std::string sweep_label(SweepResult const& sweep, std::size_t point);

}  // namespace brink
