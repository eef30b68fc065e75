// SPDX-License-Identifier: Apache-2.0
// Keys of [[owner]] and [[account]] and their sub-tables.
#include "io/config/config_tables.hpp"
#include "io/config/config_words.hpp"

namespace brink {
namespace {

constexpr Range position_leverage_range{0, 1'000, true};
constexpr Range loan_rate_range{-1, 100};

}  // namespace

void visit_keys(TableVisitor& visitor, OwnerConfig& owner)
{
    visitor.text("name", owner.name, Need::required);
    visitor.amounts("reserve", owner.reserve, not_negative);
    visitor.tables("response", owner.response);
}

void visit_keys(TableVisitor& visitor, ResponseConfig& response)
{
    visitor.choice("action", response.action, Need::required);
    visitor.text("asset", response.asset, Need::optional);
    visitor.text("from", response.from, Need::optional);
    visitor.number("probability", response.probability, fraction, Need::optional);
    visitor.delay("delay", response.delay);
    visitor.windows("outages", response.outages);
    visitor.number("target_health", response.target_health, positive, Need::required);
    visitor.number("fee", response.fee, {0, 1, false, true}, Need::optional);
    visitor.number("slippage", response.slippage, {0, 1, false, true}, Need::optional);
    visitor.maybe_number("limit", response.limit, positive);
}

void visit_keys(TableVisitor& visitor, AccountConfig& account)
{
    visitor.text("name", account.name, Need::required);
    visitor.text("owner", account.owner, Need::optional);
    visitor.text("venue", account.venue, Need::required);
    visitor.choice("mode", account.mode);
    visitor.amounts("balances", account.balances, any_number);
    visitor.tables("positions", account.positions);
    visitor.tables("loans", account.loans);
    visitor.count("bands", account.bands, {0, max_bands_of_loan});
    visitor.maybe_number("band_top", account.band_top, positive);
    visitor.flag("named", account.named);
    visitor.labels("groups", account.groups);
}

void visit_keys(TableVisitor& visitor, PositionConfig& position)
{
    visitor.text("instrument", position.instrument, Need::required);
    visitor.number("size", position.size, any_number, Need::required);
    visitor.maybe_number("entry_price", position.entry_price, positive);
    visitor.maybe_number("leverage", position.leverage, position_leverage_range);
    visitor.maybe_number("margin", position.margin, not_negative);
}

void visit_keys(TableVisitor& visitor, LoanConfig& loan)
{
    visitor.text("asset", loan.asset, Need::required);
    visitor.number("amount", loan.amount, positive, Need::required);
    visitor.maybe_number("rate", loan.rate, loan_rate_range);
}

}  // namespace brink
