// SPDX-License-Identifier: Apache-2.0
#include "host/merge/merge_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "host/merge/part_checks.hpp"
#include "host/merge/unite_points.hpp"
#include "host/program/scenario_hash.hpp"
#include "host/run/existing_output.hpp"
#include "host/run/limits.hpp"
#include "host/run/provenance.hpp"
#include "host/run/run_manifest.hpp"
#include "io/config/scenario_reader.hpp"
#include "io/results/file_error.hpp"
#include "io/results/number_text.hpp"
#include "io/results/private_file.hpp"
#include "io/results/result_file.hpp"
#include "io/results/result_schema.hpp"

namespace brink {
namespace {

void add_once(std::string& list, std::string const& text)
{
    if (list.find(text) == std::string::npos)
        list += list.empty() ? text : "; " + text;
}

/// The first part's, but for what the parts or this process have of their own.
Manifest making_of_parts(std::vector<GivenPart> const& parts)
{
    Manifest making = parts.front().part.provenance.manifest;
    making.scheduler = scheduler_variables();
    making.resumed.clear();
    making.restarts = 0;
    for (GivenPart const& given : parts) {
        Manifest const& part = given.part.provenance.manifest;
        making.restarts += part.restarts;
        making.resumed.insert(making.resumed.end(), part.resumed.begin(), part.resumed.end());
    }
    return making;
}

/// What the parts say about the making of the whole.
Provenance making_of(std::vector<GivenPart> const& parts)
{
    Provenance making = parts.front().part.provenance;
    making.seconds = 0;
    making.host.clear();
    making.devices.clear();
    double seconds = 0;
    for (GivenPart const& given : parts) {
        Provenance const& part = given.part.provenance;
        seconds += part.seconds;
        making.started = std::min(making.started, part.started);
        add_once(making.host, part.host);
        add_once(making.devices, part.devices);
    }
    making.manifest = making_of_parts(parts);
    close_provenance(making, seconds);
    return making;
}

/// What this merge sets otherwise than the shards. A view keeps no rows, and so no chunks that
/// could be gone on with.
std::vector<std::string> settings_of(MergeRequest const& request, GivenPart const& given)
{
    std::vector<std::string> settings{fmt::format("run.paths={}", given.part.provenance.paths)};
    if (request.view)
        settings.insert(settings.end(), {"output.outcomes=\"none\"", "output.extendable=false"});
    return settings;
}

/// The scenario that the parts were run with, as they keep it.
class StoredScenario {
    Problems problems_;
    ReadResult input_;
    std::unique_ptr<ScenarioEngine> engine_;
    std::vector<std::string> warnings_;

  public:
    /// \param settings of no key that the hash covers
    /// \throws FileError 65 where this program gives another scenario hash
    StoredScenario(GivenPart const& given, std::vector<std::string> const& settings)
        : input_{read_scenario_text(given.part.provenance.effective_config, given.path.string(),
                                    settings, problems_)}
    {
        Provenance const& p = given.part.provenance;
        if (problems_.problems().empty())
            engine_ = make_engine(input_.scenario, {DeviceChoice{DeviceChoice::Kind::cpu, {}}, 0},
                                  problems_);
        bool const is_same =
            engine_ != nullptr
            && hash_scenario(input_.effective, {p.arithmetic, p.precision}) == p.scenario_hash;
        if (!is_same)
            throw FileError{ExitCode::data,
                            fmt::format("{}: it was written by brink {} ({}), whose rules or "
                                        "numbers are not those of this version: merge it with that",
                                        given.path.string(), p.brink_version, p.brink_commit)};
        warnings_ = engine_->warnings();
    }

    [[nodiscard]] ReadResult const& input() const { return input_; }
    /// Of its program, with the lines of the stored text.
    [[nodiscard]] std::vector<std::string> const& warnings() const { return warnings_; }
    [[nodiscard]] std::unique_ptr<ScenarioEngine> take_engine() { return std::move(engine_); }
};

void restore_all(SideBySide& runs, std::vector<GivenPart> const& parts)
{
    for (GivenPart const& given : parts) {
        if (std::string const why = runs.obstacle(given.part.runs); !why.empty())
            throw FileError{ExitCode::data, fmt::format("{}: {}", given.path.string(), why)};
        runs.restore(given.part.runs);
    }
}

/// The parts' own, and those of the whole that reading their scenario again does not give.
/// \param reread what the program of the stored scenario is warned of
std::vector<std::string> warnings_of(std::vector<GivenPart> const& parts,
                                     std::vector<std::string> const& whole,
                                     std::vector<std::string> const& reread)
{
    std::vector<std::string> all;
    auto const add = [&](std::string const& warning) {
        if (std::find(all.begin(), all.end(), warning) == all.end())
            all.push_back(warning);
    };
    for (GivenPart const& given : parts)
        for (std::string const& warning : given.part.provenance.warnings)
            add(warning);
    for (std::string const& warning : whole)
        if (std::find(reread.begin(), reread.end(), warning) == reread.end())
            add(warning);
    return all;
}

PartFile open_larger_part(std::vector<GivenPart> const& parts)
{
    PartFile merged;
    merged.kind = "shard";
    merged.provenance = making_of(parts);
    merged.provenance.warnings = warnings_of(parts, {}, {});
    merged.shard = parts.front().part.shard;
    merged.last_shard = parts.back().part.last_shard;
    merged.num_shards = parts.front().part.num_shards;
    for (GivenPart const& given : parts) {
        if (given.part.num_shards != merged.num_shards)
            merged.shard = merged.last_shard = merged.num_shards = 0;  // no common cut
        merged.num_points += given.part.num_points;
    }
    merged.first_path = parts.front().part.first_path;
    merged.end_path = parts.back().part.end_path;
    return merged;
}

void write_larger_part(MergeRequest const& request, std::vector<GivenPart> const& parts,
                       SweepResult points, SideBySide& runs)
{
    PartFile merged = open_larger_part(parts);
    merged.sweep = std::move(points);
    merged.runs = runs.save(SavedFor::shard);
    write_part(request.output, merged);
}

/// In path order; empty shards have none.
std::vector<ViewPart> view_of(std::vector<GivenPart> const& parts)
{
    std::vector<ViewPart> view;
    for (GivenPart const& given : parts)
        if (given.in_view.whole_rows + given.in_view.rest_rows > 0)
            view.push_back(given.in_view);
    return view;
}

Result write_whole(MergeRequest const& request, std::vector<GivenPart> const& parts,
                   StoredScenario const& stored, SweepResult points, SideBySide& runs)
{
    Scenario const& scenario = stored.input().scenario;
    Result result;
    write_result(
        request.output,
        scenario.output.extendable ? runs.save(SavedFor::extension) : std::vector<SavedRun>{},
        [&]() -> Result const& {
            result = runs.finish();
            result.sweep = std::move(points);
            Provenance making = making_of(parts);
            making.invalid_paths = result.provenance.invalid_paths;
            making.warnings = warnings_of(parts, result.provenance.warnings, stored.warnings());
            making.assumptions = result.provenance.assumptions;
            making.limits_breached = result.provenance.limits_breached;
            result.provenance = std::move(making);
            if (request.view) {
                result.rows.kept = "all";
                result.rows.parts = view_of(parts);
            }
            return result;
        },
        {static_cast<int>(scenario.output.compression)});
    return result;
}

/// What stands at the output already. \param num_points of the sweep, that the parts have
/// \return whether there is nothing left to do
bool is_done(MergeRequest const& request, std::vector<GivenPart> const& parts,
             std::size_t num_points, MergeReport& report)
{
    if (request.force)
        return false;
    Provenance const& provenance = parts.front().part.provenance;
    ExistingReport const existing =
        look_at_existing({request.output, provenance.scenario_hash, &provenance.hashed_keys,
                          provenance.paths, std::nullopt});
    if (existing.kind == ExistingOutput::other)
        throw FileError{ExitCode::data, existing.message};
    if (existing.kind == ExistingOutput::absent || existing.kind == ExistingOutput::smaller)
        return false;
    Result there = read_result(request.output);
    // Whoever asks for the outcomes themselves may want to delete the parts.
    bool const is_as_asked =
        !there.rows.is_view() || (request.view && there.rows.parts == view_of(parts));
    bool const has_points = there.sweep.num_run() >= num_points;  // no deadline ended its sweep
    if (existing.kind == ExistingOutput::complete && !(is_as_asked && has_points))
        return false;
    report.message = existing.message;
    if (request.view && !there.rows.is_view())
        report.message += " (it is no view; --force makes one of it)";
    report.result = std::move(there);
    return true;
}

/// The same where a larger part is asked for.
bool is_part_done(MergeRequest const& request, std::vector<GivenPart> const& parts,
                  MergeReport& report)
{
    std::error_code ignored;
    if (request.force || !std::filesystem::exists(request.output, ignored))
        return false;
    PartFile const merged = open_larger_part(parts);
    if (read_filetype(request.output) == part_filetype) {
        PartFile const there = read_part(request.output);
        if (there.kind == merged.kind && there.first_path == merged.first_path
            && there.end_path == merged.end_path && there.num_points == merged.num_points
            && there.provenance.scenario_hash == merged.provenance.scenario_hash
            && there.provenance.paths == merged.provenance.paths) {
            report.message = fmt::format("'{}' is complete: the same part; nothing to do",
                                         request.output.string());
            return true;
        }
    }
    throw FileError{ExitCode::data,
                    fmt::format("'{}' holds something else than these parts (--force replaces it)",
                                request.output.string())};
}

/// A view that took the place of one of its parts would point at itself.
void refuse_part_as_output(MergeRequest const& request)
{
    for (std::filesystem::path const& part : request.parts) {
        std::error_code ignored;
        if (std::filesystem::equivalent(part, request.output, ignored))
            throw FileError{ExitCode::usage,
                            fmt::format("{}: it is one of the parts, which a view only points at; "
                                        "write the view elsewhere",
                                        part.string())};
    }
}

}  // namespace

MergeReport merge_parts(MergeRequest const& request)
{
    MergeReport report;
    MergeProblems problems;
    if (request.view)
        refuse_part_as_output(request);
    std::vector<GivenPart> parts = read_parts(request.parts, problems);
    keep_same_run(parts, problems);
    check_ranges(parts, request.partial, problems);
    SweepResult points = unite_points(parts, request.partial, problems);
    if (request.view)
        leave_rows(parts, request.output, problems);
    if (!problems.empty()) {
        report.code = problems.code();
        report.problems = problems.messages();
        return report;
    }
    report.warnings = differences_aside(parts);
    if (request.partial ? is_part_done(request, parts, report)
                        : is_done(request, parts, points.num_run(), report))
        return report;
    StoredScenario stored{parts.front(), settings_of(request, parts.front())};
    check_output(request.output);
    ScenarioRunner const runner{{DeviceChoice{DeviceChoice::Kind::cpu, {}}, 0}, 0, request.plan};
    SideBySide runs{stored.input(), stored.take_engine(), runner,
                    PathRange{parts.front().part.first_path, parts.back().part.end_path}};
    restore_all(runs, parts);
    std::string const paths = count_text(runs.range().end - runs.range().first);
    report.message =
        fmt::format("wrote '{}': {} paths of {} parts{}", request.output.string(), paths,
                    parts.size(), request.view ? ", which hold the outcomes of all paths" : "");
    if (request.partial)
        write_larger_part(request, parts, std::move(points), runs);
    else
        report.result = write_whole(request, parts, stored, std::move(points), runs);
    return report;
}

}  // namespace brink
