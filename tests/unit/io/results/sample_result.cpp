// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/io/results/sample_result.hpp"

#include <fmt/format.h>
#include <bit>
#include <limits>

namespace brink::test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double denormal = std::numeric_limits<double>::denorm_min();

Provenance sample_provenance()
{
    Provenance p;
    p.name = "Fonds für Übersee 基金";
    p.brink_version = "0.1.0";
    p.brink_commit = "0123456789abcdef";
    p.seed = "18446744073709551615";
    p.config = "[run]\nname = \"Fonds\"\n";
    p.effective_config = "run.seed = 18446744073709551615\n";
    p.scenario_hash = "3f2a91bc77de0011";
    p.hashed_keys = {{"run.seed", "18446744073709551615"}, {"run.step", "PT1H"}};
    p.arithmetic = "strict-cpu";
    p.backend = "cpu";
    p.devices = "2 x CPU";
    p.precision = "float";
    p.as_of = "2024-10-24T00:00:00Z";
    p.started = "2024-10-25T06:00:00Z";
    p.finished = "2024-10-25T06:00:03Z";
    p.host = "node-1";
    p.numeraire = "USD";
    p.seconds = 2.91;
    p.paths = 1'000'000;
    p.invalid_paths = 1;
    p.chunk_paths = 65'536;
    p.steps = 240;
    p.accounts = 2;
    p.assets = 5;
    p.step_seconds = 3'600;
    p.opening_value = 2'500'000;
    p.warnings = {"a longer step than the venue's largest sensible one", "", "Grüße"};
    p.assumptions = {"price = 1 for USDT"};
    p.overrides = {"run.paths = 1000000"};
    p.limits_breached = {"book.loss.es_0.99 = 1.2e6 exceeds 1e6"};
    Manifest& manifest = p.manifest;
    manifest.compiler = "GNU 12.2.0";
    manifest.build_type = "Release";
    manifest.build_flags = "-O3 -DNDEBUG";
    manifest.system = "Linux 6.1.0 x86_64";
    manifest.cpu = "A Processor @ 2 GHz";
    manifest.threads = 2;
    manifest.restarts = 1;
    manifest.peak_memory_bytes = 300'000'000;
    manifest.scheduler = {{"SLURM_JOB_ID", "42"}, {"SLURM_RESTART_COUNT", "1"}};
    manifest.inputs = {{"config", "Fonds.toml", 24, std::string(64, 'a')},
                       {"include", "venues/β.toml", 0, std::string(64, 'b')}};
    manifest.resumed = {{"2024-10-25T06:00:01Z", "node-2", 8}};
    return p;
}

ScopeResult sample_book()
{
    OutcomeResult loss{"loss", "USD", 1'000'000, {}, {}};
    loss.statistics = {{"mean", 1'234.5, 0.1, 1'234.3, 1'234.7, 1'000'000, ""},
                       {"sd", 98'765.4321, not_available, not_available, not_available, 0, ""},
                       {"var_0.99", 0.1 + 0.2, 1.0 / 3, -infinity, infinity, 10'000, ""},
                       {"es_0.99", 345'678.9, 210, 345'258.9, 346'098.9, 10'000,
                        "tail index below 2: infinite variance"}};
    loss.histogram = {{-infinity, -1, 0, denormal, 1e300}, {1, 2, 3, 999'994}};
    OutcomeResult health{"min_health", "1", 1'000'000, {}, {}};
    health.statistics = {{"mean", 1.75, 0.001, 1.748, 1.752, 999'999, ""},
                         {"q_0.01", infinity, not_available, not_available, infinity, 10'000, ""}};
    health.histogram = {{0.5, 1.5}, {1'000'000}};
    OutcomeResult called{"called", "1", 1'000'000, {}, {}};
    called.statistics = {{"prob", 0.1832, 0.0004, 0.1824, 0.184, 183'200, ""}};
    Fan fan{"health", 65'536, {0, 3'600, 7'200}, {"0.05", "0.50"}, {}, {}, {}};
    fan.quantiles = {{1.5, 1.25, not_available}, {2, 2.5, infinity}};
    fan.lo = {{1.4, 1.2, 1.1}, {1.9, 2.4, 2.9}};
    fan.hi = {{1.6, 1.3, 1.2}, {2.1, 2.6, infinity}};
    return {"book", {loss, health, called}, {fan}};
}

ScopeResult sample_account()
{
    OutcomeResult loss{"loss", "USD", 1'000'000, {}, {}};
    loss.statistics = {{"mean", -0.0, denormal, -1, 1, 7, "", 0.25, denormal}};
    loss.histogram = {{0, 1, 2}, {500'000, 500'000}};
    OutcomeResult time{"first_call_time", "s", 0, {}, {}};
    time.statistics = {
        {"q_0.5", not_available, not_available, not_available, not_available, 0, "no event"}};
    return {"account:α/β desk", {loss, time}, {}};
}

/// Two axes, one of numbers and one of texts, with a point that was not run.
SweepResult sample_sweep()
{
    SweepResult sweep{"grid",
                      "owner.fund.reserve.USDT = 5",
                      {{"volatility", {"market.volatility_scale", "x.y"}, {"1", "2.5"}, {1, 2.5}},
                       {"policy", {}, {"as it is", "β"}, {}}},
                      {"book"},
                      {}};
    for (std::uint64_t p = 0; p < 4; ++p) {
        SweepPointResult& point = sweep.points.emplace_back();
        if (p == 2)
            continue;
        point = {fmt::format("{:04x}", p), 1'000 + p, p, {{"book", {}, {}}}};
        OutcomeResult loss{"loss", "USD", 1'000, {}, {}};
        auto const base = static_cast<double>(p);
        loss.statistics = {{"mean", base, 0.1, base - 0.2, base + 0.2, 1'000, "", base - 1, 0.05}};
        point.scopes[0].outcomes = {loss};
    }
    return sweep;
}

OutcomeRows sample_rows()
{
    OutcomeRows rows{"tail", {3, 17, 99'999}, {}};
    for (std::size_t i = 0; i < outcome_list.size(); ++i) {
        auto const column = static_cast<float>(i);
        rows.columns.push_back({column, std::numeric_limits<float>::quiet_NaN(), column + 0.1F});
    }
    return rows;
}

void append(std::string& text, std::string const& value)
{
    text += fmt::format("'{}' ", value);
}

void append(std::string& text, double value)
{
    text += fmt::format("{:016x} ", std::bit_cast<std::uint64_t>(value));
}

void append(std::string& text, float value)
{
    text += fmt::format("{:08x} ", std::bit_cast<std::uint32_t>(value));
}

void append(std::string& text, std::uint64_t value)
{
    text += fmt::format("{} ", value);
}

template<class T>
void append(std::string& text, std::vector<T> const& values)
{
    text += '[';
    for (T const& value : values)
        append(text, value);
    text += "]\n";
}

template<class Key, class Value>
void append(std::string& text, std::map<Key, Value> const& values)
{
    for (auto const& [key, value] : values) {
        append(text, key);
        append(text, value);
    }
}

template<class... Members>
void append_all(std::string& text, Members const&... members)
{
    (append(text, members), ...);
    text += '\n';
}

void append(std::string& text, Manifest const& m)
{
    append_all(text, m.compiler, m.build_type, m.build_flags, m.system, m.cpu, m.threads,
               m.restarts, m.peak_memory_bytes, m.scheduler);
    for (InputFile const& input : m.inputs)
        append_all(text, input.role, input.path, input.bytes, input.sha256);
    for (Resumption const& resumption : m.resumed)
        append_all(text, resumption.instant, resumption.host, resumption.chunks);
}

void append(std::string& text, Provenance const& p)
{
    append_all(text, p.name, p.brink_version, p.brink_commit, p.seed, p.config, p.effective_config,
               p.scenario_hash, p.hashed_keys, p.arithmetic, p.backend, p.devices, p.precision,
               p.as_of, p.started, p.finished, p.host, p.numeraire, p.seconds, p.paths,
               p.invalid_paths, p.chunk_paths, p.steps, p.accounts, p.assets, p.step_seconds,
               p.opening_value, p.warnings, p.assumptions, p.overrides, p.limits_breached);
    append(text, p.manifest);
}

void append(std::string& text, ScopeResult const& scope)
{
    append(text, scope.scope);
    for (OutcomeResult const& outcome : scope.outcomes) {
        append_all(text, outcome.outcome, outcome.unit, outcome.count, outcome.histogram.edges,
                   outcome.histogram.counts);
        for (Estimate const& e : outcome.statistics)
            append_all(text, e.name, e.value, e.se, e.lo, e.hi, e.n_tail, e.flag, e.difference,
                       e.difference_se);
    }
    for (Fan const& fan : scope.fans)
        append_all(text, fan.quantity, fan.paths, fan.times, fan.levels, fan.quantiles, fan.lo,
                   fan.hi);
}

}  // namespace

Result sample_result()
{
    Result result;
    result.provenance = sample_provenance();
    result.scopes = {sample_book(), sample_account()};
    result.account_table = {{"a", "β"},         {"loss", "called"},  {{1, 2}, {0.1, 0.2}},
                            {{3, 4}, {0.3, 0}}, {{5, 6}, {1e-3, 0}}, {{10, 20}, {1, 0}},
                            {1e5, 1e6},         {{7, 8}, {0, 1}}};
    result.scopes[0].worst_paths = {{99'999, 2.6e6}, {17, 2.5e6}};
    result.scopes[1].worst_paths = {{5, 1e3}};
    result.rows = sample_rows();
    result.parts = {{"market_move", "funding"}, {1'200, 34.5}, {0.1, not_available}};
    result.correlation_repairs = {{"",
                                   "higham",
                                   {"BTC", "β"},
                                   {{1, 1.1}, {1.1, 1}},
                                   {{1, 0.99}, {0.99, 1}},
                                   -0.1,
                                   0.15,
                                   0.11},
                                  {"β", "higham", {"β"}, {{1}}, {{1}}, 1, 0, 0}};
    result.regimes = {
        {"calm", "β"},
        {{"mean", 0.75, 0.01, 0.73, 0.77, 0, ""}, {"mean", 0.25, 0.02, 0.2, 0.3, 0, ""}},
        {{"prob", 1, 0, 0.99, 1, 0, ""}, {"prob", 0.4, 0.03, 0.34, 0.46, 0, ""}}};
    result.sweep = sample_sweep();
    result.tails = {
        {"called", {}}, {"loss", {1e300, denormal, -0.0, -infinity}}, {"min_health", {0.25, 0.5}}};
    return result;
}

std::string fingerprint(Result const& result)
{
    std::string text;
    append(text, result.provenance);
    for (ScopeResult const& scope : result.scopes)
        append(text, scope);
    AccountTable const& t = result.account_table;
    append_all(text, t.accounts, t.outcomes, t.mean, t.sd, t.se, t.events, t.exceedance_levels,
               t.exceedances);
    for (ScopeResult const& scope : result.scopes)
        for (WorstPath const& worst : scope.worst_paths)
            append_all(text, scope.scope, worst.path, worst.loss);
    append_all(text, result.rows.kept, result.rows.paths, result.rows.columns);
    append_all(text, result.parts.names, result.parts.means, result.parts.se, result.tails);
    append_all(text, result.regimes.names);
    for (auto const* list : {&result.regimes.occupancy, &result.regimes.visited})
        for (Estimate const& e : *list)
            append_all(text, e.name, e.value, e.se, e.lo, e.hi);
    append_all(text, result.sweep.kind, result.sweep.base, result.sweep.scopes);
    for (SweepAxisResult const& axis : result.sweep.axes)
        append_all(text, axis.name, axis.keys, axis.labels, axis.numbers);
    for (SweepPointResult const& point : result.sweep.points) {
        append_all(text, point.scenario_hash, point.paths, point.invalid_paths);
        for (ScopeResult const& scope : point.scopes)
            append(text, scope);
    }
    for (MatrixRepair const& repair : result.correlation_repairs)
        append_all(text, repair.regime, repair.method, repair.assets, repair.written, repair.used,
                   repair.smallest_eigenvalue, repair.frobenius_distance, repair.largest_change);
    return text;
}

}  // namespace brink::test
