// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace brink {

/// Root attribute `filetype` of a result file.
inline constexpr std::string_view result_filetype = "brink-result";

/// The same of a checkpoint and of the part of a shard.
inline constexpr std::string_view part_filetype = "brink-part";

/// Root attribute `schema_version`. The minor number grows when something is added, the major one
/// when something that readers rely on changes; readers refuse another major number.
inline constexpr std::int32_t result_schema_major = 1;
inline constexpr std::int32_t result_schema_minor = 3;

/// Call `visit(name, member)` for each scalar of the provenance: the one list of root attributes,
/// for writer, reader and JSON alike. `provenance` may be const or not.
template<class P, class Visitor>
void visit_provenance(P& provenance, Visitor&& visit)
{
    visit("name", provenance.name);
    visit("brink_version", provenance.brink_version);
    visit("brink_commit", provenance.brink_commit);
    visit("seed", provenance.seed);
    visit("scenario_hash", provenance.scenario_hash);
    visit("arithmetic", provenance.arithmetic);
    visit("backend", provenance.backend);
    visit("devices", provenance.devices);
    visit("precision", provenance.precision);
    visit("as_of", provenance.as_of);
    visit("started", provenance.started);
    visit("finished", provenance.finished);
    visit("host", provenance.host);
    visit("numeraire", provenance.numeraire);
    visit("seconds", provenance.seconds);
    visit("paths", provenance.paths);
    visit("invalid_paths", provenance.invalid_paths);
    visit("chunk_paths", provenance.chunk_paths);
    visit("steps", provenance.steps);
    visit("accounts", provenance.accounts);
    visit("assets", provenance.assets);
    visit("step_seconds", provenance.step_seconds);
    visit("opening_value", provenance.opening_value);
    visit("config", provenance.config);
    visit("effective_config", provenance.effective_config);
}

/// Call `visit(name, list, long_name)` for each list of texts of the provenance.
template<class P, class Visitor>
void visit_provenance_lists(P& provenance, Visitor&& visit)
{
    visit("warnings", provenance.warnings, "what may make the result misleading");
    visit("assumptions", provenance.assumptions, "simplifications that the config asked for");
    visit("overrides", provenance.overrides, "config keys replaced on the command line");
    visit("limits_breached", provenance.limits_breached, "limits that the result exceeds");
}

/// Index of an outcome in outcome_list, or its size where the name is not known.
inline std::size_t outcome_index(std::string_view outcome)
{
    auto const* const found = std::find_if(outcome_list.begin(), outcome_list.end(),
                                           [&](OutcomeInfo const& o) { return o.name == outcome; });
    return static_cast<std::size_t>(found - outcome_list.begin());
}

/// Unit of a known outcome with the scenario's numeraire put in; empty for an unknown one.
inline std::string_view outcome_unit(std::string_view outcome, std::string_view numeraire)
{
    std::size_t const index = outcome_index(outcome);
    if (index == outcome_list.size())
        return {};
    std::string_view const unit = outcome_list[index].unit;
    return unit == "numeraire" ? numeraire : unit;
}

}  // namespace brink
