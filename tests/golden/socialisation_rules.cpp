// SPDX-License-Identifier: Apache-2.0
// Published outcomes of what is left of a loan: whether its debt is socialised, and in which units
// it is counted.
#include "tests/golden/golden_rules.hpp"
#include "tests/golden/loan_case.hpp"

#include <cstdlib>
#include <regex>

namespace brink::test {
namespace {

/// The case that another one continues. \throws NotCovered where there is none
GoldenRow row_named(std::string const& id)
{
    for (GoldenRow const& row :
         read_golden_csv(std::filesystem::path{BRINK_SOURCE_DIR} / "tests/golden/lending.csv"))
        if (row.id == id)
            return row;
    throw NotCovered{"see " + id};
}

/// "1e6 units of account", "2.7e6 units @0.3 (test)", "1 wei eTST3": the number in front.
double leading_number(Json const& value)
{
    return value.is_number() ? value.get<double>() : std::stod(value.get<std::string>());
}

/// A loan of which liquidators take all collateral at a discount that is its health.
GoldenAccount discounted_loan(Json const& in, LiquidationConfig rule, std::vector<Lot> lots)
{
    rule.price = LiquidationPrice::bonus;
    rule.bonus = LiquidationBonus::health_discount;
    GoldenAccount account = loan_account(lots, get(in, "debt"), get(in, "debt_price"), rule,
                                         1.0 / (1.0 - get(in, "max_discount")) - 1.0);
    account.scenario().venues[0].comparison = Comparison::non_strict;
    return account;
}

Answers socialised_borrows(GoldenRow const& row)
{
    Json const in = row_named(row.inputs.at("see").get<std::string>()).inputs;
    double const price = get(in, "debt_price");
    LoanCase loan{discounted_loan(in, {}, parse_lots(in.at("colls(amt@price*LTV)")))};
    loan.liquidate();
    double const socialised = loan.deficit() / price;
    return {{"total_borrows_after", get(row.inputs, "total_borrows_before") - socialised},
            {"socialised", socialised}};
}

/// Who liquidates does not take a dust of collateral that is worth less than the call.
Answers other_collateral_left(GoldenRow const& row)
{
    Json const in = row_named(row.inputs.at("see").get<std::string>()).inputs;
    std::vector<Lot> lots = parse_lots(in.at("colls(amt@price*LTV)"));
    lots.push_back({leading_number(row.inputs.at("other_coll")) * 1e-18, "DUST", 1.0, 0.3, 0.0});
    LiquidationConfig rule;
    rule.call_cost = 1e-12;
    LoanCase loan{discounted_loan(in, rule, lots)};
    loan.liquidate();
    return {{"socialised", loan.deficit() / get(in, "debt_price")}, {"debt_left", loan.owed()}};
}

/// The discount is not published, so that the collateral is one that pays for what was repaid.
Answers least_socialised_value(GoldenRow const& row)
{
    Json const& in = row.inputs;
    constexpr double max_discount = 0.2;
    double const debt = get(in, "debt_assets"), price = get(in, "debt_price");
    double const repaid = (debt - get(in, "remaining_debt_assets")) * price;
    double const coins = leading_number(in.at("coll"));
    LiquidationConfig rule;
    rule.least_socialised = leading_number(in.at("min_socialisation_value"));
    Lot const lot{coins, "COIN", repaid / (1.0 - max_discount) / coins, 0.3, 0.0};
    Json const loan_of{{"debt", debt}, {"debt_price", price}, {"max_discount", max_discount}};
    LoanCase loan{discounted_loan(loan_of, rule, {lot})};
    loan.liquidate();
    return {{"socialised", loan.deficit() / price},
            {"remaining_debt_assets", loan.deficit() / price + loan.owed()}};
}

/// A call in units of both coins. Shares of a debt are a millionth of its unit at first
/// (SharesMathLib.sol, VIRTUAL_SHARES).
Answers rounded_call(GoldenRow const& row)
{
    Json const& in = row.inputs;
    if (in.at("units") != "wei")
        throw NotCovered{"units " + in.at("units").dump()};
    constexpr double shares_per_unit = 1e6;
    LiquidationConfig rule;
    rule.price = LiquidationPrice::bonus;
    rule.bonus = LiquidationBonus::from_ratio;
    rule.bonus_cursor = 0.3;
    // At par the account is at its limit: a price just below it breaks it.
    Lot const lot{get(in, "coll"), "COIN", 0.99, get(in, "LLTV"), 0.0};
    GoldenAccount account = loan_account({lot}, get(in, "loan"), 1.0, rule, 0.15);
    for (AssetConfig& asset : account.scenario().assets)
        asset.smallest_unit = 1.0;
    LoanCase loan{account};
    loan.call("COIN", get(in, "repaid_shares") / shares_per_unit);
    return {{"seized", loan.sum(EventKind::collateral_seized, &EventRow::amount)},
            {"repaid", loan.sum(EventKind::debt_repaid, &EventRow::amount)}};
}

}  // namespace

std::map<std::string, RuleAdapter> socialisation_rules()
{
    return {{"Euler v2/socialisation: *", socialised_borrows},
            {"Euler v2/no socialisation while another collateral *", other_collateral_left},
            {"Euler v2/no socialisation below *", least_socialised_value},
            {"Morpho Blue/rounding", rounded_call}};
}

}  // namespace brink::test
