// SPDX-License-Identifier: Apache-2.0
#include "host/plan/outcome_specs.hpp"

#include <algorithm>
#include <stdexcept>

#include "models/path/outcome.hpp"

namespace brink {
namespace {

DecimalLevel parse_level(std::string const& text)
{
    auto const level = DecimalLevel::parse(text);
    if (!level)
        throw std::logic_error{"level '" + text + "' passed the checks"};
    return *level;
}

}  // namespace

std::vector<DecimalLevel> parse_levels(std::vector<std::string> const& texts)
{
    std::vector<DecimalLevel> levels;
    for (std::string const& text : texts)
        levels.push_back(parse_level(text));
    return levels;
}

std::size_t worst_outcome(ScopeKind scope)
{
    return static_cast<std::size_t>(scope == ScopeKind::book ? Column::loss : Column::loss_account);
}

std::vector<OutcomeSpec> make_outcome_specs(StatisticsConfig const& config, std::uint64_t path_cap,
                                            ScopeKind scope, std::string const& spill_directory)
{
    static_assert(outcome_list.size() == num_outcomes);
    std::vector<OutcomeSpec> specs;
    for (OutcomeInfo const& info : outcome_list) {
        bool const keeps_worst = &info == &outcome_list[worst_outcome(scope)];
        specs.push_back({.name = std::string{info.name},
                         .kind = info.kind,
                         .levels = parse_levels(config.levels),
                         .quantiles = parse_levels(config.quantiles),
                         .tail_from = parse_level(config.tail_from),
                         .path_cap = path_cap,
                         .confidence = result_confidence,
                         .num_worst = keeps_worst ? config.worst_paths : 0,
                         .spill_directory = spill_directory});
    }
    return specs;
}

std::uint64_t num_depth_paths(Scenario const& scenario)
{
    // So many paths need no deeper tails than fewer: both keep the same least number of values.
    constexpr std::uint64_t without_cost = 1'000'000;
    if (!scenario.output.extendable)
        return scenario.run.paths;
    return std::max({scenario.run.paths, scenario.output.extend_to, without_cost});
}

std::uint64_t num_kept_rows(Scenario const& scenario, std::uint64_t paths)
{
    switch (scenario.output.outcomes) {
        case OutcomeColumns::none:
            return 0;
        case OutcomeColumns::all:
            return paths;
        case OutcomeColumns::tail:
            break;
    }
    return std::min(parse_level(scenario.statistics.tail_from).tail_count(paths), most_tail_rows);
}

}  // namespace brink
