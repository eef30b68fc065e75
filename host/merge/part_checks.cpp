// SPDX-License-Identifier: Apache-2.0
#include "host/merge/part_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "host/merge/part_text.hpp"
#include "host/program/scenario_hash.hpp"
#include "host/run/side_by_side.hpp"
#include "io/results/file_error.hpp"
#include "io/results/number_text.hpp"
#include "io/results/view_parts.hpp"

namespace brink {
namespace {

std::string range_text(std::uint64_t first, std::uint64_t end)
{
    return fmt::format("paths {} to {}", count_text(first), count_text(end - 1));
}

/// Why a part does not belong to the run of the first one; empty: it does.
std::string difference(Provenance const& first, Provenance const& other)
{
    if (other.arithmetic != first.arithmetic)
        return fmt::format("it was computed in {} arithmetic, not in {}: the bits differ",
                           other.arithmetic, first.arithmetic);
    if (other.scenario_hash != first.scenario_hash) {
        auto const key = find_difference(other.hashed_keys, first.hashed_keys);
        if (!key)
            return fmt::format(
                "its scenario hash is {}, not {}, though the configs agree: it was "
                "written by another version of brink",
                other.scenario_hash, first.scenario_hash);
        return fmt::format(
            "it is of another scenario: hash {}, not {}; first differing key {}: "
            "{}, not {}",
            other.scenario_hash, first.scenario_hash, key->key, key->first, key->second);
    }
    if (other.paths != first.paths)
        return fmt::format("it is part of {} paths, not of {}", count_text(other.paths),
                           count_text(first.paths));
    return {};
}

bool is_empty(Shard shard, Provenance const& run)
{
    PathRange const range = range_of(shard, run.paths, run.chunk_paths);
    return range.first == range.end;
}

std::vector<std::size_t> points_run(SweepResult const& sweep)
{
    std::vector<std::size_t> points;
    for (std::size_t p = 0; p < sweep.points.size(); ++p)
        if (sweep.points[p].is_run())
            points.push_back(p);
    return points;
}

/// Parts of the same shard of the same run are told of; one of them is left.
void drop_repeated(std::vector<GivenPart>& parts, MergeProblems& problems)
{
    using Identity = std::tuple<std::string, std::uint64_t, std::uint64_t, std::uint64_t,
                                std::uint64_t, std::uint64_t, std::vector<std::size_t>>;
    std::map<Identity, std::filesystem::path> seen;
    std::erase_if(parts, [&](GivenPart const& given) {
        PartFile const& part = given.part;
        auto const [first, is_new] = seen.emplace(
            Identity{part.provenance.scenario_hash, part.num_shards, part.shard, part.last_shard,
                     part.first_path, part.end_path, points_run(part.sweep)},
            given.path);
        if (!is_new)
            problems.add(
                ExitCode::data,
                first->second == given.path
                    ? fmt::format("{}: is given twice (leave one out)", given.path.string())
                    : fmt::format("{}: {} is given twice: it is in {} too (leave one out)",
                                  given.path.string(), shard_text(part), first->second.string()));
        return !is_new;
    });
}

/// Shards with paths that no part has, where all parts were cut alike.
std::string missing_shards(std::vector<GivenPart> const& parts)
{
    std::uint64_t const count = parts.front().part.num_shards;
    std::vector<bool> has(count + 1);
    for (GivenPart const& given : parts) {
        if (given.part.num_shards != count)
            return {};
        for (std::uint64_t k = given.part.shard; k <= std::min(given.part.last_shard, count); ++k)
            has[k] = true;
    }
    std::vector<std::string> names;
    for (std::uint64_t k = 1; k <= count; ++k)
        if (!has[k] && !is_empty({k, count}, parts.front().part.provenance))
            names.push_back(fmt::format("{}/{}", k, count));
    return names.empty()
               ? std::string{}
               : fmt::format(" (shard{} {})", names.size() == 1 ? "" : "s", fmt::join(names, ", "));
}

/// By paths; parts without any by the place of their shards.
bool comes_before(PartFile const& a, PartFile const& b)
{
    std::pair const own{a.first_path, a.end_path};
    std::pair const other{b.first_path, b.end_path};
    return own != other ? own < other : a.shard * b.num_shards < b.shard * a.num_shards;
}

/// A part of the run that most parts are of, the first of them; null where there is no part.
GivenPart const* find_usual(std::vector<GivenPart> const& parts)
{
    using Run = std::tuple<std::string, std::string, std::uint64_t>;
    auto const run_of = [](GivenPart const& given) {
        Provenance const& p = given.part.provenance;
        return Run{p.arithmetic, p.scenario_hash, p.paths};
    };
    std::map<Run, std::size_t> counts;
    for (GivenPart const& given : parts)
        ++counts[run_of(given)];
    auto const usual =
        std::max_element(parts.begin(), parts.end(), [&](GivenPart const& a, GivenPart const& b) {
            return counts[run_of(a)] < counts[run_of(b)];
        });
    return usual == parts.end() ? nullptr : &*usual;
}

}  // namespace

void MergeProblems::add(ExitCode code, std::string message)
{
    has_missing_ = has_missing_ || code == ExitCode::no_input;
    messages_.push_back(std::move(message));
}

ExitCode MergeProblems::code() const
{
    return messages_.empty() ? ExitCode::ok : has_missing_ ? ExitCode::no_input : ExitCode::data;
}

std::vector<GivenPart> read_parts(std::vector<std::filesystem::path> const& paths,
                                  MergeProblems& problems)
{
    std::vector<GivenPart> parts;
    for (std::filesystem::path const& path : paths) {
        try {
            GivenPart given{path, read_part(path)};
            if (given.part.kind != "shard")
                problems.add(ExitCode::data,
                             fmt::format("{}: it is a checkpoint: its shard is not done yet (run "
                                         "that shard's command again)",
                                         path.string()));
            else
                parts.push_back(std::move(given));
        } catch (FileError const& error) {
            if (error.code() != ExitCode::data && error.code() != ExitCode::no_input)
                throw;
            problems.add(error.code(), error.what());
        }
    }
    return parts;
}

void leave_rows(std::vector<GivenPart>& parts, std::filesystem::path const& view,
                MergeProblems& problems)
{
    for (GivenPart& given : parts) {
        try {
            given.in_view = view_part(given.path, given.part, view);
        } catch (FileError const& error) {
            problems.add(error.code(), error.what());
        }
        for (SavedRun& run : given.part.runs)
            for (StatisticsState* const state : {&run.whole, &run.rest})
                state->rows = {};
    }
}

void keep_same_run(std::vector<GivenPart>& parts, MergeProblems& problems)
{
    GivenPart const* const most = find_usual(parts);
    if (most == nullptr)
        return;
    std::filesystem::path const path = most->path;
    Provenance const usual = most->part.provenance;
    std::erase_if(parts, [&](GivenPart const& given) {
        std::string const why = difference(usual, given.part.provenance);
        if (!why.empty())
            problems.add(ExitCode::data, fmt::format("{}: does not go with {}: {}",
                                                     given.path.string(), path.string(), why));
        return !why.empty();
    });
}

std::vector<std::string> differences_aside(std::vector<GivenPart> const& parts)
{
    std::vector<std::string> warnings;
    GivenPart const& first = parts.front();
    for (GivenPart const& given : parts)
        if (given.part.provenance.effective_config != first.part.provenance.effective_config)
            warnings.push_back(fmt::format(
                "{}: its [limits], [output], [stop] or run.name are others than those of {}, which "
                "are taken",
                given.path.string(), first.path.string()));
    return warnings;
}

void check_ranges(std::vector<GivenPart>& parts, bool partial, MergeProblems& problems)
{
    if (parts.empty())
        return;
    std::stable_sort(parts.begin(), parts.end(), [](GivenPart const& a, GivenPart const& b) {
        return comes_before(a.part, b.part);
    });
    drop_repeated(parts, problems);
    std::uint64_t const paths = parts.front().part.provenance.paths;
    std::uint64_t done = partial ? parts.front().part.first_path : 0;
    std::filesystem::path before;
    std::vector<std::string> missing;
    for (GivenPart const& given : parts) {
        PartFile const& part = given.part;
        if (part.first_path < done && part.first_path < part.end_path)
            problems.add(ExitCode::data,
                         fmt::format("{}: {} are also in {}", given.path.string(),
                                     range_text(part.first_path, std::min(done, part.end_path)),
                                     before.string()));
        if (part.first_path > done)
            missing.push_back(range_text(done, part.first_path));
        if (part.end_path >= done) {
            done = part.end_path;
            before = given.path;
        }
    }
    if (!partial && done < paths)
        missing.push_back(range_text(done, paths));
    if (!missing.empty())
        problems.add(ExitCode::no_input,
                     fmt::format("incomplete: {} of {} are in no part{}", fmt::join(missing, ", "),
                                 count_text(paths), missing_shards(parts)));
}

}  // namespace brink
