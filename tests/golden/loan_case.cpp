// SPDX-License-Identifier: Apache-2.0
#include "tests/golden/loan_case.hpp"

#include <regex>

namespace brink::test {
namespace {

double match_number(std::ssub_match const& match, double fallback)
{
    return match.matched ? std::stod(match.str()) : fallback;
}

}  // namespace

std::vector<Lot> parse_lots(Json const& value)
{
    if (value.is_number())
        return {{value.get<double>(), "COIN", 1.0, 0.0, 0.0}};
    std::string const text = value.get<std::string>();
    static std::regex const lot{
        R"(([0-9.eE]+)\s*([A-Za-z]\w*)?(?:\s*usd)?(?:@([0-9.]+))?(?:\*([0-9.]+))?(?:\s*LF([0-9.]+))?(?:\s*liqCF[0-9.]+)?(?:\s*[|+]\s*|$))"};
    std::vector<Lot> lots;
    for (std::sregex_iterator i{text.begin(), text.end(), lot}; i != std::sregex_iterator{}; ++i) {
        std::smatch const& m = *i;
        lots.push_back({std::stod(m[1].str()),
                        m[2].matched ? m[2].str() : "COIN" + std::to_string(lots.size()),
                        match_number(m[3], 1.0), match_number(m[4], 0.0), match_number(m[5], 0.0)});
    }
    if (lots.empty())
        throw NotCovered{"collateral " + text};
    return lots;
}

GoldenAccount loan_account(std::vector<Lot> const& lots, double debt, double debt_price,
                           LiquidationConfig const& rule, double bonus)
{
    GoldenAccount account;
    VenueConfig& venue = account.scenario().venues[0];
    venue.health = HealthMetric::collateral_over_debt;
    venue.call = CallRule::health;
    venue.call_health = 1.0;
    venue.liquidation = rule;
    venue.insurance_fund = 0.0;
    for (Lot const& lot : lots) {
        account.asset(lot.asset, lot.price).balance(lot.asset, lot.amount);
        account.collateral(lot.asset, CollateralUnit::usd, {{0.0, lot.ratio}});
        CollateralConfig& row = account.scenario().venues[0].collateral.back();
        if (lot.factor > 0.0)
            row.liquidation_factor = lot.factor;
        else
            row.liquidation_bonus = bonus;
    }
    if (debt > 0.0) {
        account.asset("DEBT", debt_price);
        account.collateral("DEBT", CollateralUnit::usd, {{0.0, 1.0}});
        LoanConfig loan;
        loan.asset = "DEBT";
        loan.amount = debt;
        account.scenario().accounts[0].loans.push_back(loan);
    }
    return account;
}

}  // namespace brink::test
