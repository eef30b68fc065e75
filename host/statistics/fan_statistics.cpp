// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/fan_statistics.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "host/statistics/binomial.hpp"
#include "host/statistics/non_finite.hpp"
#include "host/statistics/ordered_key.hpp"

namespace brink {
namespace {

/// One counting pass of a radix sort, by 11 bits from `shift` on.
void sort_by_digit(std::vector<std::uint32_t> const& from, std::vector<std::uint32_t>& to,
                   int shift)
{
    constexpr std::uint32_t mask = 2047;
    std::array<std::size_t, mask + 1> place{};
    for (std::uint32_t const key : from)
        ++place[key >> shift & mask];
    std::size_t next = 0;
    for (std::size_t& begin : place)
        next += std::exchange(begin, next);
    for (std::uint32_t const key : from)
        to[place[key >> shift & mask]++] = key;
}

}  // namespace

FanStatistics::FanStatistics(std::vector<DecimalLevel> levels, double confidence)
    : levels_{std::move(levels)}, confidence_{confidence}
{}

FanRow FanStatistics::row(std::span<float const> values, std::span<std::uint8_t const> invalid)
{
    FanRow row;
    keys_.clear();
    for (std::size_t i = 0; i < values.size(); ++i) {
        bool const flagged = !invalid.empty() && invalid[i] != 0;
        if (!flagged && !std::isnan(values[i]))
            keys_.push_back(ordered_key(values[i] + 0.0F));
    }
    row.count = keys_.size();
    row.num_invalid = values.size() - row.count;
    swapped_.resize(keys_.size());
    for (int shift : {0, 11, 22}) {
        sort_by_digit(keys_, swapped_, shift);
        keys_.swap(swapped_);
    }
    auto const at = [this](std::uint64_t rank) {
        return static_cast<double>(from_ordered_key(keys_[rank - 1]));
    };
    for (DecimalLevel const& level : levels_) {
        if (row.count == 0) {
            row.points.push_back({not_a_number, not_a_number, not_a_number});
            continue;
        }
        RankInterval const ranks = quantile_ranks(level, row.count, confidence_);
        row.points.push_back({at(level.rank(row.count)), ranks.lo >= 1 ? at(ranks.lo) : -infinity,
                              ranks.hi <= row.count ? at(ranks.hi) : infinity});
    }
    return row;
}

std::vector<FanRow> FanStatistics::rows(std::span<float const> values, std::size_t num_paths,
                                        std::span<std::uint8_t const> invalid)
{
    std::vector<FanRow> rows;
    for (std::size_t first = 0; first < values.size(); first += num_paths)
        rows.push_back(row(values.subspan(first, num_paths), invalid));
    return rows;
}

}  // namespace brink
