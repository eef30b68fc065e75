// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/market/market_memory.hpp"
#include "tests/unit/models/lane_probe.hpp"

namespace brink::testing {

/// Bounds are k = 5 standard errors: one false alarm in 1.7 million per comparison.
inline constexpr double k = 5;

/// Log returns (natural) of many paths over the horizon: `returns[asset][path]`.
struct PathSample {
    std::vector<std::vector<double>> returns;
    std::vector<std::vector<double>> memory;  ///< at the horizon, [MarketLayout::size()][path]

    std::size_t size() const { return returns[0].size(); }
};

/// Walks paths 0 ... num_paths - 1 on the v3 lanes.
inline PathSample sample_paths(MarketView<float, probe_assets> const& market, RandomKey key,
                               std::size_t num_paths, int num_steps,
                               MarketTables<float> const& tables = {})
{
    auto const& table = isa_v3::lane_probe.float_twin;
    auto const lanes = static_cast<std::size_t>(table.lanes);
    std::vector<float> log_price(probe_assets * lanes), price(probe_assets * lanes),
        multiplier(lanes);
    auto const fields = static_cast<std::size_t>(MarketLayout{market}.size());
    std::vector<float> memory(fields * lanes + 1);
    PathSample sample{std::vector<std::vector<double>>(probe_assets),
                      std::vector<std::vector<double>>(fields)};
    for (std::size_t first = 0; first < num_paths; first += lanes) {
        table.walk(market, tables, key, first, num_steps, log_price.data(), price.data(),
                   multiplier.data(), memory.data());
        for (std::size_t f = 0; f < fields; ++f)
            for (std::size_t l = 0; l < lanes; ++l)
                sample.memory[f].push_back(memory[f * lanes + l]);
        for (std::size_t i = 0; i < probe_assets; ++i)
            for (std::size_t l = 0; l < lanes; ++l)
                sample.returns[i].push_back(log_price[i * lanes + l] * 0.693147180559945309);
    }
    return sample;
}

inline double mean_of(std::vector<double> const& x)
{
    double sum = 0;
    for (double v : x)
        sum += v;
    return sum / static_cast<double>(x.size());
}

/// Mean of the product of powers of centred values.
inline double central_moment(std::vector<double> const& x, int power)
{
    double const mean = mean_of(x);
    double sum = 0;
    for (double v : x)
        sum += std::pow(v - mean, power);
    return sum / static_cast<double>(x.size());
}

inline double correlation_of(std::vector<double> const& x, std::vector<double> const& y)
{
    double const mean_x = mean_of(x), mean_y = mean_of(y);
    double sum = 0;
    for (std::size_t p = 0; p < x.size(); ++p)
        sum += (x[p] - mean_x) * (y[p] - mean_y);
    return sum / static_cast<double>(x.size())
           / std::sqrt(central_moment(x, 2) * central_moment(y, 2));
}

/// An estimate with its standard error.
struct Estimated {
    double value, standard_error;
};

/// Mean of f over the sample, with the standard error of a mean.
template<class Function>
Estimated estimate_mean(std::vector<double> const& x, Function const& f)
{
    double sum = 0, squares = 0;
    for (double v : x) {
        double const y = f(v);
        sum += y;
        squares += y * y;
    }
    auto const n = static_cast<double>(x.size());
    double const mean = sum / n;
    return {mean, std::sqrt((squares / n - mean * mean) / n)};
}

/// Mean of statistic(batch) over 100 batches of the sample, its error from their scatter: for
/// statistics whose own error formula is not at hand.
template<class Statistic>
Estimated estimate_by_batches(std::vector<double> const& x, Statistic const& statistic)
{
    constexpr std::size_t num_batches = 100;
    std::size_t const size = x.size() / num_batches;
    std::vector<double> values;
    for (std::size_t b = 0; b < num_batches; ++b)
        values.push_back(statistic(
            std::vector<double>(x.begin() + static_cast<std::ptrdiff_t>(b * size),
                                x.begin() + static_cast<std::ptrdiff_t>((b + 1) * size))));
    return {mean_of(values), std::sqrt(central_moment(values, 2) / (num_batches - 1))};
}

}  // namespace brink::testing
