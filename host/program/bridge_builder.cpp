// SPDX-License-Identifier: Apache-2.0
#include "host/program/bridge_builder.hpp"

namespace brink {
namespace {

/// Whether a step of the model is normal, with the volatility in force, but for jumps.
bool is_bridged(MarginalModel model)
{
    switch (model) {
        case MarginalModel::gbm:
        case MarginalModel::student_t:
        case MarginalModel::merton:
        case MarginalModel::kou:
            return true;
        case MarginalModel::fixed:
        case MarginalModel::heston:
        case MarginalModel::gjr_garch:
        case MarginalModel::peg:
        case MarginalModel::historical:
            break;
    }
    return false;
}

}  // namespace

std::vector<double> build_bridge(Scenario const& scenario, WideMarket const& market)
{
    if (!scenario.run.bridge)
        return {};
    std::size_t const n = scenario.assets.size();
    std::vector<double> covariance(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        MarginalModel const model = model_in_force(scenario.assets[i], scenario.market);
        for (std::size_t j = 0; j <= i; ++j) {
            bool const both = is_bridged(model)
                              && is_bridged(model_in_force(scenario.assets[j], scenario.market));
            double sum = 0.0;
            for (std::size_t f = 0; both && f <= j; ++f)
                sum += market.loading[i][f] * market.loading[j][f];
            covariance[i * n + j] = covariance[j * n + i] = sum;
        }
    }
    return covariance;
}

}  // namespace brink
