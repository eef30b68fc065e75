// SPDX-License-Identifier: Apache-2.0
#include "io/config/scenario_checks.hpp"

namespace brink {

void check_scenario(Scenario const& scenario, Problems& problems)
{
    (void)scenario;
    (void)problems;
}

}  // namespace brink
