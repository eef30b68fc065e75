// SPDX-License-Identifier: Apache-2.0
#include "host/program/band_builder.hpp"

#include <fmt/format.h>

#include "models/liquidation/soft_bands.hpp"

namespace brink {
namespace {

/// [debt coin] of equal shares of `coins` in bands that the price has not reached yet.
double value_of_untouched_bands(double amplification, LoanBands<double> const& bands, double coins)
{
    Band const band{0.0, coins / bands.count};
    double value = 0.0;
    for (std::int32_t k = 0; k < bands.count; ++k)
        value += band_value_down(band, band_edges(bands.top, amplification, k), amplification,
                                 2.0 * bands.top);
    return value;
}

}  // namespace

BandTerms make_bands(VenueConfig const& venue)
{
    if (!venue.bands)
        return {};
    // the gap between a band's price and the oracle's grows twice as fast as the latter moves
    return {venue.bands->amplification, venue.bands->fee,
            venue.bands->arbitrage_move.value_or(0.5 * venue.bands->fee), venue.bands->leap};
}

void lay_into_bands(AccountConfig const& account, VenueConfig const& venue,
                    std::vector<CurveDraft> const& curves, std::vector<Asset> const& assets,
                    AccountDraft& draft, Problems& problems)
{
    LoanBands<double>& bands = draft.bands;
    double debt = 0.0;
    for (std::size_t h = 0; h < draft.holdings.size(); ++h) {
        Holding<double> const& holding = draft.holdings[h];
        if (holding.debt > 0.0) {
            bands.debt = holding.asset;
            bands.owed = static_cast<std::int32_t>(h);
            debt = holding.debt;
        } else if (holding.curve >= 0 && holding.balance > 0.0) {
            bands.holding = static_cast<std::int32_t>(h);
            bands.asset = holding.asset;
            bands.ratio = curves[static_cast<std::size_t>(holding.curve)].slabs.front().slope;
        }
    }
    if (bands.debt < 0 || bands.holding < 0)
        return;  // reported by the checks of the account
    double const coins = draft.holdings[static_cast<std::size_t>(bands.holding)].balance;
    BandsConfig const& terms = *venue.bands;
    bands.count = static_cast<std::int32_t>(account.bands > 0 ? account.bands : terms.count);
    double const most =
        coins * band_loan_to_value(terms.amplification, bands.count, terms.loan_discount);
    bands.top = account.band_top.value_or(debt / most);
    bands.value = value_of_untouched_bands(terms.amplification, bands, coins);
    double const price = assets[static_cast<std::size_t>(bands.asset)].opening_price
                         / assets[static_cast<std::size_t>(bands.debt)].opening_price;
    if (account.band_top && bands.top > price)
        problems.add(
            account.at("band_top"),
            fmt::format("{:.10g} is above the price {:.6g}: a loan in its bands holds some "
                        "of the debt's coin already, which an account cannot say",
                        bands.top, price),
            fmt::format("write {:.6g} or less", price));
    if (account.band_top && debt > most * bands.top)
        problems.warn(account.at("band_top"),
                      fmt::format("\"{}\" lends {:.6g} at most against bands from there on, not "
                                  "{:.10g}",
                                  venue.name, most * bands.top, debt));
    if (!account.band_top && bands.top > price)
        problems.add(account.at("loans"),
                     fmt::format("a debt of {:.10g} needs bands from {:.6g} on, above the price "
                                 "{:.6g}: {} bands of \"{}\" lend {:.6g} at most",
                                 debt, bands.top, price, bands.count, venue.name, most * price),
                     "owe less, or use fewer bands");
}

}  // namespace brink
