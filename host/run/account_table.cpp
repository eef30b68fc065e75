// SPDX-License-Identifier: Apache-2.0
#include "host/run/account_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "host/plan/outcome_specs.hpp"

namespace brink {
namespace {

constexpr int group_levels = 6;
constexpr std::uint32_t group_paths = 1U << group_levels;

OutcomeKind kind_of(std::string const& outcome)
{
    auto const* const info = std::find_if(outcome_list.begin(), outcome_list.end(),
                                          [&](OutcomeInfo const& o) { return o.name == outcome; });
    return info->kind;
}

std::vector<OutcomeKind> table_kinds()
{
    std::vector<OutcomeKind> kinds;
    for (std::string const& outcome : table_outcomes())
        kinds.push_back(kind_of(outcome));
    return kinds;
}

AccountSumsShape shape_of_table(Plan const& plan, std::vector<double> const& thresholds)
{
    int levels = group_levels;
    while ((std::uint64_t{1} << levels) < plan.chunk_paths)
        ++levels;
    return {.num_accounts = static_cast<std::uint32_t>(plan.shape.accounts),
            .num_outcomes = num_table_columns,
            .chunk_levels = levels,
            .loss_outcome = static_cast<std::uint32_t>(TableColumn::loss),
            .num_thresholds = static_cast<std::uint32_t>(thresholds.size()),
            .thresholds = thresholds.data()};
}

}  // namespace

std::vector<std::string> const& table_outcomes()
{
    static std::vector<std::string> const names{
        "loss",       "loss_account", "topup_total", "liquidation_cost", "called",
        "liquidated", "defaulted",    "bankrupt",    "deficit",          "bad_debt"};
    return names;
}

AccountTableCollector::AccountTableCollector(Plan const& plan, std::vector<double> exceedances)
    : thresholds_{std::move(exceedances)},
      shape_{shape_of_table(plan, thresholds_)},
      moments_{shape_, table_kinds(), result_confidence}
{
    for (std::uint64_t slot = 0; slot < plan.batch_chunks; ++slot)
        slots_.push_back({AccountChunk{shape_}, std::nullopt});
}

void AccountTableCollector::summarise(std::size_t slot, ChunkView const& chunk)
{
    AccountChunk& memory = slots_[slot].memory;
    memory.reset();
    AccountSums& sums = slots_[slot].sums.emplace(shape_, memory.memory());
    std::array<double, std::size_t{num_table_columns} * group_paths> values{};
    std::array<std::uint8_t, group_paths> invalid{};
    for (std::uint32_t first = 0; first < chunk.num_paths; first += group_paths) {
        std::uint32_t const lanes = std::min(group_paths, chunk.num_paths - first);
        std::copy_n(chunk.marks_of(0) + first, lanes, invalid.begin());
        for (std::uint32_t account = 0; account < shape_.num_accounts; ++account) {
            for (std::int32_t c = 0; c < num_table_columns; ++c)
                std::copy_n(chunk.sink->table_at(static_cast<std::int32_t>(account), c, first),
                            lanes, values.begin() + std::ptrdiff_t{c} * group_paths);
            sums.add(account, values.data(), invalid.data(), group_levels, static_cast<int>(lanes));
        }
        sums.end_group(group_levels);
    }
}

void AccountTableCollector::merge(std::size_t slot, ChunkView const& chunk)
{
    moments_.merge(chunk.chunk_idx, chunk.num_paths, slots_[slot].memory, *slots_[slot].sums);
}

AccountTable AccountTableCollector::report(std::vector<std::string> const& accounts)
{
    moments_.finish();
    AccountTable table;
    table.accounts = accounts;
    table.outcomes = table_outcomes();
    table.exceedance_levels = thresholds_;
    for (std::uint32_t outcome = 0; outcome < shape_.num_outcomes; ++outcome) {
        std::vector<double> mean, sd, se;
        std::vector<std::uint64_t> events;
        for (std::uint32_t account = 0; account < shape_.num_accounts; ++account) {
            Estimate const estimate = moments_.mean(account, outcome);
            mean.push_back(estimate.value);
            se.push_back(estimate.se);
            sd.push_back(moments_.sd(account, outcome).value);
            events.push_back(moments_.num_nonzero(account, outcome));
        }
        table.mean.push_back(std::move(mean));
        table.sd.push_back(std::move(sd));
        table.se.push_back(std::move(se));
        table.events.push_back(std::move(events));
    }
    for (std::uint32_t level = 0; level < shape_.num_thresholds; ++level) {
        std::vector<std::uint64_t> counts;
        for (std::uint32_t account = 0; account < shape_.num_accounts; ++account)
            counts.push_back(moments_.exceedance(account, level).n_tail);
        table.exceedances.push_back(std::move(counts));
    }
    return table;
}

}  // namespace brink
