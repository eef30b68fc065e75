// SPDX-License-Identifier: Apache-2.0
#include "host/app/run_json.hpp"

#include <nlohmann/json.hpp>

namespace brink {

Json run_json(Result const& result, std::string const& output)
{
    Provenance const& p = result.provenance;
    Json json;
    json["name"] = p.name;
    json["scenario_hash"] = p.scenario_hash;
    json["as_of"] = p.as_of;
    json["seed"] = p.seed;
    json["paths"] = p.paths;
    json["invalid_paths"] = p.invalid_paths;
    json["seconds"] = p.seconds;
    json["backend"] = p.backend;
    json["devices"] = p.devices;
    json["arithmetic"] = p.arithmetic;
    json["precision"] = p.precision;
    json["output"] = output;
    json["limits_breached"] = p.limits_breached;
    json["warnings"] = p.warnings;
    json["statistics"] = statistics_json(result);
    return json;
}

}  // namespace brink
