// SPDX-License-Identifier: Apache-2.0
// Published fees of liquidations, what covers a shortage, and the margin of open orders.
#include "models/liquidation/fees.hpp"
#include "models/liquidation/seizure.hpp"
#include "models/margin/order_margin.hpp"
#include "tests/golden/golden_rules.hpp"

#include <algorithm>

namespace brink::test {
namespace {

double optional_number(Json const& in, char const* key, double fallback)
{
    return in.contains(key) && in.at(key).is_number() ? get(in, key) : fallback;
}

Answers perp_insurance_fee(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const price = get(in, "oracle") * optional_number(in, "quote_oracle", 1.0);
    return {{"if_fee", freed_margin_fee(get(in, "max_if_fee"), get(in, "margin_ratio"),
                                        get(in, "liquidator_fee"), get(in, "shortage"),
                                        get(in, "base") * price)}};
}

/// Times in slots, so that the growth is per slot.
Answers time_ramped_fee(GoldenRow const& row)
{
    Json const& in = row.inputs;
    FeeRamp const ramp{get(in, "per_slot"), get(in, "max_fee"), get(in, "grace_slots")};
    return {{"fee", ramped_fee(get(in, "base_fee"), ramp, get(in, "slots_elapsed"))}};
}

Answers liability_transfer(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const taken = get(in, "asset_weight") * get(in, "asset_mult") / get(in, "liab_mult");
    return {{"liability_transfer", repaid_to_cover(get(in, "shortage"), get(in, "liab_weight"),
                                                   taken, optional_number(in, "if_fee", 0.0))
                                       / get(in, "liab_px")}};
}

/// Orders of one side against a position that they would close. Sizes are in units of
/// 1 / position_factor.
Answers isolated_order_margin(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const side = row.rule.ends_with("_buy") ? 1.0 : -1.0;
    double const unit = 1.0 / optional_number(in, "position_factor", 1.0);
    std::vector<RestingOrder> orders;
    for (Json const& order : in.at("orders_sz_px"))
        orders.push_back({side * order[0].get<double>() * unit, order[1].get<double>()});
    std::stable_sort(orders.begin(), orders.end(),
                     [side](RestingOrder const& a, RestingOrder const& b) {
                         return side * a.price > side * b.price;
                     });
    double const position = -side * get(in, "opposing_position") * unit;
    return {{"order_margin", order_margin(orders.data(), static_cast<std::int32_t>(orders.size()),
                                          position, get(in, "margin_factor"))}};
}

}  // namespace

std::map<std::string, RuleAdapter> fee_rules()
{
    return {{"perp_insurance_fee", perp_insurance_fee},
            {"time_ramped_liq_fee", time_ramped_fee},
            {"liability_transfer_to_cover_shortage", liability_transfer},
            {"isolated_order_margin_buy", isolated_order_margin},
            {"isolated_order_margin_sell", isolated_order_margin}};
}

}  // namespace brink::test
