// SPDX-License-Identifier: Apache-2.0
#include "host/assess/assess.hpp"

#include "host/assess/account_lines.hpp"
#include "host/assess/assess_book.hpp"
#include "io/config/instant.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace brink {
namespace {

Where option_place(std::string const& option)
{
    return {"--price", 0, 0, option};
}

std::optional<double> parse_number(std::string_view text)
{
    double value = 0.0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const whole = error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional{value} : std::nullopt;
}

}  // namespace

std::vector<AssetPrice> parse_price_options(std::vector<std::string> const& options,
                                            Problems& problems)
{
    std::vector<AssetPrice> prices;
    for (std::string const& option : options) {
        std::size_t const equals = option.find('=');
        auto const price = equals == std::string::npos
                               ? std::nullopt
                               : parse_number(std::string_view{option}.substr(equals + 1));
        if (!price || equals == 0)
            problems.add(option_place(option), "is no price of an asset", "write BTC=61000",
                         ExitCode::usage);
        else
            prices.push_back({option.substr(0, equals), *price});
    }
    return prices;
}

std::optional<AssessReport> run_assess(Scenario const& scenario,
                                       std::vector<AssetPrice> const& overrides, Problems& problems)
{
    auto built = build_program<double>(scenario, problems);
    if (!built)
        return std::nullopt;
    AssessBook book{*built, scenario.run.numeraire};
    bool usable = true;
    for (AssetPrice const& price : overrides)
        if (std::string const reason = book.set_price(price); !reason.empty()) {
            problems.add(option_place(fmt::format("{}={}", price.asset, price.price)), reason, {},
                         ExitCode::usage);
            usable = false;
        }
    if (!usable)
        return std::nullopt;
    AssessReport report = book.report();
    report.name = scenario.run.name;
    report.as_of = format_instant(scenario.run.as_of);
    report.assumptions = built->assumptions;
    return report;
}

}  // namespace brink
