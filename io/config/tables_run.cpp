// SPDX-License-Identifier: Apache-2.0
// Keys of [run], [statistics], [limits], [stop], [output] and of the file itself.
#include "io/config/config_tables.hpp"
#include "io/config/config_words.hpp"

namespace brink {
namespace {

/// Path ids have 48 bits, and the upper half is kept for pilots.
constexpr CountRange path_range{1, std::uint64_t{1} << 47};
constexpr Range century{0, 100 * 365 * 86'400.0, true};

struct LimitsTable : Located {
    std::vector<LimitConfig> limits;
};

void visit_keys(TableVisitor& visitor, LimitsTable& table)
{
    visitor.limits(table.limits);
}

/// A member narrower than 64 bits, read through one that is not.
void narrow_count(TableVisitor& visitor, std::string_view key, std::uint32_t& out, CountRange range)
{
    std::uint64_t wide = out;
    visitor.count(key, wide, range);
    out = static_cast<std::uint32_t>(wide);
}

}  // namespace

void visit_keys(TableVisitor& visitor, RunConfig& run)
{
    visitor.text("name", run.name, Need::optional);
    visitor.instant("as_of", run.as_of, Need::required);
    visitor.count("seed", run.seed, {});
    visitor.count("paths", run.paths, path_range);
    visitor.duration("horizon", run.horizon, century, Need::required);
    visitor.duration("step", run.step, century, Need::required);
    visitor.text("numeraire", run.numeraire, Need::optional);
    visitor.choice("precision", run.precision);
    visitor.flag("bridge", run.bridge);
}

void visit_keys(TableVisitor& visitor, StatisticsConfig& statistics)
{
    visitor.decimals("levels", statistics.levels);
    visitor.decimals("quantiles", statistics.quantiles);
    visitor.decimal("tail_from", statistics.tail_from);
    visitor.count("fan_paths", statistics.fan_paths, {1, std::uint64_t{1} << 32});
    visitor.count("account_fan_paths", statistics.account_fan_paths, {1, std::uint64_t{1} << 32});
    narrow_count(visitor, "worst_paths", statistics.worst_paths, {0, 1'000'000});
    visitor.numbers("exceedances", statistics.exceedances, any_number);
}

void visit_keys(TableVisitor& visitor, StopConfig& stop)
{
    visitor.text("deadline", stop.deadline, Need::optional);
}

void visit_keys(TableVisitor& visitor, OutputConfig& output)
{
    visitor.choice("outcomes", output.outcomes);
    narrow_count(visitor, "compression", output.compression, {0, 9});
    visitor.flag("extendable", output.extendable);
    visitor.count("extend_to", output.extend_to, {0, path_range.high});
}

void visit_front(TableVisitor& visitor, Scenario& scenario)
{
    visitor.table("run", scenario.run);
    visitor.table("market", scenario.market);
}

void visit_rest(TableVisitor& visitor, Scenario& scenario)
{
    visitor.tables("asset", scenario.assets);
    visitor.tables("instrument", scenario.instruments);
    visitor.tables("venue", scenario.venues);
    visitor.tables("owner", scenario.owners);
    visitor.tables("account", scenario.accounts);
    visitor.tables("scenario", scenario.stresses);
    visitor.table("statistics", scenario.statistics);
    LimitsTable limits{{}, std::move(scenario.limits)};
    visitor.table("limits", limits);
    scenario.limits = std::move(limits.limits);
    visitor.table("stop", scenario.stop);
    visitor.table("output", scenario.output);
}

}  // namespace brink
