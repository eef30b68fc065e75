// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/aligned_returns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "io/config/duration.hpp"
#include "io/config/instant.hpp"

namespace brink {
namespace {

/// Of the interval: as much as two times may be off for a return over one interval.
constexpr double interval_tolerance = 0.01;

std::vector<UnixSeconds> common_times(std::vector<PriceSeries> const& series)
{
    std::vector<UnixSeconds> common = series.front().times;
    for (PriceSeries const& one : series) {
        std::vector<UnixSeconds> both;
        std::set_intersection(common.begin(), common.end(), one.times.begin(), one.times.end(),
                              std::back_inserter(both));
        common = std::move(both);
    }
    return common;
}

std::vector<double> prices_at(PriceSeries const& series, std::vector<UnixSeconds> const& times)
{
    std::vector<double> prices;
    std::size_t i = 0;
    for (UnixSeconds const time : times) {
        while (series.times[i] != time)
            ++i;
        prices.push_back(series.prices[i]);
    }
    return prices;
}

std::size_t count_one_sided(std::vector<PriceSeries> const& series,
                            std::vector<UnixSeconds> const& common)
{
    std::set<UnixSeconds> all;
    for (PriceSeries const& one : series)
        for (UnixSeconds const time : one.times)
            if (time >= common.front() && time <= common.back())
                all.insert(time);
    return all.size() - common.size();
}

void check_intervals(std::vector<PriceSeries> const& series, Problems& problems)
{
    PriceSeries const& first = series.front();
    for (PriceSeries const& one : series)
        if (one.interval != first.interval)
            problems.add({one.file, 0, 0, one.asset},
                         fmt::format("has a price every {}, {} of {} every {}",
                                     format_duration(one.interval), first.asset, first.file,
                                     format_duration(first.interval)),
                         "bring all assets to one interval", ExitCode::data);
}

void add_return(AlignedReturns& aligned, std::vector<std::vector<double>> const& prices,
                std::size_t i)
{
    for (std::size_t a = 0; a < prices.size(); ++a)
        aligned.returns[a].push_back(std::log(prices[a][i] / prices[a][i - 1]));
}

void check_returns(AlignedReturns const& aligned, std::vector<PriceSeries> const& series,
                   Problems& problems)
{
    if (aligned.size() < fewest_returns) {
        problems.add({series.front().file, 0, 0, {}},
                     fmt::format("{} returns over {} in which every asset has both prices; {} are "
                                 "the least",
                                 aligned.size(), format_duration(aligned.interval), fewest_returns),
                     "widen --from and --to, or leave out the asset with the shortest history",
                     ExitCode::data);
        return;
    }
    for (std::size_t a = 0; a < series.size(); ++a)
        if (auto const& r = aligned.returns[a];
            std::all_of(r.begin(), r.end(), [](double x) { return x == 0.0; }))
            problems.add({series[a].file, 0, 0, series[a].asset}, "the price never changes",
                         "write model = \"fixed\" for it in the scenario, and leave it out here",
                         ExitCode::data);
}

}  // namespace

AlignedReturns align_returns(std::vector<PriceSeries> const& series, Problems& problems)
{
    AlignedReturns aligned;
    check_intervals(series, problems);
    if (!problems.empty())
        return aligned;
    aligned.interval = series.front().interval;
    std::vector<UnixSeconds> const times = common_times(series);
    std::vector<std::vector<double>> prices;
    for (PriceSeries const& one : series) {
        aligned.assets.push_back(one.asset);
        prices.push_back(prices_at(one, times));
    }
    aligned.returns.resize(series.size());
    for (std::size_t i = 1; i < times.size(); ++i) {
        double const intervals = static_cast<double>(times[i] - times[i - 1]) / aligned.interval;
        if (std::abs(intervals - 1.0) <= interval_tolerance) {
            aligned.from = aligned.size() == 0 ? times[i - 1] : aligned.from;
            aligned.to = times[i];
            add_return(aligned, prices, i);
        } else {
            ++aligned.skipped;
        }
    }
    if (!times.empty())
        aligned.one_sided = count_one_sided(series, times);
    check_returns(aligned, series, problems);
    return aligned;
}

}  // namespace brink
