// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/references.hpp"
#include "io/config/scenario.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace brink {

/// `venue/name`: what tells an instrument from one of the same name at another venue.
[[nodiscard]] std::string full_name(std::string_view venue, std::string_view name);
[[nodiscard]] std::vector<std::string> full_names(std::vector<InstrumentConfig> const& instruments);

/// Instruments of a scenario. A name is one instrument at each venue; positions and schedules mean
/// that of their own venue.
class InstrumentNames {
    std::vector<InstrumentConfig> const& instruments_;
    References names_;
    std::unordered_map<std::string, std::size_t> by_full_name_, by_name_;  ///< the first of each

  public:
    /// \param instruments must outlive this
    explicit InstrumentNames(std::vector<InstrumentConfig> const& instruments);

    /// Null where the venue has none of the name.
    [[nodiscard]] InstrumentConfig const* find(std::string const& venue,
                                               std::string const& name) const;
    /// That of the venue; where it has none, one of the name at another, or null.
    [[nodiscard]] InstrumentConfig const* find_anywhere(std::string const& venue,
                                                        std::string const& name) const;
    /// Whether any venue has one of the name; where not, a problem is added.
    bool require(std::string const& name, Where const& where, Problems& problems) const;
    /// Where those of the name trade: `"a", "b"`.
    [[nodiscard]] std::string venues_of(std::string const& name) const;
};

/// Every name legal and used once at a venue.
void check_instrument_names(std::vector<InstrumentConfig> const& instruments, Problems& problems);

}  // namespace brink
