// SPDX-License-Identifier: Apache-2.0
#include "host/merge/unite_points.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "host/merge/part_text.hpp"
#include "host/sweep/sweep_points_check.hpp"
#include "host/sweep/sweep_share.hpp"
#include "io/config/scenario_reader.hpp"
#include "io/results/number_text.hpp"
#include "io/results/result_lookup.hpp"

namespace brink {
namespace {

constexpr std::size_t most_named = 8;  ///< points

std::string name_list(std::vector<std::string> const& names)
{
    std::size_t const shown = std::min(names.size(), most_named);
    std::string text = fmt::format(
        "{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), "; "));
    if (names.size() > shown)
        text += fmt::format("; and {} more", count_text(names.size() - shown));
    return text;
}

/// The points of all parts, those of the first where two have one.
class Union {
    SweepResult sweep_;
    std::vector<GivenPart const*> sources_;  ///< shape [points]; null: of no part

  public:
    Union(std::vector<GivenPart> const& parts, MergeProblems& problems)
    {
        for (GivenPart const& given : parts)
            add(given, problems);
    }

    [[nodiscard]] SweepResult& sweep() { return sweep_; }
    [[nodiscard]] bool is_whole() const
    {
        return !sources_.empty()
               && std::find(sources_.begin(), sources_.end(), nullptr) == sources_.end();
    }
    [[nodiscard]] bool has(std::size_t point) const
    {
        return point < sources_.size() && sources_[point] != nullptr;
    }

  private:
    void add(GivenPart const& given, MergeProblems& problems)
    {
        SweepResult const& own = given.part.sweep;
        if (own.points.empty())
            return;
        if (sources_.empty()) {
            sweep_ = own;
            sweep_.points.assign(own.points.size(), {});
            sources_.assign(own.points.size(), nullptr);
        }
        if (own.points.size() != sources_.size())
            return problems.add(
                ExitCode::data,
                fmt::format("{}: its sweep has {} points, not {}", given.path.string(),
                            count_text(own.points.size()), count_text(sources_.size())));
        std::vector<std::string> repeated;
        std::set<std::string> others;
        for (std::size_t p = 0; p < own.points.size(); ++p) {
            if (!own.points[p].is_run())
                continue;
            if (sources_[p] != nullptr) {
                repeated.push_back(sweep_label(own, p));
                others.insert(sources_[p]->path.string());
                continue;
            }
            sweep_.points[p] = own.points[p];
            sources_[p] = &given;
        }
        if (!repeated.empty())
            problems.add(ExitCode::data,
                         fmt::format("{}: {} of its points of the sweep are also in {}: {}",
                                     given.path.string(), count_text(repeated.size()),
                                     fmt::join(others, ", "), name_list(repeated)));
    }
};

/// The sweep of the scenario that a part keeps; nothing where this program does not build it.
std::optional<CheckedSweep> stored_sweep(GivenPart const& given)
{
    Problems problems;
    Provenance const& p = given.part.provenance;
    ReadResult const input = read_scenario_text(p.effective_config, given.path.string(),
                                                {fmt::format("run.paths={}", p.paths)}, problems);
    return problems.empty() ? check_sweep_points(input, problems) : std::nullopt;
}

/// Of the shards that have the missing runs, where all parts were cut alike.
std::string shards_text(std::vector<GivenPart> const& parts, std::set<std::uint64_t> const& places,
                        std::uint64_t runs)
{
    std::uint64_t const count = parts.front().part.num_shards;
    bool const are_alike = std::all_of(parts.begin(), parts.end(), [&](GivenPart const& given) {
        return given.part.num_shards == count;
    });
    if (!are_alike || count <= 1)
        return {};
    std::set<std::uint64_t> shards;
    for (std::uint64_t const place : places)
        shards.insert(shard_with(place, runs, count));
    std::vector<std::string> names;
    for (std::uint64_t const shard : shards)
        names.push_back(fmt::format("{}/{}", shard, count));
    return fmt::format(" (shard{} {})", names.size() == 1 ? "" : "s", fmt::join(names, ", "));
}

void name_missing(std::vector<GivenPart> const& parts, Union const& all, bool partial,
                  MergeProblems& problems)
{
    std::optional<CheckedSweep> const sweep = stored_sweep(parts.front());
    if (!sweep) {
        if (!partial)
            problems.add(ExitCode::no_input, "incomplete: points of the sweep are in no part");
        return;
    }
    std::vector<std::size_t> const order = run_order(sweep->digests);
    std::set<std::uint64_t> missing;
    std::uint64_t first = order.size();  // that is there
    std::uint64_t end = 0;
    for (std::uint64_t place = 0; place < order.size(); ++place) {
        if (!all.has(order[place])) {
            missing.insert(place);
            continue;
        }
        first = std::min(first, place);
        end = place + 1;
    }
    if (partial)
        std::erase_if(missing, [&](std::uint64_t place) { return place < first || place >= end; });
    if (missing.empty())
        return;
    std::vector<std::string> names;
    for (std::uint64_t const place : missing)
        names.push_back(sweep->expanded.points[order[place]].label);
    problems.add(ExitCode::no_input,
                 fmt::format("incomplete: {} of {} points of the sweep are in no part{}: {}",
                             count_text(names.size()), count_text(order.size()),
                             shards_text(parts, missing, order.size()), name_list(names)));
}

}  // namespace

SweepResult unite_points(std::vector<GivenPart> const& parts, bool partial, MergeProblems& problems)
{
    if (parts.empty() || !has_sweep(parts.front().part))
        return {};
    Union all{parts, problems};
    if (!all.is_whole())
        name_missing(parts, all, partial, problems);
    return std::move(all.sweep());
}

}  // namespace brink
