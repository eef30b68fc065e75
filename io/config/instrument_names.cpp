// SPDX-License-Identifier: Apache-2.0
#include "io/config/instrument_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

namespace brink {

std::string full_name(std::string_view venue, std::string_view name)
{
    return fmt::format("{}/{}", venue, name);
}

std::vector<std::string> full_names(std::vector<InstrumentConfig> const& instruments)
{
    std::vector<std::string> names;
    for (InstrumentConfig const& instrument : instruments)
        names.push_back(full_name(instrument.venue, instrument.name));
    return names;
}

InstrumentNames::InstrumentNames(std::vector<InstrumentConfig> const& instruments)
    : instruments_{instruments}, names_{"instrument", instruments}
{
    for (std::size_t i = 0; i < instruments.size(); ++i) {
        by_full_name_.emplace(full_name(instruments[i].venue, instruments[i].name), i);
        by_name_.emplace(instruments[i].name, i);
    }
}

InstrumentConfig const* InstrumentNames::find(std::string const& venue,
                                              std::string const& name) const
{
    auto const found = by_full_name_.find(full_name(venue, name));
    return found == by_full_name_.end() ? nullptr : &instruments_[found->second];
}

InstrumentConfig const* InstrumentNames::find_anywhere(std::string const& venue,
                                                       std::string const& name) const
{
    if (InstrumentConfig const* const here = find(venue, name))
        return here;
    auto const found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &instruments_[found->second];
}

bool InstrumentNames::require(std::string const& name, Where const& where, Problems& problems) const
{
    return names_.require(name, where, problems);
}

std::string InstrumentNames::venues_of(std::string const& name) const
{
    std::set<std::string> venues;
    for (InstrumentConfig const& instrument : instruments_)
        if (instrument.name == name)
            venues.insert(fmt::format("\"{}\"", instrument.venue));
    return fmt::format("{}", fmt::join(venues, ", "));
}

void check_instrument_names(std::vector<InstrumentConfig> const& instruments, Problems& problems)
{
    std::unordered_map<std::string, Where> first;
    for (InstrumentConfig const& instrument : instruments) {
        if (instrument.name.empty())
            continue;  // reported as missing already
        Where const where = instrument.at("name");
        check_name(instrument.name, where, problems);
        auto const [found, is_new] =
            first.emplace(full_name(instrument.venue, instrument.name), where);
        if (!is_new)
            report_duplicate("instrument", instrument.name, where, found->second, problems);
    }
}

}  // namespace brink
