// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/statistical/host/statistics/repeated_runs.hpp"

namespace brink {
namespace {

using test::feed;
using test::levels;
using test::loss_spec;
using test::named;
using test::RepeatedRuns;

TEST(LongCoverage, LognormalShortfallIntervalsCoverWithAThousandTailPaths)
{
    constexpr int runs = 1'000;
    constexpr std::uint64_t paths = 100'000;
    OutcomeSpec spec = loss_spec(paths);
    spec.levels = levels({"0.99"});
    RepeatedRuns es(test::lognormal_shortfall(2.3263478740408408, 0.99) + 1);
    RepeatedRuns var(std::exp(2.3263478740408408));
    std::mt19937_64 engine(1);

    for (int run = 0; run < runs; ++run) {
        OutcomeStatistics statistics(spec);
        feed(statistics, test::lognormal_losses(engine, paths));
        auto const list = statistics.estimates();
        es.add(named(list, "es_0.99"));
        var.add(named(list, "var_0.99"));
    }

    double const share = 4 * std::sqrt(0.95 * 0.05 / runs);
    double const spread = 4 / std::sqrt(2.0 * runs);
    // Skewness of (x - VaR)+ is about 60 here, so the second Edgeworth term takes at most 1 % off;
    // the spacing estimate of VaR's density looks 6 % of the tail to each side and is off by its
    // square.
    EXPECT_NEAR(es.coverage(), 0.945, share + 0.005);
    EXPECT_NEAR(var.coverage(), 0.95, share + 0.005);
    EXPECT_NEAR(es.error_ratio(), 1, spread + 0.02);
    EXPECT_NEAR(var.error_ratio(), 1, spread + 0.01);
}

}  // namespace
}  // namespace brink
