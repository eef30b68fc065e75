// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/market_file.hpp"

#include "io/config/config_words.hpp"
#include "io/config/duration.hpp"
#include "io/results/file_error.hpp"
#include "io/results/private_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>
#include <system_error>
#include <utility>

namespace brink {
namespace {

/// A value as TOML: strings quoted and escaped, floats with a point.
template<class Value>
std::string toml_text(Value const& value)
{
    std::ostringstream out;
    out << toml::value<Value>{value};
    return out.str();
}

/// A number that is written as a float in six significant digits.
std::string number_text(double value)
{
    std::string text = fmt::format("{:.6g}", value);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string comment_lines(std::vector<std::string> const& comments)
{
    std::string text;
    for (std::string const& line : comments)
        text += line.empty() ? "#\n" : fmt::format("# {}\n", line);
    return text;
}

std::string correlation_text(MarketFile const& market)
{
    std::string text =
        "\n[correlation]\n" + comment_lines(market.correlation_comments) + "assets = [";
    for (std::size_t i = 0; i < market.assets.size(); ++i)
        text += (i > 0 ? ", " : "") + toml_text(market.assets[i].name);
    text += "]\nmatrix = [\n";
    for (auto const& row : market.correlation) {
        text += "    [";
        for (std::size_t j = 0; j < row.size(); ++j)
            text += fmt::format("{}{:.6f}", j > 0 ? ", " : "", row[j]);
        text += "],\n";
    }
    return text + "]\n";
}

std::string regime_text(MarketFile const& market, MarketFileRegime const& regime)
{
    std::string volatilities, names, rows;
    for (std::size_t i = 0; i < market.assets.size(); ++i) {
        std::string const comma = i > 0 ? ", " : "";
        names += comma + toml_text(market.assets[i].name);
        volatilities += fmt::format("{}{} = {}", comma, toml_text(market.assets[i].name),
                                    number_text(regime.volatilities[i]));
        rows += fmt::format("{}[{:.6f}]", comma, fmt::join(regime.correlation[i], ", "));
    }
    std::string text =
        fmt::format("\n[[regimes]]\nname = {}\n{}mean_duration = {}\nvolatilities = {{ {} }}\n",
                    toml_text(regime.name), comment_lines(regime.comments),
                    toml_text(format_duration(regime.mean_duration)), volatilities);
    if (market.assets.size() > 1)
        text += fmt::format("correlation = {{ assets = [{}], matrix = [{}] }}\n", names, rows);
    return text;
}

std::string peg_text(PegConfig const& peg)
{
    std::string text = "model = 'peg'\npeg = { ";
    if (!peg.reference.empty())
        text += fmt::format("reference = {}, ", toml_text(peg.reference));
    text += fmt::format("exchange_rate = {}, half_life = {}", number_text(peg.exchange_rate),
                        toml_text(format_duration(peg.half_life)));
    if (peg.accrual != 0)
        text += fmt::format(", accrual = {}", number_text(peg.accrual));
    if (peg.depeg_rate > 0)
        text += fmt::format(", depeg_rate = {}, depeg_size = {}, depeg_half_life = {}",
                            number_text(peg.depeg_rate), number_text(peg.depeg_size),
                            toml_text(format_duration(peg.depeg_half_life)));
    return text + " }\n";
}

std::string jumps_text(JumpConfig const& jumps)
{
    if (jumps.up_mean > 0)
        return fmt::format(
            "jumps = {{ rate = {}, up_probability = {}, up_mean = {}, down_mean = {} }}\n",
            number_text(jumps.rate), number_text(jumps.up_probability), number_text(jumps.up_mean),
            number_text(jumps.down_mean));
    return fmt::format("jumps = {{ rate = {}, mean = {}, sd = {} }}\n", number_text(jumps.rate),
                       number_text(jumps.mean), number_text(jumps.sd));
}

std::string asset_text(MarketFileAsset const& asset)
{
    std::string text = fmt::format("\n[[asset]]\nname = {}\n{}volatility = {}\ndrift = 0.0\n",
                                   toml_text(asset.name), comment_lines(asset.comments),
                                   number_text(asset.volatility));
    if (asset.jumps)
        text += jumps_text(*asset.jumps);
    if (auto const& garch = asset.garch)
        text += fmt::format(
            "garch = {{ interval = {}, alpha = {}, gamma = {}, beta = {}, long_run_volatility = {} "
            "}}\n",
            toml_text(format_duration(garch->interval)), number_text(garch->alpha),
            number_text(garch->gamma), number_text(garch->beta),
            number_text(*garch->long_run_volatility));
    if (asset.peg)
        text += peg_text(*asset.peg);
    return text;
}

void write_all(int descriptor, std::string_view text, std::filesystem::path const& target)
{
    while (!text.empty()) {
        ssize_t const written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            throw FileError{ExitCode::io,
                            fmt::format("{}: cannot write the file: {}", target.string(),
                                        std::generic_category().message(errno))};
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

std::string market_file_text(MarketFile const& market)
{
    std::string text = comment_lines(market.comments);
    text +=
        fmt::format("source = {}\ndate = {}\n", toml_text(market.source), toml_text(market.date));
    if (market.model != MarginalModel::peg)  // which assets say themselves
        text += fmt::format(
            "model = {}\n",
            toml_text(
                std::string{Words<MarginalModel>::list[static_cast<std::size_t>(market.model)]}));
    if (market.copula)
        text += fmt::format(
            "copula = {}\n",
            toml_text(std::string{Words<Copula>::list[static_cast<std::size_t>(*market.copula)]}));
    if (market.degrees_of_freedom)
        text += fmt::format("degrees_of_freedom = {}\n", number_text(*market.degrees_of_freedom));
    if (market.mixing)
        text += fmt::format("mixing = {}\n", toml_text(format_duration(*market.mixing)));
    if (!market.correlation.empty() && market.assets.size() > 1)
        text += correlation_text(market);
    for (MarketFileRegime const& regime : market.regimes)
        text += regime_text(market, regime);
    for (MarketFileAsset const& asset : market.assets)
        text += asset_text(asset);
    return text;
}

void write_market_file(MarketFile const& market, std::filesystem::path const& target)
{
    create_folder_of(target);
    PrivateFile file{target};
    write_all(file.descriptor(), market_file_text(market), target);
    file.commit();
}

}  // namespace brink
