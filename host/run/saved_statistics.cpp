// SPDX-License-Identifier: Apache-2.0
// RunStatistics: what is saved of it, and what was saved elsewhere.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "host/run/statistics_workers.hpp"

namespace brink {
namespace {

using MomentBlock = ChunkTree<Moments>::Block;

SavedMoments to_saved(Moments const& moments)
{
    return {moments.count, moments.sum, moments.m2, moments.m3, moments.m4};
}

/// Blocks of one series.
std::vector<MomentBlock> blocks_of(StatisticsState const& saved, std::size_t series)
{
    std::vector<MomentBlock> blocks;
    for (SavedBlock const& block : saved.blocks) {
        SavedMoments const& m = block.moments.at(series);
        blocks.push_back({block.first, block.level, {m.count, m.sum, m.m2, m.m3, m.m4}});
    }
    return blocks;
}

std::vector<ChunkTree<AccountCells>::Block> account_blocks(StatisticsState const& saved)
{
    std::vector<ChunkTree<AccountCells>::Block> blocks;
    for (SavedBlock const& block : saved.blocks)
        blocks.push_back({block.first, block.level, {block.account_sums, block.account_squares}});
    return blocks;
}

}  // namespace

std::size_t RunStatistics::num_series() const
{
    return outcomes_.size() * outcome_list.size() + parts_.size() + regimes_.size();
}

/// Tree of a series after the outcomes.
ChunkTree<Moments>& RunStatistics::series(std::size_t idx)
{
    std::size_t const after = idx - outcomes_.size() * outcome_list.size();
    return after < parts_.size() ? parts_[after] : regimes_[after - parts_.size()];
}

std::string RunStatistics::obstacle(StatisticsState const& saved) const
{
    std::size_t const outcomes = outcomes_.size() * outcome_list.size();
    if (saved.num_chunks() == 0)
        return {};
    if (saved.outcomes.size() != outcomes || saved.blocks.front().moments.size() != num_series())
        return "it holds other outcomes";
    for (std::size_t i = 0; i < outcomes; ++i) {
        OutcomeStatistics const& mine =
            *outcomes_[i / outcome_list.size()][i % outcome_list.size()];
        if (!mine.is_deep_enough(saved.outcomes[i]))
            return "its tails are too short for so many paths (output.extend_to)";
    }
    std::uint64_t const paths = saved.outcomes.front().paths;
    if (!rows_.is_deep_enough(saved.rows, paths - saved.num_invalid))
        return saved.rows.kept == rows_.kept()
                   ? "it keeps the outcomes of too few paths for so many (output.extend_to)"
                   : fmt::format("it was run with output.outcomes = \"{}\", not \"{}\"",
                                 saved.rows.kept, rows_.kept());
    std::uint64_t const first = saved.first_chunk * plan_.chunk_paths;
    return has_fans(saved.fans, first, first + paths) ? std::string{}
                                                      : "its fans follow fewer paths";
}

/// Whether the fans saved of paths [first, end) go as far as this run's must.
bool RunStatistics::has_fans(SavedFans const& saved, std::uint64_t first, std::uint64_t end) const
{
    if (num_fans() == 0)
        return true;
    if (saved.finished.empty()) {
        SavedFans const wanted = fans_.extent(first, end);
        return saved.paths == wanted.paths && saved.account_paths == wanted.account_paths;
    }
    RunShape const& shape = plan_.shape;
    if (saved.finished.size() != num_fans() || saved.finished.front().paths != shape.fan_paths)
        return false;
    return num_fans() == 1 || saved.finished.back().paths == shape.account_fan_paths;
}

/// Of the chunks absorbed. Where all paths of the fans are among them, the fans are made once.
SavedFans RunStatistics::save_fans()
{
    std::uint64_t const first = *first_chunk_ * plan_.chunk_paths;
    std::uint64_t const end = first + outcomes_.front().front()->counts().paths;
    SavedFans saved;
    saved.first_path = first;
    if (num_fans() == 0)
        return saved;
    if (first > 0 || end < std::max(plan_.shape.fan_paths, plan_.shape.account_fan_paths))
        return fans_.save(first, end);
    finished_fans_ = report_fans();
    saved.finished = finished_fans_;
    return saved;
}

void RunStatistics::absorb(StatisticsState const& saved)
{
    if (saved.num_chunks() == 0)
        return;
    std::size_t const outcomes = outcomes_.size() * outcome_list.size();
    for (std::size_t i = 0; i < outcomes; ++i) {
        OutcomeStatistics& mine = *outcomes_[i / outcome_list.size()][i % outcome_list.size()];
        std::vector<double> const read =
            saved.read_tail ? saved.read_tail(i) : std::vector<double>{};
        mine.merge(saved.outcomes[i], saved.read_tail ? std::span{read} : saved.outcomes[i].tail,
                   blocks_of(saved, i));
    }
    for (std::size_t i = outcomes; i < num_series(); ++i)
        for (MomentBlock& block : blocks_of(saved, i))
            series(i).push(std::move(block));
    if (table_)
        table_->merge(saved.accounts, account_blocks(saved));
    rows_.add(saved.rows);
    fans_.restore(saved.fans);
    if (!saved.fans.finished.empty())
        finished_fans_ = saved.fans.finished;
    num_invalid_ += saved.num_invalid;
    checksums_.insert(checksums_.end(), saved.checksums.begin(), saved.checksums.end());
    extend_range(saved.first_chunk, saved.end_chunk);
}

StatisticsState RunStatistics::save()
{
    StatisticsState state;
    if (!first_chunk_)
        return state;
    state.first_chunk = *first_chunk_;
    state.end_chunk = end_chunk_;
    state.num_invalid = num_invalid_;
    std::size_t const outcomes = outcomes_.size() * outcome_list.size();
    state.outcomes.resize(outcomes);
    workers_->for_each(outcomes, [&](std::size_t i) {
        state.outcomes[i] = outcomes_[i / outcome_list.size()][i % outcome_list.size()]->save();
    });
    auto const& shape = parts_.front().blocks();
    for (std::size_t b = 0; b < shape.size(); ++b) {
        SavedBlock& block = state.blocks.emplace_back();
        block.first = shape[b].first;
        block.level = shape[b].level;
        for (std::size_t i = 0; i < outcomes; ++i)
            block.moments.push_back(
                to_saved(outcomes_[i / outcome_list.size()][i % outcome_list.size()]
                             ->moments()
                             .blocks()[b]
                             .node));
        for (std::size_t i = outcomes; i < num_series(); ++i)
            block.moments.push_back(to_saved(series(i).blocks()[b].node));
        if (table_) {
            AccountCells const& cells = table_->moments().sums().blocks()[b].node;
            block.account_sums = cells.sums;
            block.account_squares = cells.squares;
        }
    }
    if (table_)
        state.accounts = table_->moments().save();
    state.rows = rows_.save();
    state.fans = save_fans();
    state.checksums = checksums_;
    return state;
}

}  // namespace brink
