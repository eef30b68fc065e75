// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_lookup.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace brink {
namespace {

template<class T, class Name>
T const* find(std::vector<T> const& list, Name T::*member, std::string_view name)
{
    auto const found =
        std::find_if(list.begin(), list.end(), [&](T const& t) { return t.*member == name; });
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

ScopeResult const* find_scope(Result const& result, std::string_view scope)
{
    return find(result.scopes, &ScopeResult::scope, scope);
}

OutcomeResult const* find_outcome(ScopeResult const& scope, std::string_view outcome)
{
    return find(scope.outcomes, &OutcomeResult::outcome, outcome);
}

Estimate const* find_statistic(OutcomeResult const& outcome, std::string_view statistic)
{
    return find(outcome.statistics, &Estimate::name, statistic);
}

Estimate const* find_estimate(ScopeResult const& scope, std::string_view outcome,
                              std::string_view statistic)
{
    OutcomeResult const* const found = find_outcome(scope, outcome);
    return found == nullptr ? nullptr : find_statistic(*found, statistic);
}

std::vector<std::size_t> sweep_places(SweepResult const& sweep, std::size_t point)
{
    std::vector<std::size_t> places(sweep.axes.size(), point);
    if (sweep.kind == "grid")
        for (std::size_t a = places.size(); a-- > 0;) {
            places[a] = point % sweep.axes[a].labels.size();
            point /= sweep.axes[a].labels.size();
        }
    return places;
}

std::string sweep_label(SweepResult const& sweep, std::size_t point)
{
    std::string label;
    std::vector<std::size_t> const places = sweep_places(sweep, point);
    for (std::size_t a = 0; a < places.size(); ++a)
        label += fmt::format("{}{} = {}", a == 0 ? "" : ", ", sweep.axes[a].name,
                             sweep.axes[a].labels[places[a]]);
    return label;
}

}  // namespace brink
