// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/peg_calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "brink/version.hpp"
#include "host/calibrate/calibrated_market.hpp"
#include "io/config/duration.hpp"
#include "io/config/instant.hpp"
#include "io/market_data/aligned_returns.hpp"

namespace brink {
namespace {

constexpr double minute = 60;

PriceSeries const* find_series(std::vector<PriceSeries> const& series, std::string const& column)
{
    for (PriceSeries const& one : series)
        if (one.asset == column)
            return &one;
    return nullptr;
}

/// Durations are written in whole minutes, at least one.
Seconds in_minutes(double seconds)
{
    return std::max(std::round(seconds / minute), 1.0) * minute;
}

std::string hours_text(FittedValue const& seconds)
{
    return fitted_text({seconds.value / 3'600, seconds.se / 3'600}) + " hours";
}

PegConfig config_of(PegCalibration const& peg)
{
    PegConfig config;
    config.reference = peg.source.reference;
    config.exchange_rate = std::exp(peg.fit.level);
    config.accrual = peg.fit.accrual.value;
    config.half_life = in_minutes(peg.fit.half_life.value);
    if (peg.fit.num_depegs > 0) {
        config.depeg_rate = peg.fit.depeg_rate.value;
        config.depeg_size = peg.fit.depeg_size.value;
        config.depeg_half_life = in_minutes(peg.fit.depeg_half_life.value);
    }
    return config;
}

std::vector<std::string> comments_of(PegCalibration const& peg)
{
    PegFit const& fit = peg.fit;
    std::string const& reference = peg.source.reference;
    std::string const grows =
        peg.source.growth == PegGrowth::none
            ? ""
            : fmt::format(" at the end, growing by {} a year", fitted_text(fit.accrual));
    std::vector<std::string> lines{
        fmt::format("price over {}: median {:.6g}{}; {} prices over {}",
                    reference.empty() ? "par" : reference, std::exp(fit.level), grows,
                    peg.num_prices, format_duration(peg.series->interval)),
        fmt::format("deviation: half-life {}, volatility {}", hours_text(fit.half_life),
                    fitted_text(fit.volatility)),
        fmt::format("depegs, more than {:.2f} % below the median: {}", 100 * fit.threshold,
                    fit.num_depegs)};
    if (fit.num_depegs > 0)
        lines.push_back(fmt::format("depegs: rate {} a year, largest gap {}, half-life {}",
                                    fitted_text(fit.depeg_rate), fitted_text(fit.depeg_size),
                                    hours_text(fit.depeg_half_life)));
    lines.push_back(fmt::format("log-likelihood {:.2f} of {} steps of the deviation, 3 parameters",
                                fit.log_likelihood, fit.shocks.size()));
    lines.push_back(
        fmt::format("Kolmogorov-Smirnov distance of its shocks from a normal law "
                    "{:.4f} (below {:.4f} is a good fit)",
                    peg.goodness.kolmogorov, peg.goodness.kolmogorov_level));
    lines.push_back(fmt::format("Ljung-Box of squared shocks, {} lags: {:.1f}, p = {:.2g}",
                                ljung_box_lags, peg.goodness.ljung_box, peg.goodness.ljung_box_p));
    lines.push_back(fmt::format("prices {} to {}: {}", format_instant(peg.series->times.front()),
                                format_instant(peg.series->times.back()),
                                counts_text(peg.series->counts)));
    return lines;
}

void report_short(PegSource const& source, PegSample const& sample, std::string const& file,
                  Problems& problems)
{
    problems.add({file, 0, 0, source.column},
                 fmt::format("{} prices of {}{}; {} are the least", sample.size(), source.asset,
                             source.reference_column.empty()
                                 ? ""
                                 : fmt::format(" at times of {} too", source.reference_column),
                             fewest_returns),
                 "widen --from and --to", ExitCode::data);
}

}  // namespace

std::vector<PegCalibration> calibrate_pegs(std::vector<PegSource> const& sources,
                                           std::vector<PriceSeries> const& series,
                                           Problems& problems)
{
    std::vector<PegCalibration> pegs;
    boost::math::normal const standard;
    for (PegSource const& source : sources) {
        PriceSeries const* const price = find_series(series, source.column);
        PriceSeries const* const reference = find_series(series, source.reference_column);
        if (price == nullptr)
            continue;  // reported by the reader
        PegSample const sample = peg_sample(*price, reference);
        if (sample.size() < fewest_returns) {
            report_short(source, sample, price->file, problems);
            continue;
        }
        double const first = sample.runs.front().front();
        bool const never_moves =
            std::all_of(sample.runs.begin(), sample.runs.end(), [&](auto const& run) {
                return std::all_of(run.begin(), run.end(), [&](double x) { return x == first; });
            });
        if (never_moves) {
            problems.add({price->file, 0, 0, source.column}, "the price never leaves its peg",
                         "write model = \"fixed\" for it in the scenario", ExitCode::data);
            continue;
        }
        PegCalibration& peg = pegs.emplace_back();
        peg.source = source;
        peg.series = price;
        peg.num_prices = sample.size();
        peg.fit = fit_peg(sample, source.growth);
        peg.goodness = measure_goodness(peg.fit.shocks, [&](double x) { return cdf(standard, x); });
    }
    return pegs;
}

MarketFile peg_market(std::vector<PegCalibration> const& pegs, std::string const& command)
{
    MarketFile market;
    UnixSeconds from = pegs.front().series->times.front(), to = pegs.front().series->times.back();
    for (PegCalibration const& peg : pegs) {
        from = std::min(from, peg.series->times.front());
        to = std::max(to, peg.series->times.back());
    }
    market.comments = {"SPDX-License-Identifier: Apache-2.0",
                       fmt::format("Calibrated by {}", command),
                       "",
                       fmt::format("Window: {} to {}; a year has 365 days.", format_instant(from),
                                   format_instant(to)),
                       "Numbers after +- are standard errors.",
                       "Use: [market] include = \"this file\". Prices are the scenario's."};
    market.source = fmt::format("brink {} calibrate: pegs, prices of {} to {}", program_version,
                                format_instant(from), format_instant(to));
    market.date = format_instant(to).substr(0, 10);
    market.model = MarginalModel::peg;
    for (PegCalibration const& peg : pegs)
        market.assets.push_back({peg.source.asset, peg.fit.volatility.value, std::nullopt,
                                 std::nullopt, config_of(peg), comments_of(peg)});
    return market;
}

}  // namespace brink
