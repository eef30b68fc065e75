// SPDX-License-Identifier: Apache-2.0
#include "io/results/json.hpp"

#include "io/results/result_schema.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace brink {
namespace {

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json estimate_json(Estimate const& estimate)
{
    Json json{{"value", number(estimate.value)},
              {"se", number(estimate.se)},
              {"lo", number(estimate.lo)},
              {"hi", number(estimate.hi)},
              {"n_tail", estimate.n_tail}};
    if (!estimate.flag.empty())
        json["flag"] = estimate.flag;
    return json;
}

Json scope_json(ScopeResult const& scope)
{
    Json outcomes = Json::object();
    for (OutcomeResult const& outcome : scope.outcomes) {
        Json statistics = Json::object();
        for (Estimate const& estimate : outcome.statistics)
            statistics[estimate.name] = estimate_json(estimate);
        outcomes[outcome.outcome] = std::move(statistics);
    }
    return outcomes;
}

void add_manifest_tables(Json& json, Manifest const& manifest)
{
    json["inputs"] = Json::array();
    for (InputFile const& input : manifest.inputs)
        json["inputs"].push_back({{"role", input.role},
                                  {"path", input.path},
                                  {"bytes", input.bytes},
                                  {"sha256", input.sha256}});
    json["scheduler"] = manifest.scheduler;
    json["resumed"] = Json::array();
    for (Resumption const& resumption : manifest.resumed)
        json["resumed"].push_back({{"instant", resumption.instant},
                                   {"host", resumption.host},
                                   {"chunks", resumption.chunks}});
}

/// Members of a Json object from provenance fields of each type.
struct FieldWriter {
    Json& json;
    ProvenanceDetail detail;

    void operator()(std::string_view name, std::string const& text) const
    {
        bool const config = name == "config" || name == "effective_config";
        if (detail == ProvenanceDetail::full || !config)
            json[std::string{name}] = text;
    }
    void operator()(std::string_view name, double value) const
    {
        json[std::string{name}] = number(value);
    }
    void operator()(std::string_view name, std::uint64_t value) const
    {
        json[std::string{name}] = value;
    }
};

}  // namespace

Json statistics_json(Result const& result, std::vector<std::string> const& scopes)
{
    Json json = Json::object();
    for (ScopeResult const& scope : result.scopes) {
        if (scopes.empty() || std::find(scopes.begin(), scopes.end(), scope.scope) != scopes.end())
            json[scope.scope] = scope_json(scope);
    }
    return json;
}

Json provenance_json(Provenance const& provenance, ProvenanceDetail detail)
{
    Json json = Json::object();
    visit_provenance(provenance, FieldWriter{json, detail});
    visit_provenance_lists(provenance, [&](std::string_view name, auto const& list,
                                           std::string_view) { json[std::string{name}] = list; });
    visit_manifest(provenance.manifest, FieldWriter{json, detail});
    add_manifest_tables(json, provenance.manifest);
    if (detail == ProvenanceDetail::full)
        json["hashed_keys"] = provenance.hashed_keys;
    return json;
}

Json result_json(Result const& result, ProvenanceDetail detail)
{
    Json json{{"filetype", result_filetype},
              {"schema_version", fmt::format("{}.{}", result_schema_major, result_schema_minor)},
              {"provenance", provenance_json(result.provenance, detail)},
              {"statistics", statistics_json(result)}};
    RegimeTable const& regimes = result.regimes;
    for (std::size_t r = 0; r < regimes.names.size(); ++r)
        json["regimes"][regimes.names[r]] = {{"occupancy", estimate_json(regimes.occupancy[r])},
                                             {"visited", estimate_json(regimes.visited[r])}};
    return json;
}

std::string json_line(Json const& json)
{
    constexpr int one_line = -1;
    constexpr bool ascii = true;
    return json.dump(one_line, ' ', ascii, Json::error_handler_t::replace);
}

}  // namespace brink
