// SPDX-License-Identifier: Apache-2.0
#include "host/program/opening_values.hpp"

#include <algorithm>

#include "models/path/owner_step.hpp"

namespace brink {
namespace {

using WideEvent = PathEvent<max_assets>;

template<class T>
WideEvent open_event(Program<T> const& program, double const (&prices)[max_assets],
                     std::vector<double>& record, std::vector<double>& carry)
{
    Tables const tables = program.tables;
    WideEvent event{tables,
                    tables[program.assets],
                    tables[program.instruments],
                    tables[program.venues],
                    tables[program.exact_accounts],
                    AccountAssessor<max_assets, double>{program, program.exact_rules},
                    program.key,
                    program.replicate,
                    0,
                    0,
                    0.0,
                    program.as_of,
                    1.0,
                    0,
                    {},
                    {},
                    LaneFields<double>{record.data(), 1},
                    LaneFields<double>{carry.data(), 1},
                    nullptr};
    std::copy(std::begin(prices), std::end(prices), event.price);
    return event;
}

double owed_value(WideEvent const& event, std::int32_t account)
{
    double const nav = event.net_asset_value(event.state(account));
    return event.venue_of(account).recourse != 0 ? nav : std::max(nav, 0.0);
}

void add_account(WideEvent const& event, std::int32_t a, OpeningValues& values)
{
    AccountState const state = event.state(a);
    Ladder<double> const& ladder = event.ladder_of(a);
    Assessment<double> const now = event.assess(state.account(), state, event.price);
    values.nav_of_accounts.push_back(owed_value(event, a));
    values.health.push_back(health_of(now));
    values.called.push_back(breaches(ladder, now, call_level(ladder, now)));
    values.liquidatable.push_back(breaches(ladder, now, liquidation_level(ladder, now)));
}

}  // namespace

template<class T>
OpeningValues open_accounts(Program<T> const& program, double const (&prices)[max_assets])
{
    std::vector<double> record(static_cast<std::size_t>(program.record_fields), 0.0);
    std::vector<double> carry(static_cast<std::size_t>(2 * program.carry_slots.size), 0.0);
    WideEvent event = open_event(program, prices, record, carry);
    OpeningValues values;
    for (Owner const& owner : program.tables[program.owners]) {
        OwnerStep<max_assets> const step{event, owner, program.num_assets};
        step.open();
        double value = step.value_outside_accounts();
        for (std::int32_t i = 0; i < owner.num_accounts; ++i) {
            add_account(event, owner.first_account + i, values);
            value += values.nav_of_accounts.back();
        }
        values.value_of_owners.push_back(value);
    }
    return values;
}

template OpeningValues open_accounts<float>(Program<float> const&, double const (&)[max_assets]);
template OpeningValues open_accounts<double>(Program<double> const&, double const (&)[max_assets]);

}  // namespace brink
