// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/instrument_names.hpp"
#include "io/config/references.hpp"
#include "io/config/scenario.hpp"

namespace brink {

/// Places of names in a scenario whose references the reader has checked.
struct ScenarioIndex {
    References assets, venues, owners;
    References instruments;  ///< by full name
    References symbols;      ///< their names, each once

    explicit ScenarioIndex(Scenario const& scenario)
        : assets{"asset", scenario.assets},
          venues{"venue", scenario.venues},
          owners{"owner", scenario.owners},
          instruments{"instrument", full_names(scenario.instruments)},
          symbols{"instrument", scenario.instruments}
    {}

    [[nodiscard]] std::int32_t asset(std::string const& name) const
    {
        return static_cast<std::int32_t>(assets.index_of(name));
    }
    /// Of that name at that venue.
    [[nodiscard]] std::int32_t instrument(std::string const& venue, std::string const& name) const
    {
        return static_cast<std::int32_t>(instruments.index_of(full_name(venue, name)));
    }
    [[nodiscard]] std::int32_t symbol(std::string const& name) const
    {
        return static_cast<std::int32_t>(symbols.index_of(name));
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
