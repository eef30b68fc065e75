// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/references.hpp"
#include "io/config/scenario.hpp"

namespace brink {

/// Places of names in a scenario whose references the reader has checked.
struct ScenarioIndex {
    References assets, instruments, venues, owners;

    explicit ScenarioIndex(Scenario const& scenario)
        : assets{"asset", scenario.assets},
          instruments{"instrument", scenario.instruments},
          venues{"venue", scenario.venues},
          owners{"owner", scenario.owners}
    {}

    [[nodiscard]] std::int32_t asset(std::string const& name) const
    {
        return static_cast<std::int32_t>(assets.index_of(name));
    }
    [[nodiscard]] std::int32_t instrument(std::string const& name) const
    {
        return static_cast<std::int32_t>(instruments.index_of(name));
    }
    [[nodiscard]] std::int32_t venue(std::string const& name) const
    {
        return static_cast<std::int32_t>(venues.index_of(name));
    }
};

/// The row of a venue's table that names `asset`, or null.
template<class Row>
[[nodiscard]] Row const* row_of(std::vector<Row> const& rows, std::string const& asset)
{
    for (Row const& row : rows)
        if (row.asset == asset)
            return &row;
    return nullptr;
}

}  // namespace brink
