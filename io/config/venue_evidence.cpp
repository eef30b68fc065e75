// SPDX-License-Identifier: Apache-2.0
#include "io/config/venue_evidence.hpp"

#include "io/config/config_tables.hpp"
#include "io/config/spelling.hpp"
#include "io/config/table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace brink {
namespace {

/// What stands before and after the first dot.
struct EvidenceName {
    std::string key;
    std::string row;
};

EvidenceName split(std::string const& name)
{
    auto const dot = name.find('.');
    return dot == std::string::npos ? EvidenceName{name, {}}
                                    : EvidenceName{name.substr(0, dot), name.substr(dot + 1)};
}

/// Every key of a table that reads into `T`.
template<class T>
std::vector<std::string> keys_of()
{
    ConfigNode const empty{ConfigNode::Table{}, {}};
    Located located;
    Problems ignored;
    TableReader reader{empty, located, ignored};
    T table;
    visit_keys(reader, table);
    return reader.known();
}

bool is_among(std::vector<std::string> const& names, std::string const& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

template<class Row>
bool has_asset(std::vector<Row> const& rows, std::string const& asset)
{
    return std::any_of(rows.begin(), rows.end(),
                       [&](Row const& row) { return row.asset == asset; });
}

bool takes_part(VenueConfig const& venue, std::string const& name)
{
    EvidenceName const place = split(name);
    if (place.row.empty())
        return true;
    if (place.key == "collateral")
        return has_asset(venue.collateral, place.row);
    if (place.key == "borrow")
        return has_asset(venue.borrow, place.row);
    if (place.key == "oracle")
        return has_asset(venue.oracle, place.row);
    if (place.key == "schedules")
        return std::any_of(venue.schedules.begin(), venue.schedules.end(),
                           [&](ScheduleConfig const& schedule) {
                               return is_among(schedule.instruments, place.row);
                           });
    return true;
}

void check_name(Where const& where, std::string const& name, Problems& problems)
{
    EvidenceName const place = split(name);
    std::vector<std::string> const keys = keys_of<VenueConfig>();
    if (!is_among(keys, place.key)) {
        problems.add(where, fmt::format("a venue has no key \"{}\"", place.key),
                     advise(place.key, keys, "key"));
        return;
    }
    bool const has_rows = place.key == "collateral" || place.key == "borrow"
                          || place.key == "oracle" || place.key == "schedules";
    std::vector<std::string> const rules = keys_of<LiquidationConfig>();
    if (place.key == "liquidation" && !place.row.empty() && !is_among(rules, place.row))
        problems.add(where, fmt::format("[venue.liquidation] has no key \"{}\"", place.row),
                     advise(place.row, rules, "key"));
    else if (place.key != "liquidation" && !place.row.empty() && !has_rows)
        problems.add(where, fmt::format("{} has no rows to name", place.key),
                     fmt::format("write \"{}\"", place.key));
}

}  // namespace

std::vector<EvidenceNote> evidence_notes(VenueConfig const& venue)
{
    std::vector<EvidenceNote> notes{
        {"unverified", venue.unverified}, {"inferred", venue.inferred}, {"assumed", venue.assumed}};
    for (EvidenceNote& note : notes)
        std::erase_if(note.names,
                      [&](std::string const& name) { return !takes_part(venue, name); });
    std::erase_if(notes, [](EvidenceNote const& note) { return note.names.empty(); });
    return notes;
}

void check_evidence(VenueConfig const& venue, Problems& problems)
{
    std::set<std::string> named;
    for (EvidenceNote const& note :
         {EvidenceNote{"unverified", venue.unverified}, EvidenceNote{"inferred", venue.inferred},
          EvidenceNote{"assumed", venue.assumed}})
        for (std::string const& name : note.names) {
            check_name(venue.at(note.standing), name, problems);
            if (!named.insert(name).second)
                problems.add(venue.at(note.standing), fmt::format("\"{}\" is named twice", name),
                             "let one of unverified, inferred and assumed have it");
        }
}

}  // namespace brink
