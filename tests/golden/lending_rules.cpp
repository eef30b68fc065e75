// SPDX-License-Identifier: Apache-2.0
// Published outcomes of loans: how much liquidators may repay, what they get for it, and what is
// left. Sizes and bonuses are asked of the functors, outcomes of an account that is liquidated.
#include "tests/golden/golden_rules.hpp"
#include "tests/golden/loan_case.hpp"

#include <fmt/format.h>

#include <regex>

namespace brink::test {
namespace {

double get_or(Json const& inputs, char const* key, double fallback)
{
    return inputs.contains(key) ? get(inputs, key) : fallback;
}

SeizureTerms aave_terms()
{
    SeizureTerms terms{};
    terms.close_factor = 0.5;
    terms.full_below_health = 0.95;
    terms.full_below_value = 2'000.0;
    terms.min_leftover = 1'000.0;
    return terms;
}

LiquidationConfig aave_liquidation()
{
    SeizureTerms const terms = aave_terms();
    LiquidationConfig rule;
    rule.price = LiquidationPrice::bonus;
    rule.reduction = Reduction::close_factor;
    rule.close_factor = terms.close_factor;
    rule.full_below_health = terms.full_below_health;
    rule.full_below_value = terms.full_below_value;
    rule.min_leftover = terms.min_leftover;
    return rule;
}

Seizable aave_pair(Json const& in)
{
    double const debt =
        in.contains("debt_reserve_usd") ? get(in, "debt_reserve_usd") : get(in, "debt_USDX");
    double const collateral =
        in.contains("coll_reserve_usd") ? get(in, "coll_reserve_usd") : get(in, "coll_USDX");
    return {debt,
            get_or(in, "debt_total_usd", debt),
            collateral,
            get_or(in, "HF", 0.99),
            get_or(in, "LB", 1.05),
            get_or(in, "LT", 0.8)};
}

Answers aave_close_factor(GoldenRow const& row)
{
    Seizable const pair = aave_pair(row.inputs);
    SeizureTerms const terms = aave_terms();
    return {{"close_factor", close_factor(terms, pair)},
            {"max_repay", most_repaid(ReductionRule::close_factor, terms, pair)}};
}

Answers aave_position_close_factor(GoldenRow const& row)
{
    Json const& in = row.inputs;
    std::string const asset = in.at("repay_asset").get<std::string>();
    Seizable pair{0.0, 0.0, 0.0, get(in, "HF"), 1.05, 0.8};
    for (Lot const& lot : parse_lots(in.at("debts"))) {
        pair.total_debt += lot.amount * lot.price;
        pair.debt += lot.asset == asset ? lot.amount * lot.price : 0.0;
    }
    for (Lot const& lot : parse_lots(in.at("coll")))
        pair.collateral += lot.amount * lot.price;
    SeizureTerms before = aave_terms();
    before.close_factor_base = CloseFactorBase::debt;
    before.full_below_value = 0.0;
    return {{"max_repay", most_repaid(ReductionRule::close_factor, aave_terms(), pair)},
            {"max_repay_before_v3.3", most_repaid(ReductionRule::close_factor, before, pair)}};
}

std::string allowed_text(RepayRange const& range)
{
    auto const number = [](double value) { return fmt::format("{:.10g}", value); };
    return range.partial > 0.0 ? "<=" + number(range.partial) + " or " + number(range.all)
                               : number(range.all);
}

/// A number where that alone was published.
Answer allowed_answer(RepayRange const& range)
{
    return range.partial > 0.0 ? Answer{allowed_text(range)} : Answer{range.all};
}

/// "min leftover (threshold 1000, leftover 500)": what may be repaid of each debt and seized of
/// each collateral.
Answers aave_leftovers(GoldenRow const& row)
{
    static std::regex const title{R"(.*threshold ([0-9.]+), leftover ([0-9.]+)\).*)"};
    std::smatch match;
    if (!std::regex_match(row.rule, match, title))
        throw NotCovered{"rule " + row.rule};
    SeizureTerms terms = aave_terms();
    terms.full_below_value = std::stod(match[1].str());
    terms.min_leftover = std::stod(match[2].str());
    constexpr double plenty = 1e12;
    Answers answers;
    for (auto const& [key, value] : row.inputs.items()) {
        bool const is_debt = key.starts_with("debt");
        if (!is_debt && !key.starts_with("coll"))
            continue;
        double const amount = value.get<double>();
        Seizable const pair{is_debt ? amount : plenty, plenty, is_debt ? plenty : amount,
                            get(row.inputs, "HF"),     1.0,    0.8};
        answers[key + "_allowed"] =
            allowed_answer(repay_range(ReductionRule::close_factor, terms, pair));
    }
    return answers;
}

Answers aave_leftover_rule(GoldenRow const& row)
{
    Seizable const pair = aave_pair(row.inputs);
    double const repaid = get(row.inputs, "repay_usd");
    return {{"debt_left", pair.debt - repaid},
            {"coll_left", pair.collateral - repaid * pair.multiplier},
            {"allowed", leaves_enough(aave_terms(), pair, repaid) ? 1.0 : 0.0}};
}

Answers aave_dust_at_cap(GoldenRow const& row)
{
    Seizable const pair = aave_pair(row.inputs);
    double const cap = most_repaid(ReductionRule::close_factor, aave_terms(), pair);
    return {{"cap_50pct", cap},
            {"debt_left_if_cap", pair.debt - cap},
            {"reverts", leaves_enough(aave_terms(), pair, cap) ? 0.0 : 1.0},
            {"largest_allowed_partial",
             repay_range(ReductionRule::close_factor, aave_terms(), pair).partial}};
}

Answers aave_dust_at_full(GoldenRow const& row)
{
    Json const& in = row.inputs;
    std::string const taken = in.at("coll_taken").get<std::string>();
    double const repaid = get(in, "repay");
    Seizable pair{get(in, "debt_USDX"), get(in, "debt_USDX"), 0.0,
                  get(in, "HF"),        get(in, "LB"),        0.8};
    for (Lot const& lot : parse_lots(in.at("coll")))
        if (lot.asset == taken)
            pair.collateral = lot.amount * lot.price;
    double const seized = repaid * pair.multiplier;
    return {{"seize", seized},
            {"coll_left", pair.collateral - seized},
            {"reverts", leaves_enough(aave_terms(), pair, repaid) ? 0.0 : 1.0}};
}

/// collA=1 WETH@1000;collB=2 LINK@600;debt=2100 USDC;seize=all WETH
Answers aave_other_collateral(GoldenRow const& row)
{
    Json const& in = row.inputs;
    std::vector<Lot> lots;
    for (char const* key : {"collA", "collB", "collC"})
        if (in.contains(key))
            lots.push_back(parse_lots(in.at(key)).at(0));
    for (Lot& lot : lots)
        lot.ratio = get(in, "LT");
    double const debt = parse_lots(in.at("debt")).at(0).amount;
    LoanCase loan{loan_account(lots, debt, 1.0, aave_liquidation(), get(in, "LB") - 1.0)};
    std::string const seize = in.at("seize").get<std::string>();
    if (!seize.starts_with("all "))
        throw NotCovered{"seize " + seize};
    Answers answers{{"HF", loan.health()}};
    answers["repay"] = loan.call(seize.substr(4)).repaid;
    answers["debt_left"] = loan.owed();
    answers["deficit"] = loan.deficit();
    return answers;
}

/// One repayment on an account of one collateral worth C and a debt D.
Answers aave_direction(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const ratio = get(in, "LT");
    GoldenAccount const account =
        loan_account({{get(in, "C"), "COIN", 1.0, ratio, 0.0}}, get(in, "D"), 1.0,
                     aave_liquidation(), get(in, "LB") - 1.0);
    LoanCase once{account};
    Answers answers{{"HF_before", once.health()}};
    auto const call = once.call("COIN", get(in, "repay"));
    answers["HF_after"] = once.health();
    answers["LT*LB"] = ratio * call.multiplier;
    answers["LTV>1/LB"] = get(in, "D") / get(in, "C") > 1.0 / call.multiplier ? 1.0 : 0.0;
    LoanCase to_the_end{account};
    to_the_end.liquidate();
    answers["deficit_when_exhausted"] = to_the_end.deficit();
    return answers;
}

Answers aave4_bonus(GoldenRow const& row)
{
    Json const& in = row.inputs;
    SeizureTerms terms{};
    terms.bonus = BonusRule::linear_in_health;
    terms.least_bonus_share = get(in, "bonus_factor");
    terms.full_bonus_health = get(in, "hf_for_max");
    return {{"LB", bonus_multiplier(terms, get(in, "max_LB") - 1.0, 0.8, get(in, "HF"))}};
}

/// A token of the collateral's pool is worth exchange_rate x its price.
Answers compound_seize(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const token = get(in, "price_coll") * get(in, "exchange_rate");
    double const repaid = get(in, "repay");
    LiquidationConfig rule;
    rule.price = LiquidationPrice::bonus;
    Lot const pool{10.0 * repaid * get(in, "price_borrow") / token, "CTOKEN", token, 0.1, 0.0};
    LoanCase loan{loan_account({pool}, 2.0 * repaid, get(in, "price_borrow"), rule,
                               get(in, "incentive") - 1.0)};
    loan.call("CTOKEN", repaid * get(in, "price_borrow"));
    return {{"seize_ctokens", loan.sum(EventKind::collateral_seized, &EventRow::amount)}};
}

Answers comet_liquidatable(GoldenRow const& row)
{
    Json const& in = row.inputs;
    Lot const lot{get(in, "coll"), "COIN", get(in, "price_coll"), get(in, "liquidate_CF"), 0.0};
    LoanCase loan{loan_account({lot}, get(in, "debt"), 1.0, {}, 0.0)};
    return {{"liquidatable", loan.is_liquidatable() ? 1.0 : 0.0}};
}

Answers comet_absorb(GoldenRow const& row)
{
    std::vector<Lot> lots = parse_lots(row.inputs.at("coll"));
    for (Lot& lot : lots)
        lot.ratio = 0.5;  // the account is absorbed whatever it counts for
    LiquidationConfig rule;
    rule.price = LiquidationPrice::bonus;
    rule.reduction = Reduction::absorb;
    LoanCase loan{loan_account(lots, get(row.inputs, "debt_usd"), 1.0, rule, 0.0)};
    loan.liquidate();
    return {{"credit", loan.sum(EventKind::collateral_seized, &EventRow::value)
                           - loan.sum(EventKind::collateral_seized, &EventRow::fee)},
            {"user_refund_supply", loan.balance("DEBT")},
            {"bad_debt_to_reserves", loan.deficit()}};
}

SeizureTerms morpho_terms()
{
    SeizureTerms terms{};
    terms.bonus = BonusRule::from_ratio;
    terms.bonus_cursor = 0.3;
    return terms;
}

Answers morpho_incentive(GoldenRow const& row)
{
    double const factor = bonus_multiplier(morpho_terms(), 0.15, get(row.inputs, "LLTV"), 0.99);
    return {{"LIF", factor}, {"1/LIF", 1.0 / factor}};
}

Answers morpho_bad_debt(GoldenRow const& row)
{
    Json const& in = row.inputs;
    LiquidationConfig rule;
    rule.price = LiquidationPrice::bonus;
    rule.bonus = LiquidationBonus::from_ratio;
    rule.bonus_cursor = 0.3;
    Lot const lot{get(in, "coll"), "COIN", get(in, "price"), get(in, "LLTV"), 0.0};
    LoanCase loan{loan_account({lot}, get(in, "loan"), 1.0, rule, 0.15)};
    loan.liquidate();
    return {{"repay", loan.sum(EventKind::debt_repaid, &EventRow::amount)},
            {"bad_debt", loan.deficit()},
            {"total_supply_loss", loan.deficit()}};
}

/// Weighted collateral of an account without a debt.
Answers morpho_max_borrow(GoldenRow const& row)
{
    Json const& in = row.inputs;
    std::vector<Lot> const lots =
        in.contains("price")
            ? std::vector<Lot>{{get(in, "coll"), "COIN", get(in, "price"), get(in, "LLTV"), 0.0}}
            : parse_lots(in.at("coll"));
    return {{"max_borrow", LoanCase{loan_account(lots, 0.0, 1.0, {}, 0.0)}.margin_equity()}};
}

/// Liquidation of the last collateral listed where the rule says "the second", else of the first.
Answers euler_liquidation(GoldenRow const& row)
{
    Json const& in = row.inputs;
    std::vector<Lot> const lots = parse_lots(in.at("colls(amt@price*LTV)"));
    LiquidationConfig rule;
    rule.price = LiquidationPrice::bonus;
    rule.bonus = LiquidationBonus::health_discount;
    GoldenAccount account = loan_account(lots, get(in, "debt"), get(in, "debt_price"), rule,
                                         1.0 / (1.0 - get(in, "max_discount")) - 1.0);
    account.scenario().venues[0].comparison = Comparison::non_strict;
    LoanCase loan{account};
    Answers answers{{"HS", loan.health()}, {"violation", loan.is_liquidatable() ? 1.0 : 0.0}};
    if (!loan.is_liquidatable())
        return answers;
    bool const second = row.rule.find("second") != std::string::npos;
    auto const call = loan.call((second ? lots.back() : lots.front()).asset);
    answers["discount_factor"] = 1.0 / call.multiplier;
    answers["repay_asset"] = loan.sum(EventKind::debt_repaid, &EventRow::amount);
    answers["yield_coll"] = loan.sum(EventKind::collateral_seized, &EventRow::amount);
    answers["residual_debt"] = loan.owed();
    return answers;
}

/// A coin off its peg as collateral: coll=1 stETH;debt=0.88 ETH;LT_emode=0.93;price_used=0.937
Answers depegged_health(GoldenRow const& row)
{
    Json const& in = row.inputs;
    Lot lot = parse_lots(in.at("coll")).at(0);
    lot.price = get(in, "price_used");
    lot.ratio = get(in, "LT_emode");
    LoanCase loan{loan_account({lot}, parse_lots(in.at("debt")).at(0).amount, 1.0, {}, 0.0)};
    return {{"HF", loan.health()}, {"liquidatable", loan.is_liquidatable() ? 1.0 : 0.0}};
}

Answers depegged_liquidation(GoldenRow const& row)
{
    Json const& in = row.inputs;
    Lot const lot{get(in, "coll_units"), "COIN", get(in, "price"), get(in, "LT"), 0.0};
    LoanCase loan{
        loan_account({lot}, get(in, "debt_usd"), 1.0, aave_liquidation(), get(in, "LB") - 1.0)};
    Answers answers{{"HF", loan.health()}};
    loan.liquidate();
    answers["repay_max"] = loan.sum(EventKind::debt_repaid, &EventRow::value);
    answers["deficit_if_fully_liquidated"] = loan.deficit();
    return answers;
}

/// Least debt that a liquidator repays at a profit, by bisection; half or all of it may be repaid.
double least_profitable_debt(Json const& in, double share)
{
    double low = 0.0, high = 1e6;
    for (int i = 0; i < 80; ++i) {
        double const debt = 0.5 * (low + high);
        LiquidationConfig rule;
        rule.price = LiquidationPrice::bonus;
        rule.reduction = Reduction::close_factor;
        rule.close_factor = share;
        rule.call_cost = get(in, "gas_usd");
        Lot const lot{2.0 * debt, "COIN", 1.0, 0.49, 0.0};
        LoanCase loan{loan_account({lot}, debt, 1.0, rule, get(in, "LB"))};
        (loan.call("COIN").repaid > 0.0 ? high : low) = debt;
    }
    return high;
}

Answers keeper_profit(GoldenRow const& row)
{
    return {{"min_debt_usd", least_profitable_debt(row.inputs, 0.5)},
            {"v3.3_full_close_min", least_profitable_debt(row.inputs, 1.0)}};
}

}  // namespace

std::map<std::string, RuleAdapter> lending_rules()
{
    return {{"Aave v3/close factor *", aave_close_factor},
            {"Aave v3/position-level close factor", aave_position_close_factor},
            {"Aave v3/min leftover (*", aave_leftovers},
            {"Aave v3/min leftover $1000 rule", aave_leftover_rule},
            {"Aave v3/uint.max call reverts at CF 50%: debt dust", aave_dust_at_cap},
            {"Aave v3/dust revert at CF 100%", aave_dust_at_full},
            {"Aave v3/no deficit while other collateral remains", aave_other_collateral},
            {"Aave v3/HF falls on liquidation *", aave_direction},
            {"Aave v4/bonus linear in HF", aave4_bonus},
            {"Compound v2/seize tokens", compound_seize},
            {"Compound v3/isLiquidatable", comet_liquidatable},
            {"Compound v3/absorb *", comet_absorb},
            {"Morpho Blue/LIF from LLTV", morpho_incentive},
            {"Morpho Blue/critical LTV for bad debt", morpho_incentive},
            {"Morpho Blue/bad debt realised at once", morpho_bad_debt},
            {"Morpho Blue/health", morpho_max_borrow},
            {"Morpho Blue/multi-collateral sum *", morpho_max_borrow},
            {"Euler v2/liquidation: *", euler_liquidation},
            {"oracle choice/*", depegged_health},
            {"stablecoin as collateral/*", depegged_liquidation},
            {"keeper/min profitable debt at CF50", keeper_profit}};
}

}  // namespace brink::test
