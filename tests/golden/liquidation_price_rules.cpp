// SPDX-License-Identifier: Apache-2.0
// Published liquidation and bankruptcy prices: an account is built, and its price search asked.
#include "tests/golden/golden_account.hpp"
#include "tests/golden/golden_rules.hpp"

namespace brink::test {
namespace {

double given_or(Json const& inputs, char const* key, double otherwise)
{
    return inputs.contains(key) ? get(inputs, key) : otherwise;
}
int side_of(Json const& inputs)
{
    return given_or(inputs, "side", 1.0) > 0.0 ? 1 : -1;
}
bool is_inverse(GoldenRow const& row)
{
    return row.venue.ends_with("inverse") || row.venue.ends_with("coinm");
}

/// One position of `size` (base coins, or USD of an inverse contract) with its margin.
GoldenAccount one_position(InstrumentKind kind, double size, double entry, double mark,
                           double margin, ScheduleConfig const& schedule)
{
    GoldenAccount account;
    account.asset("COIN", mark).perpetual(kind, "COIN", schedule).position("COIN", size, entry);
    if (kind == InstrumentKind::linear_perp)
        return account.balance("USD", margin);
    return account.collateral("COIN", CollateralUnit::coin, {{0.0, 1.0}}).balance("COIN", margin);
}

Answers price_of(GoldenAccount const& account, int side)
{
    return {{"lp", GoldenBook{account}.liquidation_price("COIN", side)}};
}

InstrumentKind kind_of(GoldenRow const& row)
{
    return is_inverse(row) ? InstrumentKind::inverse_perp : InstrumentKind::linear_perp;
}

/// Wallet balance, rate and maintenance amount of the bracket given.
Answers with_wallet(GoldenRow const& row)
{
    Json const& in = row.inputs;
    int const side = side_of(in);
    double const entry = get(in, "ep");
    return price_of(
        one_position(kind_of(row), side * get(in, "q"), entry, given_or(in, "mark", entry),
                     get(in, "wb"), bracket_of(get(in, "mmr"), given_or(in, "cum", 0.0))),
        side);
}

/// Maintenance rate = half the initial rate at the largest leverage.
Answers with_isolated_margin(GoldenRow const& row)
{
    Json const& in = row.inputs;
    int const side = side_of(in);
    double const entry = get(in, "px");
    return price_of(
        one_position(InstrumentKind::linear_perp, side * get(in, "sz"), entry, entry,
                     get(in, "isolated_margin"), bracket_of(0.5 / get(in, "max_leverage"), 0.0)),
        side);
}

/// Equity e at price p with a signed position; other positions require a constant amount, which a
/// second position of that notional at a rate of one does.
Answers with_equity(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const size = get(in, "s");
    double const price = get(in, "p");
    GoldenAccount account = one_position(InstrumentKind::linear_perp, size, price, price,
                                         get(in, "e"), bracket_of(get(in, "mmf"), 0.0));
    if (double const other = given_or(in, "mmr_other", 0.0); other > 0.0)
        account.asset("OTHER", 1.0)
            .perpetual(InstrumentKind::linear_perp, "OTHER", bracket_of(1.0, 0.0))
            .position("OTHER", other, 1.0);
    return price_of(account, size > 0.0 ? 1 : -1);
}

Answers isolated(GoldenRow const& row)
{
    if (row.inputs.contains("wb"))
        return with_wallet(row);
    if (row.inputs.contains("isolated_margin"))
        return with_isolated_margin(row);
    if (row.inputs.contains("e"))
        return with_equity(row);
    throw NotCovered{"inputs of rule " + row.rule + " are of no known kind"};
}

/// Two positions on one wallet, the other one at its mark.
Answers cross(GoldenRow const& row)
{
    Json const& in = row.inputs;
    if (in.contains("e"))
        return with_equity(row);
    if (!in.contains("this") || !in.contains("other"))
        throw NotCovered{"inputs of rule " + row.rule + " are of no known kind"};
    GoldenAccount account;
    account.balance("USD", get(in, "wb"));
    auto const add = [&](char const* coin, Json const& position, int side) {
        account.asset(coin, get(position, "mark"))
            .perpetual(InstrumentKind::linear_perp, coin,
                       bracket_of(get(position, "mmr"), get(position, "cum")))
            .position(coin, side * get(position, "q"), get(position, "ep"));
    };
    add("COIN", in.at("this"), side_of(in));
    add("OTHER", in.at("other"), side_of(in.at("other")));
    return price_of(account, side_of(in));
}

/// The closing fee is part of the requirement at the mark.
Answers with_closing_fee(GoldenRow const& row)
{
    Json const& in = row.inputs;
    int const side = side_of(in);
    ScheduleConfig schedule = bracket_of(get(in, "mmr"), given_or(in, "cum", 0.0));
    schedule.close_fee_rate = get(in, "taker_fee");
    return price_of(one_position(kind_of(row), side * get(in, "q"), get(in, "ep"), get(in, "ep"),
                                 get(in, "margin"), schedule),
                    side);
}

/// Margin = initial margin at entry and what was added; maintenance margin at entry too.
Answers with_margin_on_entry(GoldenRow const& row)
{
    Json const& in = row.inputs;
    int const side = side_of(in);
    double const entry = get(in, "ep");
    double const size = in.contains("q") ? get(in, "q") : get(in, "contracts_usd");
    double const value = is_inverse(row) ? size / entry : size * entry;
    double const margin = value / get(in, "leverage") + given_or(in, "extra_margin", 0.0);
    return price_of(one_position(kind_of(row), side * size, entry, entry, margin,
                                 bracket_of(get(in, "mmr"), given_or(in, "mm_deduction", 0.0),
                                            MarginBasis::entry)),
                    side);
}

/// Inverse cross margin of old: the account is worth nothing, closing fee paid, at the bankruptcy
/// price; maintenance margin at entry, and the fee of closing at that price is set aside.
Answers inverse_cross(GoldenRow const& row)
{
    Json const& in = row.inputs;
    int const side = side_of(in);
    double const entry = get(in, "ep");
    double const contracts = get(in, "contracts_usd");
    double const free = get(in, "balance_btc") - given_or(in, "order_margin", 0.0);
    double const fee = get(in, "taker_fee");
    ScheduleConfig only_fee = schedule_of({{0.0, 0.0}});
    only_fee.close_fee_rate = fee;
    double const bankruptcy =
        GoldenBook{one_position(InstrumentKind::inverse_perp, side * contracts, entry, entry, free,
                                only_fee)}
            .liquidation_price("COIN", side);
    double const set_aside = fee * contracts / bankruptcy;
    Answers answers = price_of(
        one_position(InstrumentKind::inverse_perp, side * contracts, entry, entry, free - set_aside,
                     bracket_of(get(in, "mmr"), 0.0, MarginBasis::entry)),
        side);
    answers["bankruptcy"] = bankruptcy;
    return answers;
}

/// Quote that closing `delta` at the price where the account is worth nothing brings. One position.
Answers bankruptcy_quote(GoldenRow const& row)
{
    Json const& in = row.inputs;
    Json const& positions = in.at("positions_sz_px_mmf");
    if (positions.size() != 1)
        throw NotCovered{"a bankruptcy price shared by several positions"};
    double const size = positions[0][0].get<double>();
    double const price = positions[0][1].get<double>();
    // Equity = quote + size x price: entered at the oracle price.
    double const equity = get(in, "quote") + size * price;
    double const at = GoldenBook{one_position(InstrumentKind::linear_perp, size, price, price,
                                              equity, schedule_of({{0.0, 0.0}}))}
                          .liquidation_price("COIN", size > 0.0 ? 1 : -1);
    return {{"bankruptcy_quote_delta", -get(in, "delta") * at}};
}

}  // namespace

std::map<std::string, RuleAdapter> liquidation_price_rules()
{
    return {{"isolated_lp", isolated},
            {"isolated_lp_long", isolated},
            {"isolated_lp_short", isolated},
            {"cross_lp", cross},
            {"cross_lp_long", cross},
            {"cross_lp_short", cross},
            {"isolated_lp_fee_in_denominator", with_closing_fee},
            {"isolated_lp_mm_on_entry", with_margin_on_entry},
            {"cross_bankruptcy_and_lp_long", inverse_cross},
            {"cross_bankruptcy_and_lp_short", inverse_cross},
            {"bankruptcy_price_quote", bankruptcy_quote}};
}

}  // namespace brink::test
