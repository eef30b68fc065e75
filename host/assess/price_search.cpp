// SPDX-License-Identifier: Apache-2.0
#include "host/assess/price_search.hpp"

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

/// Relative distance at which a kink's sides are tested: far above rounding, far below any tick.
constexpr double beside = 1e-12;
/// Between two samples where margin is no line between kinks.
constexpr double curve_spacing = 1.01;

/// Restores one price of the book at the end of its scope.
class PriceGuard {
    BookState<double>& book_;
    std::int32_t asset_;
    double price_;

  public:
    PriceGuard(BookState<double>& book, std::int32_t asset)
        : book_{book}, asset_{asset}, price_{book.price(asset)}
    {}
    PriceGuard(PriceGuard const&) = delete;
    PriceGuard& operator=(PriceGuard const&) = delete;
    ~PriceGuard() { book_.set_price(asset_, price_); }
};

/// Between two positive numbers: the mean, or the geometric one where they are of different size.
double middle(double a, double b)
{
    double const low = std::min(a, b);
    double const high = std::max(a, b);
    return high > 4.0 * low ? std::sqrt(low) * std::sqrt(high) : low + 0.5 * (high - low);
}

}  // namespace

NearestPrices PriceSearch::operator()(std::int32_t account, std::int32_t asset, Threshold threshold)
{
    PriceGuard const guard{book_, asset};
    double const price = book_.price(asset);
    std::vector<double> const all = samples(account, asset, price);
    auto const here = std::lower_bound(all.begin(), all.end(), price);
    std::vector<double> const upwards(here, all.end());
    std::vector<double> const downwards(std::make_reverse_iterator(here + 1), all.rend());
    return {first_change(account, asset, threshold, downwards),
            first_change(account, asset, threshold, upwards)};
}

/// Whether margin equity or a requirement bends between kinks: by options, or a grid.
bool PriceSearch::is_curved(std::int32_t account) const
{
    auto const& event = book_.event();
    AccountState const state = event.state(account);
    if (event.ladder_of(account).requirement != RequirementRule::schedules)
        return true;
    auto const positions = state.positions();
    return std::any_of(positions.begin(), positions.end(), [&](Position<double> const& position) {
        return event.instruments[position.instrument].is_option != 0;
    });
}

bool PriceSearch::breached_at(std::int32_t account, std::int32_t asset, Threshold threshold,
                              double price)
{
    book_.set_price(asset, price);
    return threshold == Threshold::call ? book_.is_called(account) || book_.is_liquidatable(account)
                                        : book_.is_liquidatable(account);
}

/// Prices to test, ascending: the current one, the ends of the range, both sides of every kink, and
/// where the initial margin overtakes the maintenance margin.
std::vector<double> PriceSearch::samples(std::int32_t account, std::int32_t asset, double price)
{
    std::vector<double> points{price / range, price, price * range};
    auto const add = [&](double kink) {
        for (double const p : {kink * (1.0 - beside), kink, kink * (1.0 + beside)})
            if (p > price / range && p < price * range)
                points.push_back(p);
    };
    for (double const kink : kink_prices(book_, account, asset))
        add(kink);
    if (is_curved(account))
        for (double factor = 1.0; factor < range; factor *= curve_spacing) {
            points.push_back(price * factor);
            points.push_back(price / factor);
        }
    std::sort(points.begin(), points.end());
    auto const excess = [&](double p) {
        book_.set_price(asset, p);
        Assessment<double> const now = book_.assess(account);
        return now.initial_margin - now.maintenance_margin;
    };
    for (std::size_t i = points.size() - 1; i > 0; --i) {
        double const low = excess(points[i - 1]);
        double const high = excess(points[i]);
        if (low * high < 0.0)
            add(points[i - 1] + (points[i] - points[i - 1]) * (low / (low - high)));
    }
    std::sort(points.begin(), points.end());
    points.erase(std::unique(points.begin(), points.end()), points.end());
    return points;
}

/// First price in the order of the samples, which begin at the current one, with another answer.
std::optional<double> PriceSearch::first_change(std::int32_t account, std::int32_t asset,
                                                Threshold threshold,
                                                std::vector<double> const& outwards)
{
    bool const here = breached_at(account, asset, threshold, outwards.front());
    for (std::size_t i = 1; i < outwards.size(); ++i) {
        if (breached_at(account, asset, threshold, outwards[i]) == here)
            continue;
        double same = outwards[i - 1];
        double other = outwards[i];
        for (;;) {
            double const p = middle(same, other);
            if (!(p > std::min(same, other) && p < std::max(same, other)))
                return other;
            (breached_at(account, asset, threshold, p) == here ? same : other) = p;
        }
    }
    return std::nullopt;
}

}  // namespace brink
