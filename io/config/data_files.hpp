// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"
#include "io/config/scenario.hpp"

#include <vector>

namespace brink {

/// Give every [[asset]] without a price that of the snapshot named by `market.prices`, checked
/// against `run.as_of` and `market.prices_max_age`. Adds the file to `sources` (role "prices").
void load_prices(ConfigNode& root, Scenario const& front, std::vector<SourceFile>& sources,
                 Problems& problems);

/// Replace every [[account]] table that has a `book` by the accounts of that file, after the inline
/// ones. Owners that the book names and nobody defines are made from its `reserve` rows and the
/// responses of the owner named by `response_of`. Adds the files to `sources` (role "book").
void load_books(ConfigNode& root, std::vector<SourceFile>& sources, Problems& problems);

}  // namespace brink
