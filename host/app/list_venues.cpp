// SPDX-License-Identifier: Apache-2.0
#include "host/app/list_venues.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "host/app/failure.hpp"
#include "io/config/duration.hpp"
#include "io/config/venue_evidence.hpp"
#include "io/config/venue_file.hpp"

namespace brink {
namespace {

void print_table_line(std::string const& name, std::string const& date, std::string const& source)
{
    fmt::print("    {:<28}{:<12}{}\n", name, date.empty() ? "-" : date,
               source.empty() ? "as the file" : source);
}

void print_tables(VenueConfig const& venue)
{
    for (ScheduleConfig const& schedule : venue.schedules)
        for (std::string const& instrument : schedule.instruments)
            print_table_line("schedules." + instrument, schedule.date, schedule.source);
    for (CollateralConfig const& collateral : venue.collateral)
        print_table_line("collateral." + collateral.asset, collateral.date, collateral.source);
    for (OracleConfig const& oracle : venue.oracle)
        print_table_line("oracle." + oracle.asset, oracle.date, oracle.source);
}

void print_venue(VenueConfig const& venue, bool tables)
{
    std::string const step =
        venue.largest_sensible_step ? format_duration(*venue.largest_sensible_step) : "-";
    fmt::print("  {:<22}{:<12}{:<6}{}\n", venue.name, venue.date.empty() ? "-" : venue.date, step,
               venue.source.empty() ? "no source" : venue.source);
    for (EvidenceNote const& note : evidence_notes(venue))
        fmt::print("    {}: {}\n", note.standing == "unverified" ? "UNVERIFIED" : note.standing,
                   fmt::join(note.names, ", "));
    if (tables)
        print_tables(venue);
}

}  // namespace

std::vector<std::string> toml_files(std::filesystem::path const& folder)
{
    std::vector<std::string> files;
    std::error_code failed;
    for (auto const& entry : std::filesystem::directory_iterator{folder, failed})
        if (entry.path().extension() == ".toml")
            files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

ExitCode list_venues(std::filesystem::path const& folder, bool tables)
{
    std::vector<std::string> const files = toml_files(folder);
    fmt::print("venues (below {})\n", folder.string());
    if (files.empty()) {
        fmt::print("  none found\n");
        return ExitCode::ok;
    }
    fmt::print("  {:<22}{:<12}{:<6}{}\n", "name", "date", "step", "source");
    Problems problems;
    for (std::string const& file : files) {
        Problems found;
        VenueConfig const venue = read_venue_file(file, found);
        if (found.empty())
            print_venue(venue, tables);
        for (Problem const& problem : found.problems())
            problems.add(problem.where, problem.reason, problem.suggestion, problem.code);
    }
    fmt::print(
        "step: the largest sensible run.step. What is not called unverified, inferred or assumed "
        "rests on the source.\n{}",
        tables ? "" : "Source and date of each table: brink list venues --tables\n");
    return static_cast<ExitCode>(report_problems(problems));
}

}  // namespace brink
