// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "host/app/calibrate_options.hpp"
#include "host/app/calibrate_pegs.hpp"
#include "host/app/command.hpp"
#include "host/app/failure.hpp"
#include "host/calibrate/calibrate.hpp"
#include "host/calibrate/calibrated_market.hpp"
#include "io/config/duration.hpp"
#include "io/config/instant.hpp"
#include "io/market_data/history_time.hpp"
#include "io/results/file_error.hpp"
#include "io/results/private_file.hpp"

namespace brink {
namespace {

std::map<std::string, MarginalModel> const models{{"gbm", MarginalModel::gbm},
                                                  {"student_t", MarginalModel::student_t},
                                                  {"merton", MarginalModel::merton},
                                                  {"kou", MarginalModel::kou},
                                                  {"gjr_garch", MarginalModel::gjr_garch},
                                                  {"peg", MarginalModel::peg}};
std::map<std::string, VolatilityMethod> const volatilities{{"sample", VolatilityMethod::sample},
                                                           {"ewma", VolatilityMethod::ewma}};
std::map<std::string, CorrelationMethod> const correlations{
    {"sample", CorrelationMethod::sample}, {"ledoit-wolf", CorrelationMethod::ledoit_wolf}};

std::map<std::string, Copula> const copulas{{"gaussian", Copula::gaussian},
                                            {"student_t", Copula::student_t}};

/// FILE or ASSET=FILE; a file whose own name has an equals sign is taken as it is.
HistorySource source_of(std::string const& argument)
{
    std::size_t const equals = argument.find('=');
    if (equals == std::string::npos || equals == 0 || std::filesystem::exists(argument))
        return {argument, {}};
    return {argument.substr(equals + 1), argument.substr(0, equals)};
}

template<class Value>
Value choose(std::string const& option, std::string const& word,
             std::map<std::string, Value> const& words, Problems& problems)
{
    if (auto const found = words.find(word); found != words.end())
        return found->second;
    std::string known;
    for (auto const& [name, value] : words)
        known += (known.empty() ? "" : ", ") + name;
    problems.add({option, 0, 0, {}}, fmt::format("\"{}\" is not known", word), known,
                 ExitCode::usage);
    return {};
}

std::optional<UnixSeconds> read_time(std::string const& option, std::string const& text,
                                     Problems& problems)
{
    if (text.empty())
        return std::nullopt;
    if (auto const time = parse_history_time(text))
        return time->time;
    problems.add({option, 0, 0, {}}, fmt::format("\"{}\" is no time", text),
                 "write 2024-01-01 or 2024-01-01T12:00:00Z", ExitCode::usage);
    return std::nullopt;
}

HistorySelection selection_of(CalibrateOptions const& options, Problems& problems)
{
    HistorySelection selection{options.assets, read_time("--from", options.from, problems),
                               read_time("--to", options.to, problems)};
    selection.now = std::chrono::duration_cast<std::chrono::seconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count();
    std::set<std::string> seen;
    for (std::string const& asset : options.assets)
        if (!seen.insert(asset).second)
            problems.add({"--assets", 0, 0, {}}, fmt::format("{} is named twice", asset), "",
                         ExitCode::usage);
    if (selection.from && selection.to && *selection.from >= *selection.to)
        problems.add({"--to", 0, 0, {}}, "is not later than --from", "", ExitCode::usage);
    return selection;
}

/// What makes the same file again, but for where it is written.
std::string command_text(CalibrateOptions const& options)
{
    std::string text = "brink calibrate";
    for (std::string const& file : options.files)
        text += " " + file;
    if (!options.assets.empty())
        text += fmt::format(" --assets {}", fmt::join(options.assets, ","));
    auto const add = [&](std::string_view name, std::string const& value,
                         std::string const& usual) {
        if (value != usual)
            text += fmt::format(" {} {}", name, value);
    };
    add("--from", options.from, "");
    add("--to", options.to, "");
    add("--model", options.model, "");
    for (std::string const& reference : options.references)
        add("--reference", reference, "");
    for (std::string const& ratio : options.ratios)
        add("--ratio", ratio, "");
    for (std::string const& column : options.accruals)
        add("--accrual", column, "");
    add("--regimes", std::to_string(options.regimes), "1");
    add("--copula", options.copula, "gaussian");
    add("--volatility", options.volatility, "sample");
    add("--correlation", options.correlation, "sample");
    return text;
}

CalibrationSettings settings_of(CalibrateOptions const& options, Problems& problems)
{
    CalibrationSettings const settings{
        command_text(options),
        choose("--model", options.model, models, problems),
        choose("--volatility", options.volatility, volatilities, problems),
        choose("--correlation", options.correlation, correlations, problems),
        options.regimes == 2 ? RegimeCount::two : RegimeCount::none,
        choose("--copula", options.copula, copulas, problems)};
    if (options.regimes != 1 && options.regimes != 2)
        problems.add({"--regimes", 0, 0, {}}, fmt::format("{} are not fitted", options.regimes),
                     "write 2, or leave it out", ExitCode::usage);
    if (options.regimes == 2 && settings.model != MarginalModel::gbm)
        problems.add({"--regimes", 0, 0, {}}, "goes with --model gbm: returns are normal in each",
                     "write --model gbm", ExitCode::usage);
    if (settings.copula == Copula::student_t && settings.model != MarginalModel::gbm
        && !has_own_jumps(settings.model))
        problems.add({"--copula", 0, 0, {}},
                     settings.model == MarginalModel::peg
                         ? "does not go with peg: each is fitted by itself"
                         : "does not go with a model whose shocks are jointly Student-t already",
                     "write --model gbm, merton or kou, or leave it out", ExitCode::usage);
    if (settings.copula == Copula::student_t
        && settings.correlation == CorrelationMethod::ledoit_wolf)
        problems.add({"--correlation", 0, 0, {}},
                     "ledoit-wolf does not go with --copula student_t, which fits its own",
                     "leave out one of the two", ExitCode::usage);
    for (auto const& [option, values] : {std::pair{"--reference", &options.references},
                                         {"--ratio", &options.ratios},
                                         {"--accrual", &options.accruals}})
        if (!values->empty() && settings.model != MarginalModel::peg)
            problems.add({option, 0, 0, {}}, "goes with --model peg",
                         "write --model peg, or leave it out", ExitCode::usage);
    if (settings.model == MarginalModel::peg && options.assets.empty())
        problems.add({"--assets", 0, 0, {}}, "is needed to say which prices are pegs",
                     "write --assets USDC,DAI", ExitCode::usage);
    if (settings.model == MarginalModel::gjr_garch && settings.volatility == VolatilityMethod::ewma)
        problems.add({"--volatility", 0, 0, {}},
                     "ewma does not go with gjr_garch, which fits how volatility moves",
                     "leave it out", ExitCode::usage);
    if (has_own_jumps(settings.model) && settings.volatility == VolatilityMethod::ewma)
        problems.add({"--volatility", 0, 0, {}},
                     fmt::format("ewma does not go with {}, whose jumps are a part of the "
                                 "volatility that is fitted with them",
                                 options.model),
                     "leave it out", ExitCode::usage);
    return settings;
}

void refuse_existing(CalibrateOptions const& options)
{
    std::error_code ignored;
    if (!options.force && std::filesystem::exists(options.output, ignored))
        throw FileError{ExitCode::cannot_create,
                        options.output + ": exists already (--force replaces it)"};
    check_output(options.output);
}

void print_summary(Calibration const& calibration, std::vector<PriceSeries> const& series,
                   std::string const& output)
{
    AlignedReturns const& data = calibration.data;
    fmt::print("{} log returns over {}, {} to {}\n", data.size(), format_duration(data.interval),
               format_instant(data.from), format_instant(data.to));
    if (auto const& t = calibration.student_t)
        fmt::print("degrees of freedom {}\n", fitted_text(t->degrees_of_freedom));
    if (auto const& copula = calibration.copula)
        fmt::print("copula: degrees of freedom {}\n", fitted_text(copula->degrees_of_freedom));
    if (auto const& regimes = calibration.regimes)
        for (std::size_t r = 0; r < 2; ++r)
            fmt::print("{:<6}{:>6.1f} % of the time, for {:.3g} +- {} days; volatility {:.4f}\n",
                       r == 0 ? "calm" : "crash", 100 * regimes->regimes[r].occupancy,
                       regimes->regimes[r].mean_duration.value / 86'400,
                       error_text(regimes->regimes[r].mean_duration.se / 86'400),
                       regimes->regimes[r].volatility[0].value);
    fmt::print("{:<12}{:>12}{:>10}{:>12}{:>14}{:>8}{:>12}\n", "asset", "volatility", "+-",
               "kurtosis", "BIC", "KS", "clustering");
    for (std::size_t a = 0; a < data.assets.size(); ++a) {
        AssetCalibration const& asset = calibration.assets[a];
        fmt::print("{:<12}{:>12.4f}{:>10}{:>12.2f}{:>14.1f}{:>8.4f}{:>12}\n", data.assets[a],
                   asset.volatility.value, error_text(asset.volatility.se), asset.excess_kurtosis,
                   bic(asset.log_likelihood, asset.num_parameters, data.size()),
                   asset.goodness.kolmogorov, fmt::format("p={:.1g}", asset.goodness.ljung_box_p));
    }
    for (PriceSeries const& one : series)
        fmt::print("{}: {} prices, {}\n", one.asset, one.prices.size(), counts_text(one.counts));
    fmt::print("written to {}\n", output);
}

int run_calibrate(CalibrateOptions const& options)
{
    Problems problems;
    HistorySelection const selection = selection_of(options, problems);
    CalibrationSettings const settings = settings_of(options, problems);
    if (!problems.empty())
        return report_problems(problems);
    refuse_existing(options);
    std::vector<HistorySource> sources;
    for (std::string const& file : options.files)
        sources.push_back(source_of(file));
    if (settings.model == MarginalModel::peg)
        return run_pegs(options, settings.command, sources, selection, problems);
    std::vector<PriceSeries> const series = read_price_histories(sources, selection, problems);
    AlignedReturns data;
    if (problems.empty())
        data = align_returns(series, problems);
    Calibration calibration;
    if (problems.empty())
        calibration = calibrate(std::move(data), settings, problems);
    if (int const code = report_problems(problems); code != 0)
        return code;
    for (std::string const& warning : calibration_warnings(calibration, series))
        spdlog::warn("{}", warning);
    write_market_file(calibrated_market(calibration, series), options.output);
    print_summary(calibration, series, options.output);
    return exit_status(ExitCode::ok);
}

}  // namespace

Command add_calibrate_command(CLI::App& app)
{
    auto const options = std::make_shared<CalibrateOptions>();
    CLI::App* const command = app.add_subcommand(
        "calibrate", "Fit a market model to price histories; write a market file");
    command
        ->add_option("PRICES", options->files,
                     "CSV files: a time column and one column per asset; or bars of one asset with "
                     "a column close, or a Binance kline file (ASSET=FILE names it)")
        ->required();
    command->add_option("--model", options->model, "gbm, student_t, merton, kou, gjr_garch or peg")
        ->required();
    command->add_option("-o,--output", options->output, "market file to write")->required();
    command->add_option("--assets", options->assets, "which assets, in this order (default all)")
        ->delimiter(',');
    command->add_option("--from", options->from, "first time, 2024-01-01 or 2024-01-01T12:00:00Z");
    command->add_option("--to", options->to, "last time, inclusive");
    command
        ->add_option("--correlation", options->correlation,
                     "sample, or ledoit-wolf: shrunk towards none, for many assets and few returns")
        ->capture_default_str();
    command
        ->add_option("--volatility", options->volatility,
                     "sample, or ewma: exponentially weighted, decay 0.94")
        ->capture_default_str();
    command
        ->add_option("--copula", options->copula,
                     "gaussian, or student_t: assets crash together (with gbm, merton or kou)")
        ->capture_default_str();
    command->add_option("--regimes", options->regimes,
                        "2: a calm and a crash regime and the chain between them (with gbm)");
    command
        ->add_option("--reference", options->references,
                     "with peg: an asset and what its price follows; none: the numeraire")
        ->type_name("ASSET=REFERENCE")
        ->allow_extra_args(false);
    command
        ->add_option("--ratio", options->ratios,
                     "with peg: a column that has the price of an asset in another one")
        ->type_name("COLUMN=ASSET/REFERENCE")
        ->allow_extra_args(false);
    command
        ->add_option("--accrual", options->accruals,
                     "with peg: columns whose price in the reference grows, such as wstETH")
        ->delimiter(',')
        ->type_name("COLUMN");
    command->add_flag("--force", options->force, "replace the file where it exists");
    return {command, [options] { return run_calibrate(*options); }};
}

}  // namespace brink
