// SPDX-License-Identifier: Apache-2.0
#include "host/plan/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "host/plan/byte_text.hpp"
#include "host/plan/chunk_size.hpp"
#include "host/plan/outcome_specs.hpp"
#include "host/statistics/account_moments.hpp"
#include "io/config/sweep_points.hpp"
#include "models/path/outcome.hpp"

namespace brink {
namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;
constexpr std::size_t process_bytes = 96 * mebibyte;
/// Columns in flight at most, unless a single chunk takes more.
constexpr std::size_t largest_batch_bytes = 256 * mebibyte;
/// Enough paths in flight that threads seldom wait for each other at the end of a batch.
constexpr std::uint64_t paths_per_thread = 16'384;
constexpr std::uint64_t most_batch_chunks = 1U << 20;
constexpr std::size_t row_bytes =
    2 * (sizeof(double) + sizeof(std::uint64_t)) + 2 * sizeof(float) * num_outcomes;

std::uint64_t divide_up(std::uint64_t a, std::uint64_t b)
{
    return a / b + (a % b != 0 ? 1 : 0);
}

AccountSumsShape table_shape(RunShape const& shape, Scenario const& scenario, std::uint64_t paths)
{
    int levels = 0;
    while ((std::uint64_t{1} << levels) < paths)
        ++levels;
    return {.num_accounts = static_cast<std::uint32_t>(shape.accounts),
            .num_outcomes = num_table_columns,
            .chunk_levels = levels,
            .num_thresholds = static_cast<std::uint32_t>(scenario.statistics.exceedances.size())};
}

/// [bytes] of one chunk in flight.
std::size_t chunk_bytes(Scenario const& scenario, RunShape const& shape, std::uint64_t paths)
{
    // A summary holds a chunk's tail and, while it is made, its observations twice.
    std::size_t bytes = shape.scopes * paths * (num_columns + 2) * sizeof(double);
    if (shape.account_table)
        bytes += shape.accounts * num_table_columns * paths * sizeof(double)
                 + AccountChunk::planned_bytes(table_shape(shape, scenario, paths));
    return bytes;
}

/// [bytes] of one chunk's summaries before any cut is known: all values, and the listed paths.
std::size_t summary_bytes(RunShape const& shape, std::uint64_t paths)
{
    std::size_t const values = shape.scopes * num_outcomes * paths * sizeof(double);
    return values + paths * (sizeof(PathValue) + num_outcomes * sizeof(float));
}

std::uint64_t choose_batch(Plan const& plan, PlanRequest const& request, std::size_t bytes_of_chunk)
{
    std::uint64_t batch = std::min(request.batch_chunks, most_batch_chunks);
    if (batch == 0) {
        std::uint64_t const wanted =
            std::max(static_cast<std::uint64_t>(std::max(request.threads, 1)) * paths_per_thread,
                     4 * static_cast<std::uint64_t>(std::max(request.parallel_paths, 1)));
        batch = std::min<std::uint64_t>(
            divide_up(wanted, plan.chunk_paths),
            (request.on_cpu ? 1 : 4) * largest_batch_bytes / request.side_by_side / bytes_of_chunk);
    }
    return std::clamp<std::uint64_t>(batch, 1, std::max<std::uint64_t>(plan.num_chunks, 1));
}

/// Amounts of both signs from 1e-9 to 1e9 fill a quarter of a histogram's pages; seldom is there
/// more.
constexpr std::size_t unused_histogram = BodyHistogram::max_bytes() / 4 * 3;

void plan_statistics(MemoryPlan& memory, Scenario const& scenario, Plan const& plan)
{
    for (std::uint64_t scope = 0; scope < plan.shape.scopes; ++scope) {
        for (OutcomeSpec const& spec :
             make_outcome_specs(scenario.statistics, std::max<std::uint64_t>(plan.depth_paths, 1),
                                scope_kind(scope), {})) {
            std::size_t const tail = spec.planned_tail_bytes();
            memory.tails += tail;
            std::size_t const body = spec.planned_bytes() - tail;
            memory.histograms += body - (body > unused_histogram ? unused_histogram : 0);
        }
    }
}

MemoryPlan plan_memory(Scenario const& scenario, Plan const& plan, PlanRequest const& request,
                       std::size_t bytes_of_chunk)
{
    RunShape const& shape = plan.shape;
    MemoryPlan memory;
    memory.program = process_bytes;
    memory.workspace = request.workspace_bytes;
    memory.columns = plan.batch_chunks * bytes_of_chunk;
    memory.fans = (shape.fan_paths * shape.fan_times + shape.account_fan_values()) * sizeof(float)
                  + std::max(shape.fan_paths, shape.account_fan_paths);
    memory.rows = num_kept_rows(scenario, plan.depth_paths) * row_bytes;
    if (shape.account_table)
        memory.accounts = AccountMoments::planned_bytes(
            table_shape(shape, scenario, plan.chunk_paths), plan.num_chunks);
    plan_statistics(memory, scenario, plan);
    return memory;
}

std::size_t estimate_output(Scenario const& scenario, Plan const& plan)
{
    RunShape const& shape = plan.shape;
    std::size_t const levels =
        scenario.statistics.levels.size() * 2 + scenario.statistics.quantiles.size() + 4;
    std::size_t const statistics = shape.scopes * num_outcomes * levels * 5 * sizeof(double);
    std::size_t const histograms = shape.scopes * num_outcomes * 400 * sizeof(double);
    std::size_t const fans = (1 + shape.account_scopes) * shape.fan_times
                             * scenario.statistics.quantiles.size() * 3 * sizeof(double);
    std::size_t const rows =
        plan.kept_rows * (sizeof(std::uint64_t) + num_outcomes * sizeof(float));
    std::size_t const accounts =
        shape.account_table ? shape.accounts * num_table_columns * 4 * sizeof(double) : 0;
    std::size_t const sweep = scenario.sweep ? num_sweep_points(*scenario.sweep)
                                                   * scenario.sweep->scopes.size() * num_outcomes
                                                   * levels * 9 * sizeof(double)
                                             : 0;
    std::size_t texts = 64 * 1024;
    for (SourceFile const& source : scenario.sources)
        texts += 2 * source.text.size();
    return statistics + histograms + fans + rows + accounts + sweep + texts;
}

/// Tails go to disk where memory is short; nothing else can.
void decide_spill(Plan& plan, PlanRequest const& request)
{
    MemoryPlan const& memory = plan.memory;
    std::size_t const runs = request.side_by_side;
    std::size_t const usable = usable_memory(request.limits.available);
    std::size_t const beside = runs * (memory.fixed() - memory.program);
    plan.spills = memory.program + beside + runs * memory.tails > memory_of_runs(usable, runs);
    if (memory.program + beside > usable)
        throw MemoryUnavailable{fmt::format(
            "the run needs {} of memory and {} can be had (use fewer --batch-chunks, fewer named "
            "accounts, or [output] outcomes = \"tail\")",
            byte_text(memory.program + beside), byte_text(usable))};
    if (plan.spills && memory.tails > request.limits.spill_room / runs)
        throw MemoryUnavailable{fmt::format(
            "exact tails need {} on disk below '{}' and {} are free there (write the result to "
            "another folder, use fewer paths, or raise statistics.tail_from)",
            byte_text(memory.tails), plan.spill_folder.string(),
            byte_text(request.limits.spill_room))};
}

}  // namespace

std::uint64_t Plan::paths_in_chunk(std::uint64_t chunk_idx) const
{
    return std::min(chunk_paths, shape.paths - chunk_idx * chunk_paths);
}

Plan make_plan(Scenario const& scenario, RunShape const& shape, PlanRequest const& request)
{
    Plan plan;
    plan.shape = shape;
    plan.chunk_paths = chunk_size(shape.accounts, shape.assets, shape.steps);
    plan.num_chunks = divide_up(shape.paths, plan.chunk_paths);
    plan.depth_paths = num_depth_paths(scenario);
    plan.kept_rows = num_kept_rows(scenario, shape.paths);
    // Tables of accounts and rows of all paths need the columns themselves.
    plan.reduced =
        request.reduces && !shape.account_table && scenario.output.outcomes != OutcomeColumns::all;
    std::uint64_t const paths = std::min(plan.chunk_paths, shape.paths);
    std::size_t const bytes_of_chunk =
        plan.reduced ? summary_bytes(shape, paths) : chunk_bytes(scenario, shape, paths);
    plan.batch_chunks = choose_batch(plan, request, std::max<std::size_t>(bytes_of_chunk, 1));
    plan.memory = plan_memory(scenario, plan, request, bytes_of_chunk);
    plan.memory_available = request.limits.available == no_limit
                                ? no_limit
                                : request.limits.available / request.side_by_side;
    plan.spill_folder = request.spill_folder;
    plan.asset_steps = static_cast<double>(shape.paths) * static_cast<double>(shape.accounts)
                       * static_cast<double>(shape.assets) * static_cast<double>(shape.steps);
    plan.estimated_seconds =
        request.on_cpu ? plan.asset_steps * seconds_per_asset_step / std::max(request.threads, 1)
                       : std::numeric_limits<double>::quiet_NaN();
    plan.output_bytes = estimate_output(scenario, plan);
    plan.scenarios = scenario.stresses.size();
    plan.sweep_points = scenario.sweep ? num_sweep_points(*scenario.sweep) : 0;
    plan.threads = request.threads;
    decide_spill(plan, request);
    return plan;
}

}  // namespace brink
