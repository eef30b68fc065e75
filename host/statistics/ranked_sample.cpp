// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/ranked_sample.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "kernels/reduce/tree_sum.hpp"

namespace brink {

std::span<double const> TailView::positive() const
{
    auto const end = std::lower_bound(risks.begin(), risks.end(), 0.0, std::greater<>{});
    return risks.first(static_cast<std::size_t>(end - risks.begin()));
}

std::optional<double> TailView::from_top(std::uint64_t j) const
{
    std::size_t const above = positive().size();
    if (j <= above)
        return risks[j - 1];
    // Were only positive risks kept and some risks dropped, then dropped ones may come next.
    if (above == risks.size() && !complete())
        return std::nullopt;
    if (j <= above + zeros)
        return 0.0;
    if (j <= risks.size() + zeros)
        return risks[j - zeros - 1];
    return std::nullopt;
}

std::uint64_t TailView::num_above(double risk) const
{
    auto const end = std::lower_bound(risks.begin(), risks.end(), risk, std::greater<>{});
    return static_cast<std::uint64_t>(end - risks.begin()) + (risk < 0 ? zeros : 0);
}

OrderStatistic RankedSample::at(std::uint64_t rank) const
{
    bool const largest_first = risky_end == RiskyEnd::largest;
    std::uint64_t const from_risky_end = largest_first ? count() - rank + 1 : rank;
    if (auto const risk = tail.from_top(from_risky_end)) {
        double const value = largest_first ? *risk : 0.0 - *risk;
        return {value, value, value};
    }
    OrderStatistic binned = body->order_statistic(rank);
    binned.lo = std::max(binned.lo, smallest);
    binned.hi = std::min(binned.hi, largest);
    binned.value = std::clamp(binned.value, binned.lo, binned.hi);
    return binned;
}

std::uint64_t RankedSample::num_beyond(std::uint64_t rank) const
{
    bool const largest_first = risky_end == RiskyEnd::largest;
    std::uint64_t const from_risky_end = largest_first ? count() - rank + 1 : rank;
    bool const in_risky_half = 2 * from_risky_end <= count() + 1;
    auto const risk = tail.from_top(from_risky_end);
    if (risk && in_risky_half)
        return tail.num_above(*risk);
    return std::min(rank - 1, count() - rank);
}

TailIndex hill_tail_index(TailView const& tail, std::uint64_t tail_count)
{
    constexpr std::uint64_t fewest = 10;
    auto const positive = tail.positive();
    std::uint64_t const used = std::min<std::uint64_t>(tail_count, positive.size()) / 10;
    if (used < fewest)
        return {std::numeric_limits<double>::quiet_NaN(), used};
    double const threshold = positive[used];
    double const sum =
        tree_sum_of(used, [&](std::uint64_t i) { return std::log(positive[i] / threshold); });
    return {static_cast<double>(used) / sum, used};
}

}  // namespace brink
