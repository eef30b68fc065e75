// SPDX-License-Identifier: Apache-2.0
#include "io/results/json.hpp"

#include "io/results/result_lookup.hpp"
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
    if (!std::isnan(estimate.difference)) {
        json["difference"] = number(estimate.difference);
        json["difference_se"] = number(estimate.difference_se);
    }
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

/// Value of an axis at a point: a number where all of the axis are.
Json axis_value(SweepAxisResult const& axis, std::size_t place)
{
    return axis.numbers.empty() ? Json(axis.labels[place]) : number(axis.numbers[place]);
}

Json axis_json(SweepAxisResult const& axis)
{
    Json values = Json::array();
    for (std::size_t i = 0; i < axis.labels.size(); ++i)
        values.push_back(axis_value(axis, i));
    return {{"name", axis.name}, {"keys", axis.keys}, {"values", std::move(values)}};
}

Json point_json(SweepResult const& sweep, std::size_t point)
{
    SweepPointResult const& result = sweep.points[point];
    Json json = Json::object();
    std::vector<std::size_t> const places = sweep_places(sweep, point);
    for (std::size_t a = 0; a < places.size(); ++a)
        json["at"][sweep.axes[a].name] = axis_value(sweep.axes[a], places[a]);
    json["scenario_hash"] = result.scenario_hash;
    json["paths"] = result.paths;
    for (ScopeResult const& scope : result.scopes)
        json["statistics"][scope.scope] = scope_json(scope);
    return json;
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

Json sweep_json(SweepResult const& sweep)
{
    Json json{{"kind", sweep.kind}, {"base", sweep.base}};
    for (SweepAxisResult const& axis : sweep.axes)
        json["axes"].push_back(axis_json(axis));
    for (std::size_t p = 0; p < sweep.points.size(); ++p)
        json["points"].push_back(point_json(sweep, p));
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
    if (!result.sweep.points.empty())
        json["sweep"] = sweep_json(result.sweep);
    for (ViewPart const& part : result.rows.parts)
        json["view"].push_back({{"file", part.file},
                                {"bytes", part.bytes},
                                {"checksum", fmt::format("{:016x}", part.checksum)},
                                {"paths", part.whole_rows + part.rest_rows}});
    return json;
}

std::string json_line(Json const& json)
{
    constexpr int one_line = -1;
    constexpr bool ascii = true;
    return json.dump(one_line, ' ', ascii, Json::error_handler_t::replace);
}

}  // namespace brink
