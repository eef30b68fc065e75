// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/elementary.hpp"
#include "models/margin/oracle.hpp"
#include "models/path/program.hpp"

BRINK_BEGIN_ISA

/// Prices as venues see them at step k of a path: `post(k, prices)` writes the row of each oracle
/// from the market prices of that step, and keeps its state in Workspace::carry. At t_0 an oracle
/// stands at what it reads. Owner of the fields: the workspace.
template<class F>
class OracleStep {
    using T = value_t<F>;

    Entries<Oracle<T>> oracles_;
    LaneFields<double> carry_;

  public:
    template<class U>
    BRINK_FN OracleStep(Program<U> const& program, Tables tables, LaneFields<double> carry)
        : oracles_{tables[program.oracles]}, carry_{carry}
    {}

    /// \param k each step in its turn, from 0 \param prices [numeraire] of the assets, and rows to
    /// write
    BRINK_FN void operator()(std::int32_t k, F* prices) const
    {
        for (Oracle<T> const& oracle : oracles_)
            prices[oracle.row] =
                k == 0 ? open(oracle, read(oracle, 0, prices)) : advance(oracle, k, prices);
    }

    /// [numeraire] what an oracle reads at step k.
    static BRINK_FN F read(Oracle<T> const& oracle, std::int32_t k, F const* prices)
    {
        F const source = oracle.source < 0 ? F(T(1)) : prices[oracle.source];
        if (oracle.is_reference == 0)
            return source;
        return source * F(static_cast<T>(oracle.rate * exp2_(oracle.rate_growth * k)));
    }

  private:
    BRINK_FN F open(Oracle<T> const& oracle, F price) const
    {
        OracleFields const fields{oracle.first_field};
        keep(oracle, {price, F(T(0)), price});
        for (std::int32_t i = 0; i < oracle.delay_steps; ++i)
            store_as_double(price, carry_.field(fields.posted_at(i, oracle.delay_steps)));
        return price;
    }

    /// \return the price that counts at step k
    BRINK_FN F advance(Oracle<T> const& oracle, std::int32_t k, F const* prices) const
    {
        OracleFields const fields{oracle.first_field};
        OracleState<F> const before{kept(fields.posted()), kept(fields.age()),
                                    kept(fields.average())};
        OracleState<F> const now =
            post_price(oracle, before, read(oracle, k, prices), most(oracle, k, prices));
        keep(oracle, now);
        if (oracle.delay_steps == 0)
            return now.posted;
        std::int32_t const place = fields.posted_at(k, oracle.delay_steps);
        F const counts = kept(place);
        store_as_double(now.posted, carry_.field(place));
        return counts;
    }

    static BRINK_FN F most(Oracle<T> const& oracle, std::int32_t k, F const* prices)
    {
        F const base = oracle.base < 0 ? F(T(1)) : prices[oracle.base];
        return base * F(static_cast<T>(oracle.cap * (1.0 + oracle.cap_growth * k)));
    }

    BRINK_FN F kept(std::int32_t field) const { return load_narrow<F>(carry_.field(field)); }
    BRINK_FN void keep(Oracle<T> const& oracle, OracleState<F> const& state) const
    {
        OracleFields const fields{oracle.first_field};
        store_as_double(state.posted, carry_.field(fields.posted()));
        store_as_double(state.age, carry_.field(fields.age()));
        store_as_double(state.average, carry_.field(fields.average()));
    }
};

BRINK_END_ISA
