// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "host/statistics/estimators.hpp"
#include "tests/unit/host/statistics/statistics_fixture.hpp"

namespace brink::test {

/// What many independent runs said about one known number.
class RepeatedRuns {
    double truth_;
    int covered_{0};
    Moments values_;
    Moments errors_;

    static Moments one(double value)
    {
        Moments moments;
        moments.count = 1;
        moments.sum = value;
        return moments;
    }

  public:
    explicit RepeatedRuns(double truth) : truth_{truth} {}

    void add(Estimate const& estimate)
    {
        covered_ += estimate.lo <= truth_ && truth_ <= estimate.hi ? 1 : 0;
        values_.append(one(estimate.value));
        errors_.append(one(estimate.se));
    }

    /// Share of the runs whose interval holds the truth.
    double coverage() const { return covered_ / static_cast<double>(values_.count); }
    /// Stated standard error over the spread that was seen.
    double error_ratio() const { return errors_.mean() / values_.sd(); }
    /// Distance of the mean estimate from what it should be, in standard errors of that mean.
    double distance(double expected) const
    {
        return std::abs(values_.mean() - expected) / values_.se_of_mean();
    }
};

inline std::vector<double> exponential_losses(std::mt19937_64& engine, std::size_t count)
{
    std::vector<double> losses(count);
    for (double& loss : losses)  // 53 random bits, never 0
        loss = -std::log((static_cast<double>(engine() >> 11) + 0.5) * 0x1p-53);
    return losses;
}

inline std::vector<double> lognormal_losses(std::mt19937_64& engine, std::size_t count)
{
    std::normal_distribution<double> normal;
    std::vector<double> losses(count);
    for (double& loss : losses)
        loss = std::exp(normal(engine));
    return losses;
}

/// ES_a of exp(Z) - 1: (sqrt(e) Phi(1 - z_a)) / (1 - a) - 1.
inline double lognormal_shortfall(double z_a, double a)
{
    return std::exp(0.5) * 0.5 * std::erfc((z_a - 1) / std::sqrt(2.0)) / (1 - a) - 1;
}

}  // namespace brink::test
