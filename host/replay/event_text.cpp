// SPDX-License-Identifier: Apache-2.0
#include "host/replay/event_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "io/results/number_text.hpp"

namespace brink {
namespace {

/// What an event is about.
enum class Subject { health, nav, silence, coins, position, debt, money, fund };

Subject subject_of(EventKind kind)
{
    switch (kind) {
        case EventKind::called:
        case EventKind::cured:
            return Subject::health;
        case EventKind::liquidated:
        case EventKind::bankrupt:
            return Subject::nav;
        case EventKind::silent:
            return Subject::silence;
        case EventKind::post_requested:
        case EventKind::post_credited:
        case EventKind::swapped:
        case EventKind::balance_sold:
        case EventKind::balance_exchanged:
        case EventKind::debt_repaid:
        case EventKind::collateral_seized:
        case EventKind::band_sold:
        case EventKind::band_bought:
        case EventKind::debt_offset:
        case EventKind::debt_redistributed:
        case EventKind::collateral_redistributed:
        case EventKind::gas_compensated:
            return Subject::coins;
        case EventKind::reduced:
        case EventKind::position_closed:
        case EventKind::position_settled:
        case EventKind::position_taken_over:
            return Subject::position;
        case EventKind::debt_fee_charged:
            return Subject::debt;
        case EventKind::forfeited:
        case EventKind::deficit:
        case EventKind::deposit_lost:
            return Subject::money;
        case EventKind::fund_inflow:
        case EventKind::fund_draw:
        case EventKind::bad_debt:
            return Subject::fund;
    }
    return Subject::money;
}

/// Coins or contracts: six digits, and no fewer than all before the point.
std::string quantity_text(double quantity)
{
    return std::abs(quantity) < 1e5 ? fmt::format("{:.6g}", quantity) : money_text(quantity);
}

/// Costs that are not zero.
std::string cost_text(EventRow const& event)
{
    std::string text;
    if (event.fee != 0)
        text += ", fee " + money_text(event.fee);
    if (event.slippage != 0)
        text += ", slippage " + money_text(event.slippage);
    return text;
}

}  // namespace

std::string event_name(EventKind kind)
{
    switch (kind) {
        case EventKind::called:
            return "called";
        case EventKind::cured:
            return "cured";
        case EventKind::silent:
            return "silent";
        case EventKind::post_requested:
            return "post_requested";
        case EventKind::post_credited:
            return "post_credited";
        case EventKind::reduced:
            return "reduced";
        case EventKind::swapped:
            return "swapped";
        case EventKind::liquidated:
            return "liquidated";
        case EventKind::position_closed:
            return "position_closed";
        case EventKind::position_settled:
            return "position_settled";
        case EventKind::position_taken_over:
            return "position_taken_over";
        case EventKind::debt_fee_charged:
            return "debt_fee_charged";
        case EventKind::balance_sold:
            return "balance_sold";
        case EventKind::balance_exchanged:
            return "balance_exchanged";
        case EventKind::debt_repaid:
            return "debt_repaid";
        case EventKind::collateral_seized:
            return "collateral_seized";
        case EventKind::band_sold:
            return "band_sold";
        case EventKind::band_bought:
            return "band_bought";
        case EventKind::debt_offset:
            return "debt_offset";
        case EventKind::debt_redistributed:
            return "debt_redistributed";
        case EventKind::collateral_redistributed:
            return "collateral_redistributed";
        case EventKind::gas_compensated:
            return "gas_compensated";
        case EventKind::deposit_lost:
            return "deposit_lost";
        case EventKind::forfeited:
            return "forfeited";
        case EventKind::fund_inflow:
            return "fund_inflow";
        case EventKind::deficit:
            return "deficit";
        case EventKind::bankrupt:
            return "bankrupt";
        case EventKind::fund_draw:
            return "fund_draw";
        case EventKind::bad_debt:
            return "bad_debt";
    }
    return {};
}

std::string health_text(double health)
{
    return std::isinf(health) && health > 0 ? "inf" : fmt::format("{:.3f}", health);
}

std::string item_name(PathLedger const& ledger, EventRow const& event)
{
    if (event.item < 0)
        return {};
    auto const idx = static_cast<std::size_t>(event.item);
    switch (subject_of(event.kind)) {
        case Subject::silence: {
            auto const account = static_cast<std::size_t>(event.account);
            auto const owner = static_cast<std::size_t>(ledger.owner_of_accounts.at(account));
            return fmt::format("response {} ({})", idx + 1, ledger.responses.at(owner).at(idx));
        }
        case Subject::position:
            return ledger.names.instruments.at(idx);
        case Subject::fund:
            return ledger.names.venues.at(idx);
        default:
            return ledger.names.assets.at(idx);
    }
}

EventFields event_fields(EventRow const& event)
{
    EventFields fields;
    switch (subject_of(event.kind)) {
        case Subject::health:
            fields.health = event.value;
            return fields;
        case Subject::nav:
            fields.nav = event.value;
            return fields;
        case Subject::silence:
            return fields;
        case Subject::coins:
        case Subject::position:
        case Subject::debt:
            fields.amount = event.amount;
            if (!std::isnan(event.price))
                fields.price = event.price;
            break;
        case Subject::money:
        case Subject::fund:
            break;
    }
    fields.value = event.value;
    fields.fee = event.fee;
    fields.slippage = event.slippage;
    fields.forfeited = event.forfeited;
    return fields;
}

std::string event_text(PathLedger const& ledger, EventRow const& event)
{
    std::string const item = item_name(ledger, event);
    std::string const value = money_text(event.value);
    std::string const coins =
        fmt::format("{} {} worth {}", quantity_text(event.amount), item, value);
    std::string const contracts =
        fmt::format("{} {} at {}, notional {}", quantity_text(event.amount), item,
                    quantity_text(event.price), value);
    switch (event.kind) {
        case EventKind::called:
            return fmt::format("margin call at health {}", health_text(event.value));
        case EventKind::cured:
            return fmt::format("healthy again at {}", health_text(event.value));
        case EventKind::silent:
            return fmt::format("no answer from {}", item);
        case EventKind::post_requested:
            return fmt::format("sends {}{}", coins, cost_text(event));
        case EventKind::post_credited:
            return fmt::format("credited with {}", coins);
        case EventKind::reduced:
            return fmt::format("closes {}{}", contracts, cost_text(event));
        case EventKind::swapped:
            return fmt::format("swaps {}{}", coins, cost_text(event));
        case EventKind::liquidated:
            return fmt::format("liquidation at nav {}", value);
        case EventKind::position_closed:
            return fmt::format("liquidated {}{}", contracts, cost_text(event));
        case EventKind::position_settled:
            return fmt::format("expired {}", contracts);
        case EventKind::position_taken_over:
            return fmt::format("taken over {}", contracts);
        case EventKind::debt_fee_charged:
            return fmt::format("debt of {}{}", coins, cost_text(event));
        case EventKind::balance_sold:
            return fmt::format("sold by force {}{}", coins, cost_text(event));
        case EventKind::balance_exchanged:
            return fmt::format("exchanged by the venue {}{}", coins, cost_text(event));
        case EventKind::debt_repaid:
            return fmt::format("repaid for the account {}", coins);
        case EventKind::collateral_seized:
            return fmt::format("seized {}, of it bonus {}", coins, money_text(event.fee));
        case EventKind::band_sold:
            return fmt::format("bands sell {}{}", coins, cost_text(event));
        case EventKind::band_bought:
            return fmt::format("bands buy back {}{}", coins, cost_text(event));
        case EventKind::debt_offset:
            return fmt::format("the pool repays {}", coins);
        case EventKind::debt_redistributed:
            return fmt::format("the other borrowers take over a debt of {}", coins);
        case EventKind::collateral_redistributed:
            return fmt::format("and for it {}, of it more than the debt {}", coins,
                               money_text(event.fee));
        case EventKind::gas_compensated:
            return fmt::format("gas is paid with {}", coins);
        case EventKind::deposit_lost:
            return fmt::format("deposit for gas lost, {}", value);
        case EventKind::forfeited:
            return fmt::format("forfeits {} to the fund", money_text(event.forfeited));
        case EventKind::fund_inflow:
            return fmt::format("fund of {} receives {}", item, value);
        case EventKind::deficit:
            return fmt::format("deficit of {}", value);
        case EventKind::bankrupt:
            return fmt::format("bankrupt at nav {}", value);
        case EventKind::fund_draw:
            return fmt::format("fund of {} pays {} of the deficit", item, value);
        case EventKind::bad_debt:
            return fmt::format("bad debt of {} stays with {}", value, item);
    }
    return {};
}

}  // namespace brink
