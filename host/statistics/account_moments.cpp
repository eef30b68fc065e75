// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/account_moments.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

#include "host/statistics/estimators.hpp"

namespace brink {
namespace {

template<class Total, class Part>
void add_all(std::vector<Total>& totals, std::vector<Part> const& parts)
{
    for (std::size_t i = 0; i < totals.size(); ++i)
        totals[i] += parts[i];
}

/// Sum of squared deviations; 0 where it is within the rounding of its two terms.
double second_moment(std::uint64_t count, double sum, double squares)
{
    double const m2 = squares - sum * sum / static_cast<double>(count);
    // Each tree and each addition of chunks rounds by half a unit; 64 of them are never all used.
    double const rounding = 64 * std::numeric_limits<double>::epsilon() * squares;
    return m2 > rounding ? m2 : 0;
}

}  // namespace

AccountChunk::AccountChunk(AccountSumsShape const& shape)
    : workspace_(AccountSums::workspace_size(shape)),
      counts_(shape.num_cells()),
      events_(shape.num_cells()),
      invalid_(shape.num_accounts),
      exceed_(std::size_t{shape.num_accounts} * shape.num_thresholds)
{}

void AccountChunk::reset()
{
    counts_.assign(counts_.size(), 0);
    events_.assign(events_.size(), 0);
    invalid_.assign(invalid_.size(), 0);
    exceed_.assign(exceed_.size(), 0);
}

AccountSumsMemory AccountChunk::memory()
{
    return {workspace_.data(), counts_.data(), events_.data(), invalid_.data(), exceed_.data()};
}

std::size_t AccountChunk::planned_bytes(AccountSumsShape const& shape)
{
    std::size_t const counters =
        2 * shape.num_cells() + std::size_t{shape.num_accounts} * (1 + shape.num_thresholds);
    return AccountSums::workspace_size(shape) * sizeof(double) + counters * sizeof(std::uint32_t);
}

AccountMoments::AccountMoments(AccountSumsShape const& shape, std::vector<OutcomeKind> kinds,
                               double confidence)
    : shape_{shape},
      thresholds_(shape.thresholds, shape.thresholds + shape.num_thresholds),
      kinds_{std::move(kinds)},
      confidence_{confidence},
      counts_(shape.num_cells()),
      events_(shape.num_cells()),
      invalid_(shape.num_accounts),
      exceed_(std::size_t{shape.num_accounts} * shape.num_thresholds)
{
    shape_.thresholds = thresholds_.data();
}

void AccountCells::append(AccountCells const& later)
{
    add_all(sums, later.sums);
    add_all(squares, later.squares);
}

void AccountMoments::merge(std::uint64_t chunk_idx, std::uint32_t num_paths,
                           AccountChunk const& chunk, AccountSums const& sums)
{
    AccountCells cells{std::vector<double>(shape_.num_cells()),
                       std::vector<double>(shape_.num_cells())};
    sums.value(cells.sums.data(), cells.squares.data());
    sums_.push(chunk_idx, std::move(cells));
    num_paths_ += num_paths;
    add_all(counts_, chunk.counts());
    add_all(events_, chunk.events());
    add_all(invalid_, chunk.invalid());
    add_all(exceed_, chunk.exceed());
}

SavedAccounts AccountMoments::save() const
{
    return {num_paths_, counts_, events_, invalid_, exceed_};
}

void AccountMoments::merge(SavedAccounts const& saved,
                           std::vector<ChunkTree<AccountCells>::Block> sums)
{
    if (saved.counts.size() != counts_.size() || saved.events.size() != events_.size()
        || saved.invalid.size() != invalid_.size() || saved.exceedances.size() != exceed_.size())
        throw std::logic_error("saved accounts have another shape");
    for (ChunkTree<AccountCells>::Block& block : sums)
        sums_.push(std::move(block));
    num_paths_ += saved.paths;
    add_all(counts_, saved.counts);
    add_all(events_, saved.events);
    add_all(invalid_, saved.invalid);
    add_all(exceed_, saved.exceedances);
}

void AccountMoments::finish()
{
    total_ = sums_.total();
    total_.sums.resize(shape_.num_cells());  // where there is no chunk
    total_.squares.resize(shape_.num_cells());
}

Estimate AccountMoments::mean(std::uint32_t account, std::uint32_t outcome) const
{
    std::size_t const i = cell(account, outcome);
    Moments moments;
    moments.count = counts_[i];
    moments.sum = total_.sums[i];
    if (moments.count > 0)
        moments.m2 = second_moment(moments.count, total_.sums[i], total_.squares[i]);
    return estimate_mean(moments, confidence_);
}

Estimate AccountMoments::sd(std::uint32_t account, std::uint32_t outcome) const
{
    Estimate estimate = mean(account, outcome);
    estimate.name = "sd";
    estimate.value = estimate.se * std::sqrt(static_cast<double>(estimate.n_tail));
    estimate.se = estimate.lo = estimate.hi = not_available;
    return estimate;
}

Estimate AccountMoments::probability(std::uint32_t account, std::uint32_t outcome) const
{
    std::size_t const i = cell(account, outcome);
    return estimate_probability(events_[i], counts_[i], confidence_);
}

Estimate AccountMoments::exceedance(std::uint32_t account, std::uint32_t threshold) const
{
    std::size_t const i = std::size_t{account} * shape_.num_thresholds + threshold;
    return estimate_probability(exceed_[i], counts_[cell(account, shape_.loss_outcome)],
                                confidence_);
}

std::vector<Estimate> AccountMoments::estimates(std::uint32_t account, std::uint32_t outcome) const
{
    if (kinds_[outcome] == OutcomeKind::flag)
        return {probability(account, outcome)};
    return {mean(account, outcome), sd(account, outcome)};
}

std::size_t AccountMoments::planned_bytes(AccountSumsShape const& shape, std::uint64_t num_chunks)
{
    // Blocks of every size, the chunk that comes and the total.
    std::size_t const nodes = static_cast<std::size_t>(std::bit_width(num_chunks)) + 2;
    std::size_t const per_cell = nodes * 2 * sizeof(double) + 2 * sizeof(std::uint64_t);
    std::size_t const per_account = (1 + shape.num_thresholds) * sizeof(std::uint64_t);
    return shape.num_cells() * per_cell + shape.num_accounts * per_account;
}

}  // namespace brink
