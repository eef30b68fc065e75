// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "kernels/group_executor.hpp"

namespace brink {

namespace {

/// Compares tables of two programs by what stands in them.
template<class T>
class LookComparison {
    Program<T> const& p_;
    Program<T> const& q_;

  public:
    LookComparison(Program<T> const& p, Program<T> const& q) : p_{p}, q_{q} {}

    bool operator()() const
    {
        return same_clock() && same(p_.exact_accounts, q_.exact_accounts) && same_accounts()
               && same_rules() && same(p_.carry_slots, q_.carry_slots)
               && same(p_.carry_factors, q_.carry_factors) && same(p_.regimes, q_.regimes)
               && same(p_.oracles, q_.oracles) && same(p_.bridge, q_.bridge)
               && same_by(p_.instruments, q_.instruments, seen_of_instrument)
               && same_by(p_.venues, q_.venues, [](Venue const& venue) { return venue.exchange; })
               && same_by(p_.owners, q_.owners, [](Owner const& owner) {
                      return std::pair{owner.first_account, owner.num_accounts};
                  });
    }

  private:
    template<class Entry, class Seen>
    bool same_by(Slice<Entry> a, Slice<Entry> b, Seen seen) const
    {
        Entries<Entry> const x = p_.tables[a], y = q_.tables[b];
        return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                          [&](Entry const& i, Entry const& j) { return seen(i) == seen(j); });
    }
    template<class Entry>
    bool same(Slice<Entry> a, Slice<Entry> b) const
    {
        return same_by(a, b, [](Entry const& entry) -> Entry const& { return entry; });
    }
    /// The tables behind entries: those of entry i by `match(a, b)`.
    template<class Entry, class Match>
    bool same_behind(Slice<Entry> a, Slice<Entry> b, Match match) const
    {
        Entries<Entry> const x = p_.tables[a], y = q_.tables[b];
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), match);
    }

    bool same_clock() const
    {
        auto const clock = [](Program<T> const& p) {
            return std::tuple{p.num_assets,    p.step_seconds, p.as_of,
                              p.mirror_fields, p.carry_fields, p.first_contract_field,
                              p.fan_stride,    p.fan_times,    p.num_account_scopes,
                              p.searches_grids};
        };
        return clock(p_) == clock(q_);
    }

    bool same_accounts() const
    {
        auto const match = [&](auto const& a, auto const& b) {
            return same(a.holdings, b.holdings) && same(a.positions, b.positions)
                   && same(a.carry_terms, b.carry_terms);
        };
        return same(p_.accounts, q_.accounts) && same_behind(p_.accounts, q_.accounts, match)
               && same_behind(p_.exact_accounts, q_.exact_accounts, match);
    }

    bool same_rules() const
    {
        RulesView<T> const &a = p_.rules, &b = q_.rules;
        return same(a.curves, b.curves)
               && same_behind(a.curves, b.curves,
                              [&](auto const& x, auto const& y) { return same(x.slabs, y.slabs); })
               && same(a.schedules, b.schedules)
               && same_behind(a.schedules, b.schedules,
                              [&](auto const& x, auto const& y) { return same(x.tiers, y.tiers); })
               && same(a.ladders, b.ladders) && same(a.contracts, b.contracts)
               && same(a.grids, b.grids)
               && same_behind(a.grids, b.grids,
                              [&](auto const& x, auto const& y) { return same_grid(x, y); });
    }

    bool same_grid(ScenarioGrid<T> const& a, ScenarioGrid<T> const& b) const
    {
        return same(a.scenarios, b.scenarios) && same(a.spots, b.spots)
               && same(a.contingencies, b.contingencies)
               && same_behind(a.contingencies, b.contingencies, [&](auto const& x, auto const& y) {
                      return same(x.scaling, y.scaling);
                  });
    }

    /// Without what trading it costs, and its own rate, which the accounts' carry terms have.
    static auto seen_of_instrument(Instrument const& i)
    {
        return std::tuple{i.payoff,   i.asset_a,    i.asset_b,     i.settlement_asset,
                          i.schedule, i.carry_slot, i.moving_slot, i.base,
                          i.contract, i.is_option,  i.expiry};
    }
};

}  // namespace

template<class T>
bool same_look(ProgramInput<T> const& a, ProgramInput<T> const& b)
{
    return same_market(a, b) && LookComparison<T>{a.program, b.program}();
}

template bool same_look(ProgramInput<float> const&, ProgramInput<float> const&);
template bool same_look(ProgramInput<double> const&, ProgramInput<double> const&);

}  // namespace brink
