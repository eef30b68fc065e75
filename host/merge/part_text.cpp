// SPDX-License-Identifier: Apache-2.0
#include "host/merge/part_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "io/results/number_text.hpp"

namespace brink {
namespace {

std::string shard_of(PartFile const& part)
{
    if (part.shard == part.last_shard)
        return fmt::format("shard {}/{}", part.shard, part.num_shards);
    return fmt::format("shards {} to {} of {}", part.shard, part.last_shard, part.num_shards);
}

}  // namespace

std::uint64_t paths_done(PartFile const& part)
{
    if (part.runs.empty() || part.runs.front().whole.outcomes.empty())
        return 0;
    SavedRun const& base = part.runs.front();
    return base.whole.outcomes.front().paths
           + (base.rest.outcomes.empty() ? 0 : base.rest.outcomes.front().paths);
}

std::string part_text(PartFile const& part)
{
    Provenance const& p = part.provenance;
    std::string const what = part.kind == "checkpoint" && part.num_shards == 1
                                 ? std::string{"checkpoint"}
                                 : fmt::format("{}{}", shard_of(part),
                                               part.kind == "checkpoint" ? ", checkpoint" : "");
    std::string text = fmt::format(
        "{}: {}, {} of {} paths (from path {}), of {} in all\n", p.name, what,
        count_text(paths_done(part)), count_text(part.end_path - part.first_path),
        count_text(part.first_path), count_text(p.paths));
    text += fmt::format("seed {}, {} {}, {:.3g} s on {}, scenario {}\n", p.seed, p.arithmetic,
                        p.precision, p.seconds, p.devices, p.scenario_hash.substr(0, 12));
    text += fmt::format("started {}, written {} by brink {} ({}) on {}\n", p.started, p.finished,
                        p.brink_version, p.brink_commit, p.host);
    for (SavedRun const& run : part.runs)
        text += fmt::format("  {}: chunks {} to {} of {} paths each\n", run.scope,
                            run.whole.first_chunk,
                            std::max(run.whole.end_chunk + run.rest.num_chunks(), std::uint64_t{1})
                                - 1,
                            count_text(p.chunk_paths));
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
    return json;
}

}  // namespace brink
