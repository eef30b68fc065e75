// SPDX-License-Identifier: Apache-2.0
#include "host/app/calibrate_pegs.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/calibrate/calibrated_market.hpp"
#include "host/calibrate/peg_calibration.hpp"
#include "io/config/duration.hpp"
#include "io/market_data/market_file.hpp"

namespace brink {
namespace {

/// Both sides of the first `separator`; nothing, with a problem, where there is none.
std::optional<std::pair<std::string, std::string>> split_option(std::string const& option,
                                                                std::string const& text,
                                                                char separator,
                                                                std::string const& example,
                                                                Problems& problems)
{
    std::size_t const at = text.find(separator);
    if (at != std::string::npos && at > 0 && at + 1 < text.size())
        return std::pair{text.substr(0, at), text.substr(at + 1)};
    problems.add({option, 0, 0, {}}, fmt::format("cannot read \"{}\"", text), "write " + example,
                 ExitCode::usage);
    return std::nullopt;
}

/// The peg whose prices are those of a column; null, with a problem, where --assets has no such
/// one.
PegSource* find_peg(std::vector<PegSource>& sources, std::string const& option,
                    std::string const& column, Problems& problems)
{
    for (PegSource& source : sources)
        if (source.column == column)
            return &source;
    problems.add({option, 0, 0, {}}, fmt::format("{} is not among --assets", column),
                 "add it there, or leave this out", ExitCode::usage);
    return nullptr;
}

/// What is to be fitted as pegs, in the order of --assets; names are those of the market file.
std::vector<PegSource> peg_sources(CalibrateOptions const& options, Problems& problems)
{
    std::vector<PegSource> sources;
    for (std::string const& asset : options.assets)
        sources.push_back({asset, asset, {}, {}, PegGrowth::none});
    for (std::string const& text : options.references)
        if (auto const pair =
                split_option("--reference", text, '=', "--reference stETH=ETH", problems))
            if (PegSource* const source = find_peg(sources, "--reference", pair->first, problems))
                source->reference = source->reference_column = pair->second;
    for (std::string const& text : options.ratios) {
        std::string const example = "--ratio stETH_ETH=stETH/ETH";
        auto const column = split_option("--ratio", text, '=', example, problems);
        auto const names =
            column ? split_option("--ratio", column->second, '/', example, problems) : std::nullopt;
        PegSource* const source =
            names ? find_peg(sources, "--ratio", column->first, problems) : nullptr;
        if (source != nullptr) {
            source->asset = names->first;
            source->reference = names->second;
        }
    }
    for (std::string const& column : options.accruals)
        if (PegSource* const source = find_peg(sources, "--accrual", column, problems))
            source->growth = PegGrowth::fitted;
    return sources;
}

void print_pegs(std::vector<PegCalibration> const& pegs, std::string const& output)
{
    fmt::print("{:<10}{:>10}{:>18}{:>12}{:>9}{:>8}{:>10}\n", "asset", "median", "half-life [h]",
               "volatility", "+-", "depegs", "KS");
    for (PegCalibration const& peg : pegs)
        fmt::print("{:<10}{:>10.5f}{:>18}{:>12.4g}{:>9}{:>8}{:>10.4f}\n", peg.source.asset,
                   std::exp(peg.fit.level),
                   fmt::format("{:.3g} +- {}", peg.fit.half_life.value / 3'600,
                               error_text(peg.fit.half_life.se / 3'600)),
                   peg.fit.volatility.value, error_text(peg.fit.volatility.se), peg.fit.num_depegs,
                   peg.goodness.kolmogorov);
    fmt::print("written to {}\n", output);
}

void warn_of_pegs(std::vector<PegCalibration> const& pegs)
{
    for (PegCalibration const& peg : pegs) {
        if (std::isnan(peg.fit.half_life.se))
            spdlog::warn("{}: deviations are gone within {}: the half-life is an upper bound",
                         peg.source.asset, format_duration(peg.series->interval));
        if (peg.fit.num_depegs > 0 && peg.fit.num_depegs < 5)
            spdlog::warn("{}: the depegs' rate and size rest on {} of them", peg.source.asset,
                         peg.fit.num_depegs);
    }
}

}  // namespace

int run_pegs(CalibrateOptions const& options, std::string const& command,
             std::vector<HistorySource> const& files, HistorySelection selection,
             Problems& problems)
{
    std::vector<PegSource> const sources = peg_sources(options, problems);
    for (PegSource const& source : sources)
        if (!source.reference_column.empty()
            && std::find(selection.assets.begin(), selection.assets.end(), source.reference_column)
                   == selection.assets.end())
            selection.assets.push_back(source.reference_column);
    std::vector<PriceSeries> series;
    if (problems.empty())
        series = read_price_histories(files, selection, problems);
    std::vector<PegCalibration> pegs;
    if (problems.empty())
        pegs = calibrate_pegs(sources, series, problems);
    if (int const code = report_problems(problems); code != 0)
        return code;
    warn_of_pegs(pegs);
    write_market_file(peg_market(pegs, command), options.output);
    print_pegs(pegs, options.output);
    return exit_status(ExitCode::ok);
}

}  // namespace brink
