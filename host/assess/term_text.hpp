// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/margin/option_margin.hpp"
#include "models/margin/position_value.hpp"
#include "models/margin/rules.hpp"

/// How the terms of margin equity and requirements are computed, written out with their numbers.
namespace brink {

/// With ten digits.
[[nodiscard]] std::string number(double value);

/// `10 x 0.98 + 10 x 0.95 + 5 x 0.9`: what lies in each slab of a collateral curve, times its
/// ratio.
[[nodiscard]] std::string slabs_text(Entries<Slab<double>> slabs, double x);

[[nodiscard]] std::string maintenance_text(MarginSchedule<double> const& schedule,
                                           MarginTier<double> const& tier,
                                           PositionValue<double> const& value);
[[nodiscard]] std::string initial_text(MarginSchedule<double> const& schedule,
                                       MarginTier<double> const& tier,
                                       PositionValue<double> const& value, double stated_rate);

/// Of an option sold: the underlying's value x rate + the option's value.
[[nodiscard]] std::string option_maintenance_text(MarginSchedule<double> const& schedule,
                                                  SoldOption<double> const& sold,
                                                  OptionRight right);
/// \param maintenance [numeraire] below which that of a put does not lie
[[nodiscard]] std::string option_initial_text(MarginSchedule<double> const& schedule,
                                              SoldOption<double> const& sold, OptionRight right,
                                              double maintenance);

}  // namespace brink
