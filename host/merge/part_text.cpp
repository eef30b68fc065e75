// SPDX-License-Identifier: Apache-2.0
#include "host/merge/part_text.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "io/results/number_text.hpp"
#include "io/results/result_lookup.hpp"

namespace brink {
namespace {

constexpr std::size_t most_listed = 12;  ///< points of a sweep

/// How many of its points of a sweep are done, and which.
std::string points_text(PartFile const& part)
{
    SweepResult const& sweep = part.sweep;
    std::size_t const all = sweep.points.size();
    bool const has_share = part.kind != "shard" && (part.num_points > 0 || part.num_shards == 1);
    if (all == 0)
        return has_share ? "  sweep: no point done yet\n" : "  sweep: no points in this share\n";
    std::uint64_t const own = part.num_points == 0 ? all : part.num_points;
    std::string text = fmt::format("  sweep: {} of {} points done{}\n", count_text(sweep.num_run()),
                                   count_text(own),
                                   own < all ? fmt::format(", of {} in all", count_text(all)) : "");
    std::size_t listed = 0;
    for (std::size_t p = 0; p < sweep.points.size() && listed < most_listed; ++p)
        if (sweep.points[p].is_run()) {
            text += fmt::format("    {}\n", sweep_label(sweep, p));
            ++listed;
        }
    if (std::size_t const more = sweep.num_run() - listed; more > 0)
        text += fmt::format("    and {} more\n", count_text(more));
    return text;
}

/// Chunks of one scenario.
std::string chunks_text(SavedRun const& run, std::uint64_t chunk_paths)
{
    StatisticsState const& first = run.whole.num_chunks() > 0 ? run.whole : run.rest;
    StatisticsState const& last = run.rest.num_chunks() > 0 ? run.rest : run.whole;
    if (first.num_chunks() == 0)
        return fmt::format("  {}: no chunk of {} paths yet\n", run.scope, count_text(chunk_paths));
    return fmt::format("  {}: chunks {} to {} of {} paths each\n", run.scope, first.first_chunk,
                       last.end_chunk - 1, count_text(chunk_paths));
}

}  // namespace

bool has_sweep(PartFile const& part)
{
    auto const& keys = part.provenance.hashed_keys;
    auto const first = keys.lower_bound("sweep.");
    return first != keys.end() && first->first.starts_with("sweep.");
}

std::string shard_text(PartFile const& part)
{
    if (part.num_shards == 0)
        return "several shards of no common number";
    if (part.shard == part.last_shard)
        return fmt::format("shard {}/{}", part.shard, part.num_shards);
    return fmt::format("shards {} to {} of {}", part.shard, part.last_shard, part.num_shards);
}

std::uint64_t paths_done(PartFile const& part)
{
    if (part.runs.empty())
        return 0;
    std::uint64_t paths = 0;
    for (StatisticsState const* const state : {&part.runs.front().whole, &part.runs.front().rest})
        paths += state->outcomes.empty() ? 0 : state->outcomes.front().paths;
    return paths;
}

std::string part_text(PartFile const& part)
{
    Provenance const& p = part.provenance;
    std::string const what = part.kind == "checkpoint" && part.num_shards == 1
                                 ? std::string{"checkpoint"}
                                 : fmt::format("{}{}", shard_text(part),
                                               part.kind == "checkpoint" ? ", checkpoint" : "");
    std::string text =
        fmt::format("{}: {}, {} of {} paths (from path {}), of {} in all\n", p.name, what,
                    count_text(paths_done(part)), count_text(part.end_path - part.first_path),
                    count_text(part.first_path), count_text(p.paths));
    text += fmt::format("seed {}, {} {}, {:.3g} s on {}, scenario {}\n", p.seed, p.arithmetic,
                        p.precision, p.seconds, p.devices, p.scenario_hash.substr(0, 12));
    text += fmt::format("started {}, written {} by brink {} ({}) on {}\n", p.started, p.finished,
                        p.brink_version, p.brink_commit, p.host);
    for (SavedRun const& run : part.runs)
        text += chunks_text(run, p.chunk_paths);
    if (has_sweep(part))
        text += points_text(part);
    return text;
}

Json part_json(PartFile const& part)
{
    Json json;
    json["kind"] = part.kind;
    json["shard"] = part.shard;
    json["last_shard"] = part.last_shard;
    json["num_shards"] = part.num_shards;
    json["first_path"] = part.first_path;
    json["end_path"] = part.end_path;
    json["paths_done"] = paths_done(part);
    json["provenance"] = provenance_json(part.provenance, ProvenanceDetail::full);
    for (SavedRun const& run : part.runs) {
        Json entry;
        entry["scope"] = run.scope;
        entry["first_chunk"] = run.whole.first_chunk;
        std::vector<std::string> sums;
        for (StatisticsState const* const state : {&run.whole, &run.rest})
            for (std::uint64_t const sum : state->checksums)
                sums.push_back(fmt::format("{:016x}", sum));
        entry["chunk_checksums"] = sums;
        json["scenarios"].push_back(entry);
    }
    if (has_sweep(part)) {
        json["num_points"] = part.num_points;
        json["points_done"] = part.sweep.num_run();
    }
    if (!part.sweep.points.empty())
        json["sweep"] = sweep_json(part.sweep);
    return json;
}

}  // namespace brink
