// SPDX-License-Identifier: Apache-2.0
// /state and /runs: the statistics of chunks, so that others can be added.
#include "io/results/state_group.hpp"
#include "io/results/array_reader.hpp"
#include "io/results/saved_paths_group.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <numeric>

namespace brink {
namespace {

using hdf5::GroupReader;
using hdf5::GroupWriter;

constexpr std::size_t num_counts = 6;  ///< of an outcome

std::array<std::uint64_t, num_counts> counts_of(SavedOutcome const& outcome)
{
    return {outcome.paths,    outcome.invalid, outcome.absent,
            outcome.infinite, outcome.zeros,   outcome.events};
}

void write_blocks(GroupWriter& group, StatisticsState const& state)
{
    std::vector<std::uint64_t> first, level, count;
    std::vector<double> moments;
    std::vector<std::span<double const>> sums, squares;
    for (SavedBlock const& block : state.blocks) {
        first.push_back(block.first);
        level.push_back(block.level);
        for (SavedMoments const& m : block.moments) {
            count.push_back(m.count);
            moments.insert(moments.end(), {m.sum, m.m2, m.m3, m.m4});
        }
        sums.emplace_back(block.account_sums);
        squares.emplace_back(block.account_squares);
    }
    group.array("block_first", first, {.long_name = "first chunk of the block"});
    group.array("block_level", level, {.long_name = "the block has 2^level chunks"});
    group.array("moment_count", count, {.long_name = "values, [block][series]"});
    group.array("moments", moments,
                {.long_name = "sum and central moments 2 to 4, [block][series][4]"});
    group.pieces("account_sums", sums, {.long_name = "[block][account][outcome]"});
    group.pieces("account_squares", squares,
                 {.long_name = "sums of squares, [block][account][outcome]"});
}

void write_outcomes(GroupWriter& group, StatisticsState const& state)
{
    std::vector<std::uint64_t> counts, num_tail, num_worst, worst_path, num_bins, bin, bin_count;
    std::vector<double> extremes, worst_risk, bin_value;
    std::vector<std::span<double const>> tails;
    for (SavedOutcome const& outcome : state.outcomes) {
        auto const list = counts_of(outcome);
        counts.insert(counts.end(), list.begin(), list.end());
        extremes.insert(extremes.end(), {outcome.smallest, outcome.largest});
        num_tail.push_back(outcome.tail.size());
        tails.push_back(outcome.tail);
        num_worst.push_back(outcome.worst.size());
        for (SavedRisk const& entry : outcome.worst) {
            worst_risk.push_back(entry.risk);
            worst_path.push_back(entry.path);
        }
        num_bins.push_back(outcome.bins.size());
        for (SavedBin const& entry : outcome.bins) {
            bin.push_back(entry.bin);
            bin_count.push_back(entry.count);
            bin_value.push_back(entry.value);
        }
    }
    group.array("counts", counts,
                {.long_name = "paths, invalid, absent, infinite, zeros, events, [outcome][6]"});
    group.array("extremes", extremes, {.long_name = "smallest and largest, [outcome][2]"});
    group.array("num_tail", num_tail, {.long_name = "kept risks of each outcome"});
    group.pieces("tail", tails, {.long_name = "kept risks other than 0, largest first"});
    group.array("num_worst", num_worst, {.long_name = "listed paths of each outcome"});
    group.array("worst_risk", worst_risk, {.long_name = "risk of the listed paths"});
    group.array("worst_path", worst_path, {.long_name = "their path ids"});
    group.array("num_bins", num_bins, {.long_name = "filled bins of each outcome"});
    group.array("bin", bin, {.long_name = "number of the bin"});
    group.array("bin_count", bin_count, {.long_name = "observations in it"});
    group.array("bin_value", bin_value, {.long_name = "their value, NaN where they differ"});
}

void write_finished_fans(GroupWriter& group, std::vector<Fan> const& fans)
{
    if (fans.empty())
        return;
    std::vector<std::uint64_t> paths;
    std::vector<double> values;
    for (Fan const& fan : fans) {
        paths.push_back(fan.paths);
        for (auto const* const rows : {&fan.quantiles, &fan.lo, &fan.hi})
            for (std::vector<double> const& row : *rows)
                values.insert(values.end(), row.begin(), row.end());
    }
    group.array("finished_fan_paths", paths, {.long_name = "paths of each fan"});
    group.coordinate("finished_fan_level", fans.front().levels,
                     {.long_name = "level of a quantile"});
    group.array("finished_fan_time", fans.front().times,
                {.long_name = "time since t_0", .units = "s"});
    group.array("finished_fan_values", values,
                {.long_name = "quantiles, lo and hi, [fan][3][level][time]"});
}

std::vector<Fan> read_finished_fans(GroupReader const& group)
{
    std::vector<Fan> fans;
    if (!group.has("finished_fan_paths"))
        return fans;
    auto const paths = group.counts("finished_fan_paths");
    auto const levels = group.strings("finished_fan_level");
    auto const times = group.doubles("finished_fan_time");
    // A fan of no paths, as accounts have under a stress scenario, has no times.
    auto const filled = static_cast<std::size_t>(
        std::count_if(paths.begin(), paths.end(), [](std::uint64_t count) { return count > 0; }));
    auto const values =
        group.doubles("finished_fan_values", filled * 3 * levels.size() * times.size());
    auto at = values.begin();
    for (std::uint64_t const count : paths) {
        Fan& fan = fans.emplace_back();
        fan.quantity = "health";
        fan.paths = count;
        fan.levels = levels;
        if (count > 0)
            fan.times = times;
        for (auto* const rows : {&fan.quantiles, &fan.lo, &fan.hi})
            for (std::size_t level = 0; level < levels.size(); ++level) {
                auto const end = at + static_cast<std::ptrdiff_t>(fan.times.size());
                rows->emplace_back(at, end);
                at = end;
            }
    }
    return fans;
}

void write_paths(GroupWriter& group, StatisticsState const& state)
{
    write_saved_rows(group, state.rows);
    SavedFans const& fans = state.fans;
    hdf5::write_attribute(group.id(), "fan_first_path", fans.first_path);
    hdf5::write_attribute(group.id(), "fan_paths", fans.paths);
    hdf5::write_attribute(group.id(), "account_fan_paths", fans.account_paths);
    group.array("fan_book", fans.book, {.long_name = "lowest health, [time][path]"});
    group.array("fan_accounts", fans.accounts, {.long_name = "health, [account][time][path]"});
    group.array("fan_invalid", fans.invalid, {.long_name = "1: an invalid path"});
    write_finished_fans(group, fans.finished);
}

void write_accounts(GroupWriter& group, SavedAccounts const& accounts)
{
    hdf5::write_attribute(group.id(), "account_paths", accounts.paths);
    group.array("account_counts", accounts.counts, {.long_name = "values, [account][outcome]"});
    group.array("account_events", accounts.events,
                {.long_name = "values other than 0, [account][outcome]"});
    group.array("account_invalid", accounts.invalid, {.long_name = "invalid paths, [account]"});
    group.array("account_exceedances", accounts.exceedances,
                {.long_name = "losses above a level, [account][level]"});
}

void read_blocks(ArrayReader const& arrays, StatisticsState& state)
{
    auto const first = arrays.counts("block_first");
    auto const level = arrays.counts("block_level");
    auto const count = arrays.counts("moment_count");
    auto const moments = arrays.doubles("moments");
    auto const sums = arrays.doubles("account_sums");
    auto const squares = arrays.doubles("account_squares");
    require_fit(level.size() == first.size() && moments.size() == 4 * count.size()
                && sums.size() == squares.size());
    require_fit(first.empty()
                    ? count.empty() && sums.empty()
                    : count.size() % first.size() == 0 && sums.size() % first.size() == 0);
    std::size_t const series = first.empty() ? 0 : count.size() / first.size();
    std::size_t const cells = first.empty() ? 0 : sums.size() / first.size();
    for (std::size_t b = 0; b < first.size(); ++b) {
        SavedBlock& block = state.blocks.emplace_back();
        block.first = first[b];
        block.level = level[b];
        require_fit(level[b] < 48);
        for (std::size_t i = b * series; i < (b + 1) * series; ++i)
            block.moments.push_back({count[i], moments[4 * i], moments[4 * i + 1],
                                     moments[4 * i + 2], moments[4 * i + 3]});
        auto const cut = [&](std::vector<double> const& all) {
            auto const from = all.begin() + static_cast<std::ptrdiff_t>(b * cells);
            return std::vector<double>(from, from + static_cast<std::ptrdiff_t>(cells));
        };
        block.account_sums = cut(sums);
        block.account_squares = cut(squares);
    }
}

void read_outcomes(ArrayReader const& arrays, StatisticsState& state)
{
    auto const counts = arrays.counts("counts");
    auto const extremes = arrays.doubles("extremes");
    auto const num_tail = arrays.counts("num_tail");
    auto const num_worst = arrays.counts("num_worst");
    auto const worst_risk = arrays.doubles("worst_risk");
    auto const worst_path = arrays.counts("worst_path");
    auto const num_bins = arrays.counts("num_bins");
    auto const bin = arrays.counts("bin");
    auto const bin_count = arrays.counts("bin_count");
    auto const bin_value = arrays.doubles("bin_value");
    std::size_t const outcomes = num_tail.size();
    auto const total = [](std::vector<std::uint64_t> const& list) {
        return std::accumulate(list.begin(), list.end(), std::uint64_t{0});
    };
    require_fit(counts.size() == num_counts * outcomes && extremes.size() == 2 * outcomes
                && num_worst.size() == outcomes && num_bins.size() == outcomes
                && worst_risk.size() == total(num_worst) && worst_path.size() == worst_risk.size()
                && bin.size() == total(num_bins) && bin_count.size() == bin.size()
                && bin_value.size() == bin.size());
    std::size_t worst = 0;
    std::size_t filled = 0;
    for (std::size_t i = 0; i < outcomes; ++i) {
        SavedOutcome& outcome = state.outcomes.emplace_back();
        std::uint64_t const* const list = counts.data() + num_counts * i;
        outcome.paths = list[0];
        outcome.invalid = list[1];
        outcome.absent = list[2];
        outcome.infinite = list[3];
        outcome.zeros = list[4];
        outcome.events = list[5];
        outcome.smallest = extremes[2 * i];
        outcome.largest = extremes[2 * i + 1];
        outcome.num_tail = num_tail[i];
        for (std::uint64_t n = 0; n < num_worst[i]; ++n, ++worst)
            outcome.worst.push_back({worst_risk[worst], worst_path[worst]});
        for (std::uint64_t n = 0; n < num_bins[i]; ++n, ++filled)
            outcome.bins.push_back({bin[filled], bin_count[filled], bin_value[filled]});
    }
}

void read_paths(GroupReader const& group, StatisticsState& state)
{
    ArrayReader const arrays{group};
    state.rows = read_saved_rows(group);
    SavedFans& fans = state.fans;
    fans.first_path = group.count_attribute("fan_first_path");
    fans.paths = group.count_attribute("fan_paths");
    fans.account_paths = group.count_attribute("account_fan_paths");
    fans.book = arrays.floats("fan_book");
    fans.accounts = arrays.floats("fan_accounts");
    if (group.has("fan_invalid"))
        fans.invalid = group.bytes("fan_invalid", std::max(fans.paths, fans.account_paths));
    fans.finished = read_finished_fans(group);
}

void read_accounts(GroupReader const& group, SavedAccounts& accounts)
{
    ArrayReader const arrays{group};
    accounts.paths = group.count_attribute("account_paths");
    accounts.counts = arrays.counts("account_counts");
    accounts.events = arrays.counts("account_events");
    accounts.invalid = arrays.counts("account_invalid");
    accounts.exceedances = arrays.counts("account_exceedances");
}

/// The file stays open as long as somebody may ask for a tail.
auto tail_reader(std::shared_ptr<hdf5::File> const& file, std::string const& path,
                 std::vector<SavedOutcome> const& outcomes)
{
    std::vector<std::size_t> first{0};
    for (SavedOutcome const& outcome : outcomes)
        first.push_back(first.back() + outcome.num_tail);
    return [file, path, first](std::size_t outcome) {
        GroupReader const group{file->id(), path};
        return group.has("tail")
                   ? group.doubles("tail", first[outcome], first[outcome + 1] - first[outcome])
                   : std::vector<double>{};
    };
}

void write_state(GroupWriter&& group, StatisticsState const& state)
{
    hdf5::write_attribute(group.id(), "first_chunk", state.first_chunk);
    hdf5::write_attribute(group.id(), "end_chunk", state.end_chunk);
    hdf5::write_attribute(group.id(), "num_invalid", state.num_invalid);
    group.array("chunk_checksum", state.checksums,
                {.long_name = "checksum of each chunk's counts, moments and extremes"});
    write_blocks(group, state);
    write_outcomes(group, state);
    write_paths(group, state);
    write_accounts(group, state.accounts);
}

StatisticsState read_state(std::shared_ptr<hdf5::File> const& file, std::string const& path)
{
    GroupReader const group{file->id(), path};
    ArrayReader const arrays{group};
    StatisticsState state;
    state.first_chunk = group.count_attribute("first_chunk");
    state.end_chunk = group.count_attribute("end_chunk");
    state.num_invalid = group.count_attribute("num_invalid");
    state.checksums = arrays.counts("chunk_checksum");
    require_fit(state.first_chunk <= state.end_chunk
                && state.checksums.size() == state.num_chunks());
    read_blocks(arrays, state);
    read_outcomes(arrays, state);
    read_paths(group, state);
    read_accounts(group, state.accounts);
    state.read_tail = tail_reader(file, path, state.outcomes);
    return state;
}

}  // namespace

void write_saved_runs(GroupWriter const& root, std::string_view name,
                      std::vector<SavedRun> const& runs)
{
    if (runs.empty())
        return;
    GroupWriter const parent = root.group(name);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        GroupWriter const group = parent.group(std::to_string(i));
        hdf5::write_attribute(group.id(), "scope", runs[i].scope);
        write_state(group.group("whole"), runs[i].whole);
        if (runs[i].rest.num_chunks() > 0)
            write_state(group.group("rest"), runs[i].rest);
        if (runs[i].columns.paths > 0)
            write_saved_columns(group.group("columns"), runs[i].columns);
    }
}

std::vector<SavedRun> read_saved_runs(std::shared_ptr<hdf5::File> const& file,
                                      std::string const& parent)
{
    std::vector<SavedRun> runs;
    for (std::string const& name : GroupReader{file->id(), parent}.names()) {
        std::string const path = fmt::format("{}/{}", parent, name);
        GroupReader const group{file->id(), path};
        SavedRun& run = runs.emplace_back();
        run.scope = group.text_attribute("scope");
        run.whole = read_state(file, path + "/whole");
        if (group.has("rest"))
            run.rest = read_state(file, path + "/rest");
        if (group.has("columns"))
            run.columns = read_saved_columns(file, path + "/columns");
    }
    return runs;
}

}  // namespace brink
