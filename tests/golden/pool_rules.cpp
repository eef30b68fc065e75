// SPDX-License-Identifier: Apache-2.0
// Published outcomes of stability pools: what the pool, the other borrowers, the liquidator and the
// owner get of a loan, and when the system's own ratio decides.
#include "models/margin/recovery.hpp"
#include "tests/golden/golden_rules.hpp"
#include "tests/golden/loan_case.hpp"

#include <fmt/format.h>

#include <regex>
#include <sstream>

namespace brink::test {
namespace {

/// "100|200|300"
std::vector<double> parse_list(Json const& value)
{
    std::vector<double> numbers;
    std::istringstream text{value.get<std::string>()};
    for (std::string number; std::getline(text, number, '|');)
        numbers.push_back(std::stod(number));
    return numbers;
}

std::string list_text(std::vector<double> const& numbers)
{
    std::string text;
    for (double const number : numbers)
        text += fmt::format("{}{:.10g}", text.empty() ? "" : "|", number);
    return text;
}

LiquidationConfig pool_rule(double pool)
{
    LiquidationConfig rule;
    rule.price = LiquidationPrice::pool;
    rule.pool = pool;
    return rule;
}

/// Half a percent of all collateral is for gas.
LiquidationConfig liquity1(double pool)
{
    LiquidationConfig rule = pool_rule(pool);
    rule.gas_compensation = 0.005;
    return rule;
}

/// Half a percent of the offset part, at most two coins. \param penalty of the others
LiquidationConfig liquity2(double pool, double penalty)
{
    LiquidationConfig rule = liquity1(pool);
    rule.gas_compensation_of = GasOf::offset;
    rule.gas_compensation_most = 2.0;
    rule.pool_penalty = 0.05;
    rule.redistribution_penalty = penalty;
    return rule;
}

/// What a liquidation did with the collateral and the debt of a loan.
Answers parts_of(LoanCase& loan)
{
    double const gas = loan.sum(EventKind::gas_compensated, &EventRow::amount);
    double const to_pool = loan.sum(EventKind::collateral_seized, &EventRow::amount);
    return {
        {"debt_offset", loan.sum(EventKind::debt_offset, &EventRow::value)},
        {"gas_comp", gas},
        {"coll_to_pool", to_pool},
        {"to_pool", to_pool},
        {"capped_coll", to_pool + gas},
        {"debt_redistributed", loan.sum(EventKind::debt_redistributed, &EventRow::value)},
        {"coll_redistributed", loan.sum(EventKind::collateral_redistributed, &EventRow::amount)},
        {"surplus", loan.balance("COIN")}};
}

/// Depositors of a pool, each with what remains of a deposit and the coins that it has earned. The
/// documented example leaves gas out.
struct Depositors {
    std::vector<PoolDeposit> all;

    void offset(PooledLoan const& trove)
    {
        double pool = 0.0;
        for (PoolDeposit const& deposit : all)
            pool += deposit.debt_coins;
        PoolTerms terms{};
        terms.penalty = terms.redistribution_penalty = terms.gas_most = 1e300;
        PoolSplit const split = split_loan(terms, trove, pool);
        for (PoolDeposit& deposit : all)
            deposit = after_offset(deposit, split, pool);
    }
};

/// "stability pool offset 2" goes on where the example's first liquidation ends: 150 LUSD against
/// 1.6 ETH (v1 README.md).
Answers pool_deposits(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const price = get(in, "price");
    Depositors depositors;
    for (double const deposit : parse_list(in.at("deposits0")))
        depositors.all.push_back({deposit, 0.0});
    if (row.rule.ends_with(" 2"))
        depositors.offset({150.0, 1.6, price});
    PooledLoan const trove{get(in, "trove_debt"), get(in, "trove_coll"), price};
    depositors.offset(trove);
    std::vector<double> deposits, coins, values;
    for (PoolDeposit const& deposit : depositors.all) {
        deposits.push_back(deposit.debt_coins);
        coins.push_back(deposit.collateral);
        values.push_back(deposit.debt_coins + deposit.collateral * price);
    }
    return {{"ICR", trove.coins * price / trove.debt},
            {"deposits", list_text(deposits)},
            {"eth", list_text(coins)},
            {"value_usd", list_text(values)}};
}

/// A loan in a system whose ratio is `system`, as it stands at the second price.
LoanCase recovering_loan(Json const& in, double system, double pool)
{
    double const price = get(in, "price1"), debt = get(in, "debt");
    double const coins = get(in, "ICR0_pct") / 100.0 * debt / get(in, "price0");
    GoldenAccount account = loan_account({{coins, "COIN", price, 1.0 / get(in, "MCR"), 0.0}}, debt,
                                         1.0, liquity1(pool), 0.0);
    RecoveryConfig& recovery = account.scenario().venues[0].recovery.emplace();
    recovery.critical_ratio = get(in, "CCR");
    recovery.asset = "COIN";
    recovery.system_collateral = system / price;
    recovery.system_debt = 1.0;
    return LoanCase{account};
}

/// Below the critical ratio, above that of the loan; then at the loan's own ratio, and with a pool
/// that is a dollar short.
std::string action_text(Json const& in, double ratio)
{
    double const debt = get(in, "debt");
    double const system = 0.5 * (ratio + get(in, "CCR"));
    switch (recovering_loan(in, system, debt).pool_action()) {
        case PoolAction::redistribute:
            return "redistribute all (recovery)";
        case PoolAction::split:
            return "offset then redistribute";
        case PoolAction::none:
            return "nothing";
        case PoolAction::cap:
            break;
    }
    bool const needs_both =
        recovering_loan(in, system, debt - 1.0).pool_action() == PoolAction::none
        && recovering_loan(in, ratio, debt).pool_action() == PoolAction::none;
    return needs_both ? "capped offset if ICR<TCR and pool>=debt" : "capped offset";
}

Answers recovery_mode(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const ratio = get(in, "ICR0_pct") / 100.0 * get(in, "price1") / get(in, "price0");
    std::string const action = action_text(in, ratio);
    LoanCase loan = recovering_loan(in, 0.5 * (ratio + get(in, "CCR")), get(in, "debt"));
    loan.offset();
    Answers answers = parts_of(loan);
    answers["ICR_after"] = ratio;
    answers["action"] = action;
    return answers;
}

/// TCR=1.5;CCR=1.5;then price=200->150
Answers recovery_trigger(GoldenRow const& row)
{
    Json const& in = row.inputs;
    static std::regex const move{R"(([0-9.]+)->([0-9.]+))"};
    std::string const prices = in.at("then price").get<std::string>();
    std::smatch match;
    if (!std::regex_match(prices, match, move))
        throw NotCovered{"prices " + prices};
    double const coins = get(in, "TCR") / std::stod(match[1].str());
    SystemTerms<double> const system{0, coins, get(in, "CCR"), 1.0};
    Answers answers;
    for (std::size_t i : {1u, 2u}) {
        double const price = std::stod(match[i].str());
        answers["recovery_at_" + match[i].str()] = recovery_health(system, price) > 0.0 ? 1.0 : 0.0;
        answers["TCR_at_" + match[i].str()] = price * system.coins;
    }
    return answers;
}

/// "redistribution only, WETH 10%": the penalty of the others is the rule's, that of WETH else.
double others_penalty(std::string const& rule)
{
    static std::regex const stated{R"(redistribution.* ([0-9]+)%.*)"};
    std::smatch match;
    return std::regex_match(rule, match, stated) ? std::stod(match[1].str()) / 100.0 : 0.1;
}

/// A pool that has all it takes is written as ">=debt+1": one coin stays in it.
Answers branch_liquidation(GoldenRow const& row)
{
    Json const& in = row.inputs;
    Json const& stated = in.contains("sp_usable") ? in.at("sp_usable") : in.at("sp");
    double const debt = get(in, "debt");
    double const pool = stated.is_number() ? stated.get<double>() : debt;
    LoanCase loan{loan_account({{get(in, "coll"), "COIN", get(in, "price"), 1.0 / 1.1, 0.0}}, debt,
                               1.0, liquity2(pool, others_penalty(row.rule)), 0.0)};
    loan.offset();
    return parts_of(loan);
}

}  // namespace

std::map<std::string, RuleAdapter> pool_rules()
{
    return {{"Liquity v1/stability pool offset*", pool_deposits},
            {"Liquity v1/recovery mode", recovery_mode},
            {"Liquity v1/recovery trigger", recovery_trigger},
            {"Liquity v2/*", branch_liquidation}};
}

}  // namespace brink::test
