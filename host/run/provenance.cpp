// SPDX-License-Identifier: Apache-2.0
#include "host/run/provenance.hpp"

#include <unistd.h>

#include <array>
#include <ctime>

#include "brink/version.hpp"
#include "host/run/run_manifest.hpp"
#include "io/config/instant.hpp"

namespace brink {
namespace {

std::string now_text()
{
    return format_instant(static_cast<UnixSeconds>(std::time(nullptr)));
}

std::string host_name()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

std::string precision_name(Precision precision)
{
    return precision == Precision::float64 ? "double" : "float";
}

NumericsId numerics_of(Scenario const& scenario, ScenarioEngine const& engine)
{
    return {engine.info().arithmetic, precision_name(scenario.run.precision)};
}

std::string program_commit()
{
    return std::string{git_commit()} + (git_dirty() ? "-modified" : "");
}

Provenance open_provenance(ReadResult const& input, ScenarioEngine const& engine, Plan const& plan)
{
    Scenario const& scenario = input.scenario;
    ExecutorInfo const info = engine.info();
    Provenance p;
    p.name = scenario.run.name;
    p.brink_version = program_version;
    p.brink_commit = program_commit();
    p.seed = std::to_string(scenario.run.seed);
    p.config = scenario.sources.empty() ? scenario.canonical : scenario.sources.front().text;
    p.effective_config = scenario.canonical;
    p.scenario_hash = hash_scenario(input.effective, numerics_of(scenario, engine));
    p.hashed_keys = hashed_values(input.effective);
    p.arithmetic = info.arithmetic;
    p.backend = info.backend;
    p.devices = info.devices;
    p.precision = precision_name(scenario.run.precision);
    p.as_of = format_instant(scenario.run.as_of);
    p.started = now_text();
    p.host = host_name();
    p.numeraire = scenario.run.numeraire;
    p.paths = plan.shape.paths;
    p.chunk_paths = plan.chunk_paths;
    p.steps = plan.shape.steps;
    p.accounts = plan.shape.accounts;
    p.assets = plan.shape.assets;
    p.step_seconds = plan.shape.step_seconds;
    p.opening_value = engine.opening_value();
    p.warnings = engine.warnings();
    p.assumptions = engine.assumptions();
    p.overrides = scenario.overrides;
    p.manifest = open_manifest(scenario, plan);
    return p;
}

void note_resumption(Provenance& provenance, Provenance const& before, std::uint64_t chunks)
{
    provenance.manifest.resumed = before.manifest.resumed;
    provenance.manifest.resumed.push_back({now_text(), host_name(), chunks});
}

void close_provenance(Provenance& provenance, double seconds)
{
    provenance.finished = now_text();
    provenance.seconds = seconds;
    provenance.manifest.peak_memory_bytes = peak_memory_bytes();
}

}  // namespace brink
