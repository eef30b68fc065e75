// SPDX-License-Identifier: Apache-2.0
// Published outcomes of trading against a pool, of a storefront, of rates by utilisation, of ratios
// by liquidity and of loss statistics.
#include "host/statistics/outcome_statistics.hpp"
#include "io/config/derived_rates.hpp"
#include "models/liquidation/storefront.hpp"
#include "tests/golden/golden_rules.hpp"
#include "tests/golden/loan_case.hpp"
#include "tests/unit/host/statistics/statistics_fixture.hpp"

#include <fmt/format.h>

#include <cmath>
#include <regex>

namespace brink::test {
namespace {

double value_or(Json const& in, char const* key, double fallback)
{
    return in.contains(key) && in.at(key).is_number() ? get(in, key) : fallback;
}

ExecutionCost pool_of(double depth, double fee)
{
    return {{0.0, 0.0, 0.0, 0.0, 0.0, depth, fee}, 1.0};
}

/// x coins against y of money: the mark is y / x, and either side is worth y.
Answers pool_sale(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const notional = get(in, "dx") * get(in, "y") / get(in, "x");
    double const cost = pool_of(get(in, "y"), value_or(in, "fee", 0.0))({notional}, 0.0);
    return {{"dy", notional - cost}, {"impact", cost / notional}};
}

/// Whether a liquidator who must take all of a debt, and sells what it buys to the pool, profits.
bool pays_to_take(double debt, Json const& in)
{
    LiquidationConfig rule;
    rule.price = LiquidationPrice::bonus;
    rule.min_leftover = 1e12;
    GoldenAccount account =
        loan_account({{4.0 * debt, "COIN", 1.0, 0.2, 0.0}}, debt, 1.0, rule, get(in, "bonus"));
    ExecutionConfig& execution = account.scenario().assets[1].execution;
    execution.amm_depth_usd = get(in, "x_coll");
    execution.amm_fee = value_or(in, "amm_fee", 0.0);
    LoanCase loan{account};
    return loan.call("COIN").repaid > 0.0;
}

Answers largest_sale_that_pays(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const bonus = get(in, "bonus");
    double low = 0.0, high = get(in, "x_coll");
    for (int i = 0; i < 60; ++i) {
        double const debt = 0.5 * (low + high);
        (pays_to_take(debt, in) ? low : high) = debt;
    }
    double const sold = low * (1.0 + bonus);
    double const cost = pool_of(get(in, "x_coll"), value_or(in, "amm_fee", 0.0))({sold}, 0.0);
    return {{"dx_max_coll", sold}, {"check_avg_price_ratio", 1.0 - cost / sold}};
}

Answers storefront_quote(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const price =
        get(in, "price")
        * storefront_price(get(in, "storefront_price_factor"), get(in, "liquidation_factor"));
    return {{"coll_out", get(in, "base_in") / price}};
}

Answers storefront_closed(GoldenRow const& row)
{
    bool const is_open =
        is_storefront_open(get(row.inputs, "reserves"), get(row.inputs, "target_reserves"));
    return {{"reverts", is_open ? Answer{0.0} : Answer{"NotForSale"}}};
}

/// "base.01 low.05 high.3" at the row's utilisation and kink.
double rate_of(Json const& in, char const* side)
{
    static std::regex const slopes{R"(base([0-9.]+) low([0-9.]+) high([0-9.]+))"};
    std::string const text = in.at(side).get<std::string>();
    std::smatch match;
    if (!std::regex_match(text, match, slopes))
        throw NotCovered{"curve " + text};
    BorrowConfig borrow;
    borrow.curve = RateCurveConfig{};
    borrow.curve->utilisation = get(in, "utilization");
    borrow.curve->kink = get(in, "kink");
    borrow.curve->base_rate = std::stod(match[1].str());
    borrow.curve->slope_below = std::stod(match[2].str());
    borrow.curve->slope_above = std::stod(match[3].str());
    return annual_rate(borrow);
}

Answers kinked_rates(GoldenRow const& row)
{
    return {{"supply_APR", rate_of(row.inputs, "supply")},
            {"borrow_APR", rate_of(row.inputs, "borrow")}};
}

Answers ratio_by_liquidity(GoldenRow const& row)
{
    Json const& in = row.inputs;
    LiquidityConfig terms;
    terms.volatility = get(in, "sigma");
    terms.liquidity = get(in, "liquidity");
    terms.debt_cap = get(in, "debt_cap");
    terms.confidence = get(in, "c");
    terms.reserve = get(in, "beta");
    return {{"LTV", ratio_from(terms)}};
}

/// "0 w.p. 0.97, 100 w.p. 0.02": each loss on its share of 100,000 paths.
std::vector<double> sample_of(std::string const& text)
{
    static std::regex const atom{R"((-?[0-9.eE+]+) w\.p\. ([0-9.eE-]+))"};
    constexpr double paths = 100'000;
    std::vector<double> losses;
    for (std::sregex_iterator i{text.begin(), text.end(), atom}; i != std::sregex_iterator{}; ++i) {
        double const count = std::round(paths * std::stod((*i)[2].str()));
        losses.insert(losses.end(), static_cast<std::size_t>(count), std::stod((*i)[1].str()));
    }
    if (losses.size() != static_cast<std::size_t>(paths))
        throw NotCovered{"losses " + text};
    return losses;
}

double statistic_of(OutcomeSpec spec, std::vector<double> const& values, std::string const& name)
{
    spec.path_cap = values.size();
    OutcomeStatistics statistics{spec};
    feed(statistics, values);
    for (Estimate const& estimate : statistics.estimates())
        if (estimate.name == name)
            return estimate.value;
    throw std::runtime_error{"no statistic " + name};
}

/// As a run reckons them.
Answers loss_statistics(GoldenRow const& row)
{
    Json const& in = row.inputs;
    std::vector<double> const losses = sample_of(in.at("losses").get<std::string>());
    std::string const alpha = fmt::format("{}", get(in, "alpha"));
    OutcomeSpec money;
    money.name = "bad_debt";
    money.levels = levels({alpha.c_str()});
    OutcomeSpec flag;
    flag.name = "bad_debt_occurred";
    flag.kind = OutcomeKind::flag;
    std::vector<double> occurred;
    for (double const loss : losses)
        occurred.push_back(loss > 0.0 ? 1.0 : 0.0);
    std::string const percent = fmt::format("{:g}", 100.0 * get(in, "alpha"));
    return {{"VaR" + percent, statistic_of(money, losses, "var_" + alpha)},
            {"ES" + percent, statistic_of(money, losses, "es_" + alpha)},
            {"P_bad_debt", statistic_of(flag, occurred, "prob")},
            {"mean", statistic_of(money, losses, "mean")}};
}

}  // namespace

std::map<std::string, RuleAdapter> market_rules()
{
    return {{"CP-AMM slippage/constant product", pool_sale},
            {"CP-AMM slippage/with *", pool_sale},
            {"liquidator profitability/max profitable size on CP-AMM", largest_sale_that_pays},
            {"Compound v3/storefront quote", storefront_quote},
            {"Compound v3/storefront closed", storefront_closed},
            {"Compound v3/kinked rates", kinked_rates},
            {"SmartLTV/LTV", ratio_by_liquidity},
            {"risk metric/ES *", loss_statistics},
            {"risk metric/VaR *", loss_statistics}};
}

}  // namespace brink::test
