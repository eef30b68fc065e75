// SPDX-License-Identifier: Apache-2.0
#include "host/program/market_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <numbers>
#include <type_traits>

#include "host/program/asset_terms.hpp"
#include "host/program/carry_builder.hpp"
#include "host/program/contract_builder.hpp"
#include "host/program/correlation_factor.hpp"
#include "host/program/correlation_repair.hpp"
#include "host/program/failure_builder.hpp"
#include "host/program/history_builder.hpp"
#include "host/program/jump_builder.hpp"
#include "host/program/oracle_builder.hpp"
#include "host/program/peg_builder.hpp"
#include "host/program/regime_builder.hpp"
#include "host/program/variance_builder.hpp"
#include "host/run/copula_fit.hpp"
#include "host/run/mixing_fit.hpp"
#include "io/config/duration.hpp"
#include "models/market/price_range.hpp"

namespace brink {
namespace {

/// Correlation of all assets; nothing where the matrix is not semidefinite.
std::vector<std::vector<double>> correlation_in_use(Scenario const& scenario, MarketNotes& notes,
                                                    Problems& problems)
{
    CorrelationConfig const& config = scenario.market.correlation;
    CorrelationFactor const written = factor_correlation(config.matrix);
    if (config.matrix.empty() || !written.lower.empty())
        return full_correlation(scenario, config.assets, config.matrix);
    auto repair = repair_correlation(config, written, scenario.market.copula, problems);
    if (!repair)
        return {};
    notes.correlation_repairs.push_back(std::move(*repair));
    return full_correlation(scenario, config.assets, notes.correlation_repairs.back().used);
}

/// Steps for which one mixing draw stays in force, for a bar where an asset is GARCH; the reader
/// has seen to it that they are whole and that bars are alike.
std::uint32_t hold_steps(Scenario const& scenario)
{
    Seconds holding = std::min(scenario.market.mixing, scenario.run.horizon);
    for (AssetConfig const& asset : scenario.assets)
        if (asset.garch)
            holding = asset.garch->interval;
    double const steps = std::round(holding / scenario.run.step);
    return static_cast<std::uint32_t>(std::max(steps, 1.0));
}

void set_terms(WideMarket& market, std::size_t i, AssetTerms const& terms)
{
    for (std::size_t j = 0; j <= i; ++j)
        market.loading[i][j] = terms.loading[j];
    market.drift[i] = terms.drift;
    market.half_variance[i] = terms.half_variance;
    market.net_drift[i] = terms.drift - terms.half_variance;
    market.factor_mask |= 1u << i;
}

/// An asset whose variance scales its factor, so that it is loaded with the factor itself.
void set_varying_asset(WideMarket& market, std::size_t i, AssetConfig const& asset,
                       RunConfig const& run, std::vector<double> const& factor_row,
                       JumpMoments const& jumps, Problems& problems)
{
    set_terms(market, i, make_varying_terms(asset, run.step / seconds_per_year, factor_row, jumps));
    market.variance_mask |= 1u << i;
    market.is_varying = 1;
    market.variances[market.num_variances++] = build_variance(asset, i, run, jumps, problems);
}

/// Degrees of freedom of a Student-t asset, and where that is written.
std::pair<double, Where> freedom_of(AssetConfig const& asset, MarketConfig const& market)
{
    if (asset.degrees_of_freedom)
        return {*asset.degrees_of_freedom, asset.at("degrees_of_freedom")};
    return {market.degrees_of_freedom, market.at("degrees_of_freedom")};
}

/// Fits the Student-t multipliers of a market, one for each number of degrees of freedom: the first
/// is the market's own, all others are notes.
class MixingBuilder {
    WideMarket& market_;
    MarketNotes& notes_;
    Scenario const& scenario_;
    double tolerance_;
    Problems& problems_;
    std::vector<double> known_;  ///< degrees of freedom

  public:
    MixingBuilder(WideMarket& market, MarketNotes& notes, Scenario const& scenario,
                  double tolerance, Problems& problems)
        : market_{market},
          notes_{notes},
          scenario_{scenario},
          tolerance_{tolerance},
          problems_{problems}
    {}

    /// \return false where a problem was added
    bool operator()()
    {
        MarketConfig const& config = scenario_.market;
        bool fits = true;
        if (has_t_copula(config))
            fits = add_copula(config)
                   && place(config.degrees_of_freedom, config.at("degrees_of_freedom")).has_value();
        for (std::size_t i = 0; i < scenario_.assets.size() && fits; ++i) {
            if ((market_.mixed_mask >> i & 1u) == 0)
                continue;
            auto const [nu, where] = freedom_of(scenario_.assets[i], config);
            auto const found = place(nu, where);
            fits = found.has_value();
            market_.mixing_of[i] = found.value_or(0);
        }
        market_.num_mixings = static_cast<std::int32_t>(notes_.mixings.size());
        return fits;
    }

  private:
    /// 0: the market's own; g: entry g - 1 of the notes.
    std::optional<std::uint8_t> place(double nu, Where const& where)
    {
        auto const found = std::find(known_.begin(), known_.end(), nu);
        auto const at = static_cast<std::uint8_t>(found - known_.begin());
        if (found != known_.end())
            return at;
        try {
            auto const view =
                make_mixing_view<double>(fit_mixing(nu, tolerance_), hold_steps(scenario_));
            if (known_.empty())
                market_.mixing = view;
            else
                notes_.mixings.push_back(view);
        } catch (std::exception const& error) {
            problems_.add(where, error.what(), "choose a larger number of degrees of freedom");
            return std::nullopt;
        }
        known_.push_back(nu);
        return at;
    }

    bool add_copula(MarketConfig const& config)
    {
        try {
            notes_.copula.push_back(fit_copula(config.degrees_of_freedom, tolerance_));
            market_.is_coupled = 1;
            return true;
        } catch (std::exception const& error) {
            problems_.add(config.at("degrees_of_freedom"), error.what(),
                          "choose a larger number of degrees of freedom");
            return false;
        }
    }
};

/// A copula gives each factor a total of its own, so none may be made of the others.
/// \param loading `loading(i, j)`
template<class Loading>
bool check_independence(Scenario const& scenario, Loading loading, Problems& problems)
{
    constexpr double least = 1e-3;
    for (std::size_t i = 0; i < scenario.assets.size(); ++i) {
        double square = 0.0;
        for (std::size_t j = 0; j <= i; ++j)
            square += loading(i, j) * loading(i, j);
        if (std::abs(loading(i, i)) < least * std::sqrt(square)) {
            problems.add(
                scenario.market.at("copula"),
                fmt::format("needs a positive definite correlation: the factor of {} is made of "
                            "those of the assets before it",
                            scenario.assets[i].name),
                "write copula = \"gaussian\", or move the correlations and the shocks of them "
                "away from 1 and -1");
            return false;
        }
    }
    return true;
}

void check_coupling(WideMarket const& market, Scenario const& scenario,
                    std::vector<RegimeTerms<double>> const& regimes, Problems& problems)
{
    bool independent = check_independence(
        scenario, [&](std::size_t i, std::size_t j) { return market.loading[i][j]; }, problems);
    for (RegimeTerms<double> const& terms : regimes)
        independent =
            independent
            && check_independence(
                scenario,
                [&](std::size_t i, std::size_t j) {
                    return terms.loading[triangle_place(static_cast<int>(i), static_cast<int>(j))];
                },
                problems);
}

bool all_priced(Scenario const& scenario, Problems& problems)
{
    bool priced = true;
    for (AssetConfig const& asset : scenario.assets)
        if (!asset.price || !std::isfinite(*asset.price) || !(*asset.price > 0.0)) {
            problems.add(asset.at("price"), fmt::format("{} has no price", asset.name),
                         "write a price > 0, or name a snapshot that has one");
            priced = false;
        }
    return priced;
}

}  // namespace

MarginalModel model_in_force(AssetConfig const& asset, MarketConfig const& market)
{
    return asset.model.value_or(market.model);
}

std::int32_t count_steps(RunConfig const& run)
{
    return static_cast<std::int32_t>(std::lround(run.horizon / run.step));
}

/// An asset that history moves: by its row, or by its row times the deviation of a GARCH.
void set_historical(WideMarket& market, std::size_t i, Scenario const& scenario,
                    JumpMoments const& jumps, Problems& problems)
{
    AssetConfig const& asset = scenario.assets[i];
    std::vector<double> const no_factors(i + 1, 0.0);
    if (asset.garch) {
        set_varying_asset(market, i, with_filter(asset, *scenario.market.history), scenario.run,
                          no_factors, jumps, problems);
    } else {
        double const years = scenario.run.step / seconds_per_year;
        set_terms(market, i, make_varying_terms(asset, years, no_factors, jumps));
    }
    market.factor_mask &= ~(1u << i);
}

void take_history(WideMarket& market, Scenario const& scenario, MarketNotes& notes)
{
    HistoryTable table = build_history(scenario);
    market.history = table.terms;
    notes.history = std::move(table.returns);
    notes.assumptions.insert(notes.assumptions.end(), table.assumptions.begin(),
                             table.assumptions.end());
    if (market.history.num_rows != 0)
        market.is_varying = 1;
}

/// Whether the name is that of a dated contract's row, whose price follows from others.
bool is_contract_row(std::string const& name, Scenario const& scenario)
{
    return std::any_of(
        scenario.instruments.begin(), scenario.instruments.end(),
        [&](InstrumentConfig const& instrument) {
            return is_dated(instrument.kind)
                   && contract_row_name(first_of_contract(instrument, scenario), scenario) == name;
        });
}

/// Whether a shock or a failure moves the price of an asset by name.
bool is_moved_by_events(AssetConfig const& asset, MarketConfig const& market)
{
    for (ShockConfig const& shock : market.shocks)
        for (std::string const& name : shock.assets)
            if (name == asset.name && (shock.price || shock.price_to))
                return true;
    for (FailureConfig const& failure : market.failures)
        for (auto const& [name, level] : failure.levels)
            if (name == asset.name)
                return true;
    return false;
}

template<class T>
std::optional<WideMarket> build_market(Scenario const& scenario, Problems& problems,
                                       MarketNotes& notes)
{
    auto const correlation = correlation_in_use(scenario, notes, problems);
    auto const phases = build_phases(scenario, problems);
    if (!all_priced(scenario, problems) || correlation.empty() || phases.empty())
        return std::nullopt;
    auto const factor = factor_correlation(correlation).lower;
    WideMarket market{};
    double const years = scenario.run.step / seconds_per_year;
    JumpProcesses const jumps =
        build_jumps(scenario, years, largest_jump_rate(scenario.market, phases), problems);
    std::copy(jumps.list.begin(), jumps.list.end(), market.jumps);
    market.num_jumps = static_cast<std::int32_t>(jumps.list.size());
    for (std::size_t i = 0; i < scenario.assets.size(); ++i) {
        AssetConfig const& asset = scenario.assets[i];
        MarginalModel const model = model_in_force(asset, scenario.market);
        market.initial_price[i] = static_cast<double>(static_cast<T>(*asset.price));
        if (model == MarginalModel::fixed) {
            if (asset.name != scenario.run.numeraire && !is_contract_row(asset.name, scenario)
                && !is_oracle_row(asset.name, scenario))
                notes.assumptions.push_back(
                    fmt::format("the price of {} {} {} {}", asset.name,
                                is_moved_by_events(asset, scenario.market)
                                    ? "moves by shocks and failures only, from"
                                    : "stays at",
                                *asset.price, scenario.run.numeraire));
            continue;
        }
        if (model == MarginalModel::historical)
            set_historical(market, i, scenario, jumps.moments[i], problems);
        else if (model == MarginalModel::peg)
            set_peg(market, i, scenario, factor[i]);
        else if (has_own_variance(asset, scenario.market))
            set_varying_asset(market, i, asset, scenario.run, factor[i], jumps.moments[i],
                              problems);
        else
            set_terms(market, i,
                      make_asset_terms(asset, asset.volatility, asset.at("volatility"), years,
                                       factor[i], jumps.moments[i], problems));
        if (model == MarginalModel::student_t || model == MarginalModel::gjr_garch)
            market.mixed_mask |= 1u << i;
    }
    double const tolerance =
        std::is_same_v<T, float> ? mixing_tolerance_float : mixing_tolerance_double;
    if (!MixingBuilder{market, notes, scenario, tolerance, problems}())
        return std::nullopt;
    notes.regimes =
        build_regimes(scenario, phases, correlation, jumps, notes.correlation_repairs, problems);
    check_multiples(scenario, market, notes.regimes, problems);
    if (market.is_coupled != 0)
        check_coupling(market, scenario, notes.regimes, problems);
    market.num_carry = static_cast<std::int32_t>(build_carry_factors(scenario).size());
    market.num_regimes = static_cast<std::int32_t>(notes.regimes.size() / phases.size());
    for (Phase const& phase : phases)
        notes.phases.push_back(phase.first_step);
    set_failures(market, scenario);
    take_history(market, scenario, notes);
    notes.shocks = build_price_shocks(scenario);
    market.num_shocks = static_cast<std::int32_t>(notes.shocks.size());
    if (market.num_regimes != 0 || market.is_coupled != 0 || market.num_mixings != 0
        || market.num_carry != 0)
        market.is_varying = 1;
    auto const steps = static_cast<std::uint32_t>(count_steps(scenario.run));
    market.is_bounded = stays_in_range(market, steps) ? 1u : 0u;
    return market;
}

template std::optional<WideMarket> build_market<float>(Scenario const&, Problems&, MarketNotes&);
template std::optional<WideMarket> build_market<double>(Scenario const&, Problems&, MarketNotes&);

}  // namespace brink
