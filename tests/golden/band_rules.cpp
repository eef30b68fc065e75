// SPDX-License-Identifier: Apache-2.0
// Published and derived numbers of a lending market maker: bands, values, health, shares.
#include "models/liquidation/soft_bands.hpp"
#include "tests/golden/golden_rules.hpp"

namespace brink::test {
namespace {

double amount_or(Json const& in, char const* key, double fallback)
{
    return in.contains(key) ? get(in, key) : fallback;
}

BandEdges edges_of(Json const& in)
{
    return band_edges(get(in, "base_price"), get(in, "A"),
                      static_cast<std::int32_t>(amount_or(in, "n", 0)));
}

Answers band_edge_prices(GoldenRow const& row)
{
    Json const& in = row.inputs;
    BandEdges const edges = edges_of(in);
    Answers answers{{"p_oracle_up", edges.up}, {"p_oracle_down", edges.down}};
    if (in.contains("p_oracle")) {
        BandEdges const traded = traded_between(edges, get(in, "p_oracle"));
        answers["p_current_up"] = traded.up;
        answers["p_current_down"] = traded.down;
    }
    return answers;
}

Band band_of(Json const& in)
{
    return {amount_or(in, "x_stable", 0), amount_or(in, "y_coll", 0)};
}

Answers value_down(GoldenRow const& row)
{
    Json const& in = row.inputs;
    return {
        {"x_down", band_value_down(band_of(in), edges_of(in), get(in, "A"), get(in, "p_oracle"))}};
}

Answers invariant_of_band(GoldenRow const& row)
{
    Json const& in = row.inputs;
    Band const band = band_of(in);
    BandCurve const curve = band_curve(band, edges_of(in), get(in, "A"), get(in, "p_oracle"));
    return {{"y0", curve.y0},
            {"f", curve.f},
            {"g", curve.g},
            {"Inv", curve.invariant},
            {"invariant", curve.invariant},
            {"price", (curve.f + band.stable) / (curve.g + band.collateral)},
            {"p_amm", (curve.f + band.stable) / (curve.g + band.collateral)}};
}

Answers equilibrium_of_band(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const oracle = get(in, "p_oracle");
    Band const after = band_at(band_curve(band_of(in), edges_of(in), get(in, "A"), oracle), oracle);
    return {{"x_o", after.stable}, {"y_o", after.collateral}};
}

Answers share_removed(GoldenRow const& row)
{
    return {{"f_remove", removed_share(get(row.inputs, "frac"), get(row.inputs, "health_limit"))}};
}

Answers health_of_bands(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double health = band_health(get(in, "x_down"), get(in, "debt"), get(in, "liq_discount"));
    if (in.contains("p_oracle") && in.contains("p_up"))  // "full"
        health += vmax(0.0, get(in, "p_oracle") - get(in, "p_up")) * amount_or(in, "y_coll", 0)
                  / get(in, "debt");
    return {{"health", health}, {"hard_liquidatable", health < 0.0 ? 1.0 : 0.0}};
}

Answers largest_loan(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const ltv = band_loan_to_value(get(in, "A"), static_cast<std::int32_t>(get(in, "N")),
                                          get(in, "loan_discount"));
    return {{"max_ltv", ltv}, {"LTV", ltv}, {"max_LTV", ltv}};
}

}  // namespace

std::map<std::string, RuleAdapter> band_rules()
{
    return {{"crvUSD LLAMMA/band edges", band_edge_prices},
            {"crvUSD LLAMMA/value if traded down adiabatically", value_down},
            {"crvUSD LLAMMA/invariant*", invariant_of_band},
            {"crvUSD LLAMMA/in-band*", equilibrium_of_band},
            {"crvUSD LLAMMA/partial liquidation removed share", share_removed},
            {"crvUSD LLAMMA/health*", health_of_bands},
            {"crvUSD LLAMMA/max LTV*", largest_loan}};
}

}  // namespace brink::test
