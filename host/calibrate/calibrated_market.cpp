// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/calibrated_market.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "brink/version.hpp"
#include "io/config/duration.hpp"
#include "io/config/instant.hpp"

namespace brink {
namespace {

using Matrix = std::vector<std::vector<double>>;

/// What the returns are, in one sentence.
std::string sample_text(AlignedReturns const& data)
{
    return fmt::format("{} log returns over {}, {} to {}", data.size(),
                       format_duration(data.interval), format_instant(data.from),
                       format_instant(data.to));
}

/// Entries below the diagonal, an asset a line.
void add_triangle(std::vector<std::string>& lines, AlignedReturns const& data, Matrix const& matrix)
{
    for (std::size_t i = 1; i < matrix.size(); ++i) {
        std::string line = fmt::format("  {:<8}", data.assets[i]);
        for (std::size_t j = 0; j < i; ++j)
            line += fmt::format(" {:6.3f}", matrix[i][j]);
        lines.push_back(line);
    }
}

constexpr std::string_view errors_line =
    "Numbers after +- are standard errors. drift = 0 is a choice: the sample's own is beside it.";

std::vector<std::string> head_comments(Calibration const& calibration)
{
    AlignedReturns const& data = calibration.data;
    std::vector<std::string> lines{
        "SPDX-License-Identifier: Apache-2.0",
        fmt::format("Calibrated by {}", calibration.settings.command),
        "",
        fmt::format("Window: {}; a year has 365 days.", sample_text(data)),
        fmt::format(
            "Left out: {} pairs of prices further apart; {} times that not every asset has.",
            data.skipped, data.one_sided),
        std::string{errors_line}};
    if (auto const joint = calibration.joint_log_likelihood)
        lines.push_back(fmt::format("Joint log-likelihood {:.2f}, {} parameters, BIC {:.2f}.",
                                    *joint, calibration.num_joint_parameters,
                                    bic(*joint, calibration.num_joint_parameters, data.size())));
    if (auto const& t = calibration.student_t)
        lines.push_back(fmt::format(
            "Degrees of freedom: {}, by maximum likelihood of the joint {}.",
            fitted_text(t->degrees_of_freedom),
            calibration.settings.model == MarginalModel::gjr_garch ? "standardised shocks"
                                                                   : "returns"));
    if (auto const& copula = calibration.copula)
        lines.push_back(fmt::format(
            "Student-t copula: degrees of freedom {}, by maximum pseudo-likelihood of the ranks{}; "
            "log-likelihood {:.2f}, of a Gaussian copula {:.2f}.",
            fitted_text(copula->degrees_of_freedom),
            calibration.regimes ? " of returns over what the regimes so far predict" : "",
            copula->log_likelihood, copula->gaussian_log_likelihood));
    lines.emplace_back("Use: [market] include = \"this file\". Prices are the scenario's.");
    return lines;
}

std::vector<std::string> correlation_comments(Calibration const& calibration)
{
    CorrelationEstimate const& found = calibration.correlation;
    std::vector<std::string> lines;
    if (calibration.copula) {
        lines.emplace_back("Of the t variables of the copula. Pearson, of log returns:");
        add_triangle(lines, calibration.data, calibration.sample_correlation);
        return lines;
    }
    if (has_own_jumps(calibration.settings.model)) {
        lines.emplace_back(
            "Of normal scores of the returns. Returns of this model correlate less:");
        lines.emplace_back("jumps are each asset's own. Sample correlation of returns:");
        add_triangle(lines, calibration.data, calibration.sample_correlation);
        lines.emplace_back("What the model makes of it:");
        Matrix implied = calibration.sample_correlation;
        for (std::size_t i = 0; i < implied.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                implied[i][j] = implied_correlation(calibration, i, j);
        add_triangle(lines, calibration.data, implied);
    } else if (calibration.settings.model == MarginalModel::gjr_garch) {
        lines.emplace_back("Pearson, of shocks over their standard deviations.");
    } else {
        lines.emplace_back("Pearson, of log returns.");
    }
    if (calibration.settings.correlation == CorrelationMethod::ledoit_wolf)
        lines.push_back(
            fmt::format("Ledoit-Wolf shrinkage towards no correlation: {:.4g}.", found.shrinkage));
    lines.emplace_back("Standard errors if returns were normal (Fisher):");
    add_triangle(lines, calibration.data, found.fisher_se);
    lines.emplace_back("Standard errors that hold for fat tails:");
    add_triangle(lines, calibration.data, found.robust_se);
    return lines;
}

std::vector<std::string> asset_comments(Calibration const& calibration, PriceSeries const& series,
                                        std::size_t a)
{
    AssetCalibration const& asset = calibration.assets[a];
    bool const is_ewma = calibration.settings.volatility == VolatilityMethod::ewma;
    std::vector<std::string> lines{
        fmt::format("volatility {}{}", fitted_text(asset.volatility),
                    is_ewma ? fmt::format(", exponentially weighted, decay {}", ewma_decay) : ""),
        fmt::format("sample drift {} a year; excess kurtosis {:.2f}", fitted_text(asset.drift),
                    asset.excess_kurtosis)};
    if (auto const& merton = asset.merton)
        lines.push_back(fmt::format("jumps: rate {} a year, mean {}, sd {}",
                                    fitted_text(merton->rate), fitted_text(merton->mean),
                                    fitted_text(merton->sd)));
    if (auto const& kou = asset.kou)
        lines.push_back(
            fmt::format("jumps: rate {} a year, up probability {}, up mean {}, down mean {}",
                        fitted_text(kou->rate), fitted_text(kou->up_probability),
                        fitted_text(kou->up_mean), fitted_text(kou->down_mean)));
    if (auto const& garch = asset.garch)
        lines.push_back(fmt::format(
            "long-run volatility {}; alpha {}, gamma {}, beta {}; degrees of freedom alone {}",
            fitted_text(garch->long_run_volatility), fitted_text(garch->alpha),
            fitted_text(garch->gamma), fitted_text(garch->beta),
            fitted_text(garch->degrees_of_freedom)));
    if (auto const& t = calibration.student_t; t && !asset.garch) {
        double const nu = t->degrees_of_freedom.value;
        lines.push_back(fmt::format(
            "volatility that the t fit alone implies: {:.4g}",
            t->scale[a] * std::sqrt(nu / (nu - 2.0) / calibration.data.years_per_return())));
    }
    lines.push_back(
        fmt::format("log-likelihood {:.2f}, {} parameters, BIC {:.2f}, {} returns",
                    asset.log_likelihood, asset.num_parameters,
                    bic(asset.log_likelihood, asset.num_parameters, calibration.data.size()),
                    calibration.data.size()));
    lines.push_back(fmt::format("Kolmogorov-Smirnov distance {:.4f} (below {:.4f} is a good fit)",
                                asset.goodness.kolmogorov, asset.goodness.kolmogorov_level));
    lines.push_back(fmt::format("Ljung-Box of squared returns, {} lags: {:.1f}, p = {:.2g}{}",
                                ljung_box_lags, asset.goodness.ljung_box,
                                asset.goodness.ljung_box_p,
                                asset.goodness.ljung_box_p < 0.01 ? ": volatility clusters" : ""));
    lines.push_back(fmt::format("prices {} to {}: {}", format_instant(series.times.front()),
                                format_instant(series.times.back()), counts_text(series.counts)));
    return lines;
}

std::optional<JumpConfig> jumps_of(AssetCalibration const& asset)
{
    JumpConfig jumps;
    if (auto const& merton = asset.merton) {
        jumps.rate = merton->rate.value;
        jumps.mean = merton->mean.value;
        jumps.sd = merton->sd.value;
    } else if (auto const& kou = asset.kou) {
        jumps.rate = kou->rate.value;
        jumps.up_probability = kou->up_probability.value;
        jumps.up_mean = kou->up_mean.value;
        jumps.down_mean = kou->down_mean.value;
    } else {
        return std::nullopt;
    }
    return jumps;
}

std::optional<GarchConfig> garch_of(AssetCalibration const& asset, Seconds interval)
{
    if (!asset.garch)
        return std::nullopt;
    GarchConfig garch;
    garch.interval = interval;
    garch.long_run_volatility = asset.garch->long_run_volatility.value;
    garch.alpha = asset.garch->alpha.value;
    garch.gamma = asset.garch->gamma.value;
    garch.beta = asset.garch->beta.value;
    return garch;
}

MarketFileRegime regime_of(Calibration const& calibration, std::size_t r)
{
    FittedRegime const& fitted = calibration.regimes->regimes[r];
    AlignedReturns const& data = calibration.data;
    MarketFileRegime regime;
    regime.name = r == 0 ? "calm" : "crash";
    constexpr double minute = 60;
    regime.mean_duration = std::max(std::round(fitted.mean_duration.value / minute), 1.0) * minute;
    regime.comments.push_back(fmt::format(
        "mean duration [days] {}; {:.1f} % of the returns, smoothed",
        fitted_text({fitted.mean_duration.value / 86'400, fitted.mean_duration.se / 86'400}),
        100 * fitted.occupancy));
    for (std::size_t a = 0; a < data.assets.size(); ++a) {
        regime.volatilities.push_back(fitted.volatility[a].value);
        regime.comments.push_back(
            fmt::format("volatility {:<8} {}", data.assets[a], fitted_text(fitted.volatility[a])));
        for (std::size_t b = 0; b < a; ++b)
            regime.comments.push_back(fmt::format("correlation {}, {}: {}", data.assets[b],
                                                  data.assets[a],
                                                  fitted_text(fitted.correlation[a][b])));
    }
    regime.correlation = calibration.regimes->law.correlation[r];
    return regime;
}

}  // namespace

std::string fitted_text(FittedValue const& fitted)
{
    return std::isnan(fitted.se) ? fmt::format("{:.4g} (error not determined)", fitted.value)
                                 : fmt::format("{:.4g} +- {:.2g}", fitted.value, fitted.se);
}

std::string error_text(double se)
{
    return std::isnan(se) ? "n/a" : fmt::format("{:.2g}", se);
}

std::string counts_text(HistoryCounts const& counts)
{
    std::vector<std::string> parts;
    auto const add = [&](std::size_t count, std::string_view what) {
        if (count > 0)
            parts.push_back(fmt::format("{} {}", count, what));
    };
    if (counts.gaps > 0)
        parts.push_back(
            fmt::format("{} gaps ({} prices missing)", counts.gaps, counts.missing_prices));
    add(counts.missing, "empty cells");
    add(counts.duplicates, "repeated rows");
    add(counts.unsorted, "rows out of order");
    add(counts.off_grid, "intervals off the grid");
    if (counts.stale_runs > 0)
        parts.push_back(fmt::format("{} runs of {} or more equal prices (longest {})",
                                    counts.stale_runs, stale_length, counts.longest_stale));
    return parts.empty() ? "no gaps" : fmt::format("{}", fmt::join(parts, ", "));
}

double implied_correlation(Calibration const& calibration, std::size_t i, std::size_t j)
{
    double share = calibration.correlation.matrix[i][j];
    for (std::size_t const a : {i, j})
        if (has_own_jumps(calibration.settings.model)) {
            AssetCalibration const& asset = calibration.assets[a];
            double const diffusion =
                asset.kou ? asset.kou->law.diffusion : asset.merton->law.diffusion;
            share *=
                diffusion / std::sqrt(calibration.data.years_per_return()) / asset.volatility.value;
        }
    return share;
}

MarketFile calibrated_market(Calibration const& calibration, std::vector<PriceSeries> const& series)
{
    AlignedReturns const& data = calibration.data;
    MarketFile market;
    market.comments = head_comments(calibration);
    market.source = fmt::format("brink {} calibrate: {}", program_version, sample_text(data));
    market.date = format_instant(data.to).substr(0, 10);
    market.model = calibration.settings.model;
    if (auto const& t = calibration.student_t) {
        market.degrees_of_freedom = t->degrees_of_freedom.value;
        if (calibration.settings.model == MarginalModel::student_t)
            market.mixing = data.interval;
    }
    if (auto const& copula = calibration.copula) {
        market.copula = Copula::student_t;
        market.degrees_of_freedom = copula->degrees_of_freedom.value;
        market.mixing = data.interval;
    }
    if (calibration.regimes)
        market.regimes = {regime_of(calibration, 0), regime_of(calibration, 1)};
    market.correlation_comments = correlation_comments(calibration);
    market.correlation = calibration.correlation.matrix;
    for (std::size_t a = 0; a < data.assets.size(); ++a)
        market.assets.push_back({data.assets[a], calibration.assets[a].volatility.value,
                                 jumps_of(calibration.assets[a]),
                                 garch_of(calibration.assets[a], data.interval), std::nullopt,
                                 asset_comments(calibration, series[a], a)});
    return market;
}

}  // namespace brink
