// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/core/pick.hpp"
#include "models/path/program.hpp"

BRINK_BEGIN_ISA

/// [numeraire] that collateral in bands counts for: what it becomes on the way down after the
/// discount, and what the price stands above the first band (curvefi/curve-stablecoin@cf1d05f,
/// controller.vy health, full). \param source, price as those of AccountAssessor
template<int N, class F, class Source, class Prices>
BRINK_FN F value_in_bands(Account<value_t<F>> const& account, Source const& source,
                          Prices const& price)
{
    using T = value_t<F>;
    LoanBands<T> const& bands = account.bands;
    F const coin = pick<N>(price, bands.debt);
    F const above = vmax(pick<N>(price, bands.asset) - F(bands.top) * coin, F(T(0)));
    return madd(source.held(bands.holding).balance, above,
                F(bands.ratio) * source.band_value() * coin);
}

BRINK_END_ISA
