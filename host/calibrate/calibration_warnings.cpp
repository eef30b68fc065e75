// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/calibrate/calibrated_market.hpp"
#include "io/config/duration.hpp"
#include "io/config/instant.hpp"

namespace brink {
namespace {

/// Where the model's correlation of returns falls short of the sample's by more, it is warned of.
constexpr double correlation_shortfall = 0.1;
/// Share of an asset's history that others may cut off before it is warned of.
constexpr double most_cut = 0.5;

void add_edges(std::vector<std::string>& found, StudentTFit const& fit)
{
    if (fit.edge == FitEdge::lowest)
        found.push_back(
            fmt::format("degrees_of_freedom stands at its lowest, {}: the returns have "
                        "fatter tails than a t with a variance",
                        lowest_degrees));
    else if (fit.edge == FitEdge::highest)
        found.push_back(
            fmt::format("degrees_of_freedom stands at its highest, {}: the returns show "
                        "no fat tails; gbm says the same with less",
                        highest_degrees));
}

void add_copula_edges(std::vector<std::string>& found, TCopulaFit const& fit)
{
    if (fit.edge == FitEdge::lowest)
        found.push_back(fmt::format("the copula's degrees_of_freedom stand at their lowest, {}",
                                    lowest_degrees));
    else if (fit.edge == FitEdge::highest)
        found.push_back(fmt::format(
            "the copula's degrees_of_freedom stand at their highest, {}: a Gaussian copula says "
            "the same with less",
            highest_degrees));
}

void add_undetermined(std::vector<std::string>& found, Calibration const& calibration)
{
    for (std::size_t a = 0; a < calibration.assets.size(); ++a) {
        if (auto const& garch = calibration.assets[a].garch; garch && std::isnan(garch->beta.se))
            found.push_back(fmt::format(
                "{}: the returns do not determine how volatility moves; the parameters of its "
                "variance are one choice of many",
                calibration.data.assets[a]));
        auto const& merton = calibration.assets[a].merton;
        auto const& kou = calibration.assets[a].kou;
        if (kou && kou->law.jumps > 0.999 * most_kou_jumps)
            found.push_back(
                fmt::format("{}: the jumps' rate stands at its highest, {} a return: jumps take "
                            "the place of the diffusion",
                            calibration.data.assets[a], most_kou_jumps));
        if ((merton && std::isnan(merton->rate.se)) || (kou && std::isnan(kou->rate.se)))
            found.push_back(
                fmt::format("{}: the returns do not tell jumps from diffusion; the jump "
                            "parameters are one choice of many",
                            calibration.data.assets[a]));
    }
}

void add_correlations(std::vector<std::string>& found, Calibration const& calibration)
{
    for (std::size_t i = 0; i < calibration.assets.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            double const sample = calibration.sample_correlation[i][j];
            double const made = implied_correlation(calibration, i, j);
            if (has_own_jumps(calibration.settings.model)
                && std::abs(sample - made) > correlation_shortfall)
                found.push_back(fmt::format(
                    "jumps are each asset's own: {} and {} will correlate by {:.2f}, "
                    "the history by {:.2f}",
                    calibration.data.assets[j], calibration.data.assets[i], made, sample));
        }
}

void add_cuts(std::vector<std::string>& found, Calibration const& calibration,
              std::vector<PriceSeries> const& series)
{
    AlignedReturns const& data = calibration.data;
    std::size_t longest = 0;
    for (PriceSeries const& one : series)
        longest = std::max(longest, one.times.size() - 1);
    if (static_cast<double>(data.size()) < (1.0 - most_cut) * static_cast<double>(longest))
        found.push_back(
            fmt::format("only {} of up to {} returns are common to all assets ({} to "
                        "{}); --assets leaves out the shortest",
                        data.size(), longest, format_instant(data.from), format_instant(data.to)));
}

}  // namespace

std::vector<std::string> calibration_warnings(Calibration const& calibration,
                                              std::vector<PriceSeries> const& series)
{
    std::vector<std::string> found;
    if (calibration.student_t)
        add_edges(found, *calibration.student_t);
    if (calibration.copula)
        add_copula_edges(found, *calibration.copula);
    add_undetermined(found, calibration);
    add_correlations(found, calibration);
    add_cuts(found, calibration, series);
    if (calibration.settings.volatility == VolatilityMethod::ewma
        && calibration.data.interval != 86'400.0)
        found.push_back(fmt::format("the decay {} is meant for daily returns; these are over {}",
                                    ewma_decay, format_duration(calibration.data.interval)));
    return found;
}

}  // namespace brink
