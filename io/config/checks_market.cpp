// SPDX-License-Identifier: Apache-2.0
#include "io/config/duration.hpp"
#include "io/config/instrument_names.hpp"
#include "io/config/references.hpp"
#include "io/config/scenario_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

MarginalModel model_of(AssetConfig const& asset, MarketConfig const& market)
{
    return asset.model.value_or(market.model);
}

bool uses(MarginalModel model, Scenario const& scenario)
{
    return std::any_of(
        scenario.assets.begin(), scenario.assets.end(),
        [&](AssetConfig const& asset) { return model_of(asset, scenario.market) == model; });
}

/// One law of impact.
void check_execution(ExecutionConfig const& execution, Problems& problems)
{
    if (execution.adv_usd > 0 && execution.depth_2pct_usd > 0)
        problems.add(execution.at("depth_2pct_usd"),
                     "adv_usd is given too: impact is either square root or linear",
                     "remove one of the two");
    if (execution.amm_depth_usd > 0 && (execution.adv_usd > 0 || execution.depth_2pct_usd > 0))
        problems.add(execution.at("amm_depth_usd"),
                     fmt::format("{} is given too: a pool has an impact of its own",
                                 execution.adv_usd > 0 ? "adv_usd" : "depth_2pct_usd"),
                     "remove one of the two");
}

void check_asset(AssetConfig const& asset, MarketConfig const& market, Problems& problems)
{
    bool const is_fixed = model_of(asset, market) == MarginalModel::fixed;
    if (!asset.price && !asset.has("price")) {
        if (is_fixed)
            problems.add(asset.at("price"), "model = \"fixed\" needs a price written out",
                         "a fixed price is an assumption that the result records: price = 1.0");
        else if (!market.prices)
            problems.add(
                asset.at("price"), "required key is missing",
                "write price = <number>, or name a snapshot: [market] prices = \"prices.csv\"");
    }
    if (is_fixed && (asset.volatility != 0 || asset.drift != 0))
        problems.add(asset.at(asset.volatility != 0 ? "volatility" : "drift"),
                     "a fixed price has neither volatility nor drift",
                     "remove it, or choose another model");
    else if (!is_fixed && model_of(asset, market) != MarginalModel::historical
             && !asset.has("volatility"))
        problems.add(
            asset.at("volatility"), "required key is missing",
            "write the annual standard deviation of log returns, such as volatility = 0.6");
    check_execution(asset.execution, problems);
}

bool is_scaled(AssetConfig const& asset, MarketConfig const& market)
{
    MarginalModel const model = model_of(asset, market);
    return model == MarginalModel::student_t || model == MarginalModel::gjr_garch;
}

/// Degrees of freedom of one asset, where it has its own.
void check_own_freedom(AssetConfig const& asset, MarketConfig const& market, Problems& problems)
{
    if (!asset.degrees_of_freedom)
        return;
    if (!is_scaled(asset, market))
        problems.add(asset.at("degrees_of_freedom"), "the asset's model has no Student-t shocks",
                     "remove it, or write model = \"student_t\"");
    else if (!(*asset.degrees_of_freedom > 2))
        problems.add(asset.at("degrees_of_freedom"),
                     fmt::format("must be > 2, is {}: a t variable has no variance below that",
                                 *asset.degrees_of_freedom),
                     "write degrees_of_freedom = 4");
}

/// Degrees of freedom of the market, which its copula has, and assets that state none.
void check_freedom(Scenario const& scenario, Problems& problems)
{
    MarketConfig const& market = scenario.market;
    bool const is_needed =
        has_t_copula(market)
        || std::any_of(scenario.assets.begin(), scenario.assets.end(),
                       [&](AssetConfig const& asset) {
                           return is_scaled(asset, market) && !asset.degrees_of_freedom;
                       });
    Where const where = market.at("degrees_of_freedom");
    if (!is_needed) {
        if (market.degrees_of_freedom > 0 && where.file == scenario.sources.front().path)
            problems.warn(where, uses(MarginalModel::student_t, scenario)
                                     ? "every Student-t asset has its own"
                                     : "no asset uses model = \"student_t\"");
        return;
    }
    if (!(market.degrees_of_freedom > 2))
        problems.add(
            where,
            market.has("degrees_of_freedom")
                ? fmt::format("must be > 2, is {}: a t variable has no variance below that",
                              market.degrees_of_freedom)
                : "required key is missing",
            has_t_copula(market) ? "write degrees_of_freedom = 4, or copula = \"gaussian\""
                                 : "write degrees_of_freedom = 4, or choose model = \"gbm\"");
}

/// A copula needs two assets that factors move.
void warn_of_lonely_copula(Scenario const& scenario, Problems& problems)
{
    auto const moves = [&](AssetConfig const& asset) {
        MarginalModel const model = model_of(asset, scenario.market);
        return model != MarginalModel::fixed && model != MarginalModel::historical;
    };
    if (has_t_copula(scenario.market)
        && std::count_if(scenario.assets.begin(), scenario.assets.end(), moves) < 2)
        problems.warn(scenario.market.at("copula"),
                      "ties nothing: fewer than two assets are moved by a factor",
                      "remove it; rows of history hang together by themselves");
}

/// How long one Student-t draw of the path holds.
void check_mixing(Scenario const& scenario, Problems& problems)
{
    MarketConfig const& market = scenario.market;
    for (AssetConfig const& asset : scenario.assets)
        check_own_freedom(asset, market, problems);
    check_freedom(scenario, problems);
    warn_of_lonely_copula(scenario, problems);
    bool const has_student_t = uses(MarginalModel::student_t, scenario);
    if (!has_student_t && !has_t_copula(market))
        return;
    if (!std::isinf(market.mixing) && market.mixing > 0 && market.mixing < scenario.run.step)
        problems.add(market.at("mixing"), "is shorter than a step", "write mixing = \"step\"");
    if (std::isfinite(market.mixing) && scenario.run.step > 0 && market.mixing > scenario.run.step
        && std::abs(std::remainder(market.mixing, scenario.run.step)) > 1e-9 * market.mixing)
        problems.add(market.at("mixing"), fmt::format("is no whole number of steps of \"{}\"",
                                                      format_duration(scenario.run.step)));
    Seconds const holding = std::max(market.mixing, scenario.run.step);
    double const draws = scenario.run.horizon / holding;
    if (holding > 0 && draws > 50)
        problems.warn(
            market.at("mixing"),
            fmt::format("the horizon spans {:.0f} mixing draws: {}", draws,
                        has_student_t
                            ? "the return over the horizon is nearly Gaussian"
                            : "over the horizon the assets hang together nearly as by a Gaussian "
                              "copula"),
            "hold the draw longer, such as mixing = \"P1D\" or \"path\"");
}

bool check_correlation_shape(CorrelationConfig const& correlation, Problems& problems)
{
    std::size_t const size = correlation.assets.size();
    if (correlation.matrix.size() != size) {
        problems.add(correlation.at("matrix"),
                     fmt::format("has {} rows for {} assets", correlation.matrix.size(), size));
        return false;
    }
    bool square = true;
    for (std::size_t i = 0; i < size; ++i) {
        if (correlation.matrix[i].size() == size)
            continue;
        square = false;
        problems.add(
            correlation.at(fmt::format("matrix[{}]", i)),
            fmt::format("has {} entries for {} assets", correlation.matrix[i].size(), size),
            "write the full matrix");
    }
    return square;
}

void check_correlation_entry(CorrelationConfig const& correlation, std::size_t i, std::size_t j,
                             Problems& problems)
{
    double const entry = correlation.matrix[i][j];
    Where const where = correlation.at(fmt::format("matrix[{}][{}]", i, j));
    std::string const pair = fmt::format("{}, {}", correlation.assets[i], correlation.assets[j]);
    if (i == j && entry != 1)
        problems.add(where, fmt::format("the diagonal must be 1, is {} for {}", entry,
                                        correlation.assets[i]));
    else if (!(std::abs(entry) <= 1))
        problems.add(where,
                     fmt::format("a correlation must be from -1 to 1, is {} ({})", entry, pair));
    else if (j < i && entry != correlation.matrix[j][i])
        problems.add(where,
                     fmt::format("differs from its mirror image: {} and {} ({})", entry,
                                 correlation.matrix[j][i], pair),
                     "write the same number in both places");
}

/// Independence is a strong assumption, so it is recorded where nobody wrote it.
void warn_uncorrelated(Scenario const& scenario, Problems& problems)
{
    auto const& listed = scenario.market.correlation.assets;
    std::vector<std::string> missing;
    std::size_t random = 0;
    for (AssetConfig const& asset : scenario.assets) {
        MarginalModel const model = model_of(asset, scenario.market);
        if (model == MarginalModel::fixed || model == MarginalModel::peg
            || model == MarginalModel::historical)
            continue;  // a peg moves with its reference, rows of history together
        ++random;
        if (std::find(listed.begin(), listed.end(), asset.name) == listed.end())
            missing.push_back(asset.name);
    }
    if (random > 1 && !missing.empty())
        problems.warn(
            scenario.market.correlation.at("assets"),
            fmt::format("no correlation is given for {}: taken as uncorrelated with all others",
                        fmt::join(missing, ", ")));
}

}  // namespace

void check_correlation(CorrelationConfig const& correlation, References const& assets,
                       Problems& problems)
{
    std::vector<std::string> seen;
    for (std::string const& name : correlation.assets) {
        assets.require(name, correlation.at("assets"), problems);
        if (std::find(seen.begin(), seen.end(), name) != seen.end())
            problems.add(correlation.at("assets"),
                         fmt::format("asset \"{}\" is listed twice", name));
        seen.push_back(name);
    }
    if (!check_correlation_shape(correlation, problems))
        return;
    for (std::size_t i = 0; i < correlation.assets.size(); ++i)
        for (std::size_t j = 0; j < correlation.assets.size(); ++j)
            check_correlation_entry(correlation, i, j, problems);
}

void check_market(Scenario const& scenario, Problems& problems)
{
    check_names(scenario.assets, "asset", problems);
    if (scenario.assets.empty())
        problems.add(Where{scenario.sources.front().path, 0, 0, "asset"}, "no asset is defined",
                     "write an [[asset]] table for each asset");
    for (AssetConfig const& asset : scenario.assets)
        check_asset(asset, scenario.market, problems);
    check_mixing(scenario, problems);
    check_correlation(scenario.market.correlation, References{"asset", scenario.assets}, problems);
    warn_uncorrelated(scenario, problems);
}

void check_instruments(Scenario const& scenario, Problems& problems)
{
    References const assets{"asset", scenario.assets};
    References const venues{"venue", scenario.venues};
    check_instrument_names(scenario.instruments, problems);
    for (InstrumentConfig const& instrument : scenario.instruments) {
        if (!instrument.base.empty())
            assets.require(instrument.base, instrument.at("base"), problems);
        if (!instrument.quote.empty())
            assets.require(instrument.quote, instrument.at("quote"), problems);
        if (!instrument.base.empty() && instrument.base == instrument.quote)
            problems.add(instrument.at("quote"), "base and quote are the same asset");
        if (instrument.execution)
            check_execution(*instrument.execution, problems);
        if (instrument.has("settlement"))
            assets.require(instrument.settlement, instrument.at("settlement"), problems);
        if (is_inverse(instrument.kind) && instrument.settlement != instrument.base)
            problems.add(instrument.at("settlement"),
                         "an inverse contract settles in its base asset",
                         fmt::format("write settlement = \"{}\" or leave it out", instrument.base));
        if (instrument.venue.empty()
            || !venues.require(instrument.venue, instrument.at("venue"), problems))
            continue;
        VenueConfig const& venue = scenario.venues[venues.index_of(instrument.venue)];
        bool const scheduled = std::any_of(
            venue.schedules.begin(), venue.schedules.end(), [&](ScheduleConfig const& schedule) {
                return std::find(schedule.instruments.begin(), schedule.instruments.end(),
                                 instrument.name)
                       != schedule.instruments.end();
            });
        bool const on_grid = venue.requirement == Requirement::grid;
        if (!scheduled && !on_grid && !instrument.name.empty())
            problems.add(instrument.at("name"),
                         fmt::format("venue \"{}\" has no maintenance schedule for \"{}\"",
                                     venue.name, instrument.name),
                         "name it in `instruments` of one of the venue's [[venue.schedules]]");
    }
}

}  // namespace brink
