// SPDX-License-Identifier: Apache-2.0
// What follows from health = weighted collateral / debt and a bonus, at every lending venue, where
// liquidators are perfect: no cost of a call, no spread, no least leftover. LB = 1 + bonus, C
// collateral at the venue's price, D debt (Aave v3 LiquidationLogic.sol; Warmuz, Chaudhary, Pinna,
// Toxic liquidation spirals, 2022).
#include "host/program/book_state.hpp"
#include "models/liquidation/collateral_seizer.hpp"
#include "tests/unit/host/program/venue_portfolios.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace brink::test {
namespace {

constexpr int num_loan_pairs = 150;

template<class Predicate>
std::vector<std::string> venues_where(Predicate const& holds)
{
    std::vector<std::string> names = venue_files();
    std::erase_if(names, [&](std::string const& name) {
        Problems problems;
        return !holds(read_venue_file(venue_folder + name + ".toml", problems).liquidation);
    });
    return names;
}

/// Collateral goes to liquidators, or to the venue, at a bonus.
bool has_bonus(LiquidationConfig const& rule)
{
    return rule.price == LiquidationPrice::bonus;
}
/// Liquidators come call by call.
bool has_calls(LiquidationConfig const& rule)
{
    return has_bonus(rule) && rule.reduction != Reduction::absorb;
}

std::string perfect_text(std::string const& venue)
{
    std::string text = VenuePortfolios{venue, num_loan_pairs}.text();
    std::string const named = "[[venue]]\nname = \"v\"\n";
    return text.replace(text.find(named), named.size(),
                        named + "liquidation = { call_cost = 0, min_leftover = 0 }\n");
}

/// Random loans, each looked at after a fall of all that is not owed which takes its health to
/// between 0.6 and 1.02.
class LendingInvariants : public testing::TestWithParam<std::string> {
  protected:
    BuiltScenario<double> const scenario_{perfect_text(GetParam())};
    std::mt19937_64 random_{23};

    void SetUp() override { ASSERT_TRUE(scenario_.built) << scenario_.said(); }

    [[nodiscard]] std::vector<double> opening_prices() const
    {
        std::vector<double> prices;
        Program<double> const program = scenario_.program();
        for (Asset const& asset : program.tables[program.assets])
            prices.push_back(asset.opening_price);
        return prices;
    }

    /// The account as it opened, at prices that have fallen.
    void let_fall(BookState<double>& book, std::int32_t a, std::vector<double> const& opening)
    {
        AccountState const state = book.event().state(a);
        state.open();
        for (std::size_t i = 0; i < opening.size(); ++i)
            book.set_price(static_cast<std::int32_t>(i), opening[i]);
        double const target = std::uniform_real_distribution{0.6, 1.02}(random_);
        double const fall = target / health_of(book.assess(a));
        std::set<std::int32_t> owed;
        for (std::int32_t h = 0; h < state.layout().num_holdings; ++h)
            if (state.owes(h))
                owed.insert(state.holdings()[h].asset);
        for (std::size_t i = 0; i < opening.size(); ++i) {
            auto const asset = static_cast<std::int32_t>(i);
            book.set_price(asset, owed.contains(asset) ? opening[i] : opening[i] * fall);
        }
        std::fill_n(book.event().sent, max_assets, 0.0);
    }
};

class LiquidationCalls : public LendingInvariants {};

using Seizer = CollateralSeizer<max_assets>;
using Loan = LoanAccount<max_assets>;

/// One call on each pair of debt and collateral. A call that takes all of one side ends the matter
/// for that coin; what is compared is a call that leaves both.
TEST_P(LiquidationCalls, LowerHealthWhereItIsBelowRatioTimesBonus)
{
    BookState<double> book{scenario_.program(), opening_prices()};

    int lowered = 0;
    int raised = 0;
    for (std::int32_t a = 0; a < book.num_accounts(); ++a) {
        let_fall(book, a, opening_prices());
        Loan const loan{book.event(), a};
        for (std::int32_t d = 0; d < loan.size(); ++d)
            for (std::int32_t c = 0; c < loan.size(); ++c) {
                book.event().state(a).open();
                loan.set_off();
                double const health = health_of(loan.assess());
                if (c == d || !loan.state().owes(d) || !loan.is_collateral(c) || !(health < 1.0))
                    continue;
                Seizer const seizer{book.event(), a};
                auto call = seizer.best_call(d, c, health, std::numeric_limits<double>::infinity());
                if (!(call.repaid > 0.0))
                    continue;
                double const ratio = book.event().assessor.marginal_ratio(
                    loan.state().holdings()[c], loan.state().balance(c), loan.oracle_price(c));
                call.repaid *= 0.1;  // of what would be called: any size has the same sign
                call.takes_debt = call.takes_collateral = false;
                seizer.make(call);
                double const change = health_of(loan.assess()) - health;
                double const margin = ratio * call.multiplier - health;
                if (std::abs(margin) < 1e-9)
                    continue;
                bool const is_toxic = margin > 0.0;
                EXPECT_EQ(change < 0.0, is_toxic) << "account " << a << " health " << health
                                                  << " ratio x LB " << ratio * call.multiplier;
                (margin > 0.0 ? lowered : raised) += 1;
            }
    }
    EXPECT_GT(lowered, 20);
    EXPECT_GT(raised, 5);
}

/// Where the bonus depends on health, it is that of the first call, and a loan with one collateral
/// is looked at, whose first call is the last when it is doomed.
TEST_P(LendingInvariants, TheDeficitIsWhatTheCollateralLessTheBonusDoesNotPayFor)
{
    BookState<double> book{scenario_.program(), opening_prices()};
    SeizureTerms const& terms = book.event().venue_of(0).seizure;
    bool const moves =
        terms.bonus == BonusRule::linear_in_health || terms.bonus == BonusRule::health_discount;

    int doomed = 0;
    int sound = 0;
    for (std::int32_t a = 0; a < book.num_accounts(); ++a) {
        let_fall(book, a, opening_prices());
        Loan const loan{book.event(), a};
        loan.set_off();
        double const debt = loan.total_owed();
        double const health = health_of(loan.assess());
        double covered = 0.0;
        int num_collaterals = 0;
        for (std::int32_t c = 0; c < loan.size(); ++c) {
            if (!loan.is_collateral(c))
                continue;
            double const price = loan.oracle_price(c);
            double const balance = loan.state().balance(c);
            double const ratio =
                book.event().assessor.marginal_ratio(loan.state().holdings()[c], balance, price);
            covered +=
                balance * price / bonus_multiplier(terms, loan.bonus_of(c).most, ratio, health);
            ++num_collaterals;
        }
        if (!(health < 1.0) || (moves && num_collaterals > 1))
            continue;
        for (int step = 0; step < 4; ++step)  // 64 calls are made in one
            Seizer{book.event(), a}();
        double const expected = std::max(0.0, debt - covered);
        EXPECT_NEAR(loan.state()[AccountField::deficit], expected, 1e-9 * debt) << "account " << a;
        EXPECT_EQ(loan.state()[AccountField::deficit] > 0.0, debt > covered) << "account " << a;
        (debt > covered ? doomed : sound) += 1;
    }
    EXPECT_GT(doomed, 10);
    EXPECT_GT(sound, 3);
}

INSTANTIATE_TEST_SUITE_P(Configs, LendingInvariants, testing::ValuesIn(venues_where(has_bonus)),
                         [](auto const& venue) { return venue.param; });
INSTANTIATE_TEST_SUITE_P(Configs, LiquidationCalls, testing::ValuesIn(venues_where(has_calls)),
                         [](auto const& venue) { return venue.param; });

}  // namespace
}  // namespace brink::test
