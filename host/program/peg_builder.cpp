// SPDX-License-Identifier: Apache-2.0
#include "host/program/peg_builder.hpp"

#include <cmath>
#include <numbers>

#include "io/config/duration.hpp"
#include "io/config/references.hpp"

namespace brink {
namespace {

constexpr double per_log2 = 1 / std::numbers::ln2;

PegProcess<double> build_peg(PegConfig const& peg, Seconds step)
{
    double const years = step / seconds_per_year;
    PegProcess<double> process{};
    process.keep = std::exp2(-step / peg.half_life);
    process.growth = peg.accrual * years * per_log2;
    process.depegs = peg.depeg_rate * years;
    process.chance = -std::expm1(-process.depegs);
    process.rise = peg.depeg_size * per_log2;
    process.gap_keep =
        peg.depeg_half_life > 0 ? std::exp2(-step / peg.depeg_half_life) : process.keep;
    return process;
}

}  // namespace

double peg_scale(PegConfig const& peg, Seconds step)
{
    // Var d' given d is sigma^2 (1 - exp(-2 kappa dt)) / (2 kappa).
    double const kappa = std::numbers::ln2 / (peg.half_life / seconds_per_year);
    double const keep = std::exp2(-step / peg.half_life);
    return std::sqrt((1 - keep * keep) / (2 * kappa)) * per_log2;
}

void set_peg(WideMarket& market, std::size_t place, Scenario const& scenario,
             std::vector<double> const& factor_row)
{
    AssetConfig const& asset = scenario.assets[place];
    PegConfig const& peg = *asset.peg;
    auto process = build_peg(peg, scenario.run.step);
    process.asset = static_cast<std::int32_t>(place);
    process.reference = -1;
    double par = peg.exchange_rate;
    if (!peg.reference.empty() && peg.reference != scenario.run.numeraire) {
        std::size_t const under = References{"asset", scenario.assets}.index_of(peg.reference);
        process.reference = static_cast<std::int32_t>(under);
        par *= *scenario.assets[under].price;
    }
    process.initial = std::log2(*asset.price / par);

    double const scale = asset.volatility * peg_scale(peg, scenario.run.step);
    for (std::size_t j = 0; j <= place; ++j)
        market.loading[place][j] = scale * factor_row[j];
    market.peg_mask |= 1u << place;
    market.factor_mask |= 1u << place;
    market.is_varying = 1;
    market.pegs[market.num_pegs++] = process;
}

}  // namespace brink
