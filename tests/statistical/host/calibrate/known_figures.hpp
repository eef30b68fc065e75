// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "host/calibrate/calibrate.hpp"
#include "io/config/instant.hpp"
#include "io/market_data/price_history.hpp"

namespace brink::test {

/// Figures of daily closes that were found elsewhere (pandas), to the digits given. Skipped where
/// the price history does not stand beside the checkout.
class KnownFigures : public ::testing::Test {
  protected:
    std::string const file_ = BRINK_SOURCE_DIR "/../shared/data/daily_close.csv";

    void SetUp() override
    {
        if (!std::filesystem::exists(file_))
            GTEST_SKIP() << "no price history beside the checkout";
    }

    Calibration fit(std::vector<std::string> const& assets, std::string const& from,
                    std::string const& to) const
    {
        Problems problems;
        HistorySelection const window{assets, parse_instant(from), parse_instant(to),
                                      *parse_instant("2026-01-01T00:00:00Z")};
        auto const series = read_price_histories({{file_, {}}}, window, problems);
        AlignedReturns data = align_returns(series, problems);
        Calibration calibration = calibrate(std::move(data), {}, problems);
        for (Problem const& problem : problems.problems())
            ADD_FAILURE() << format_problem(problem, "error");
        return calibration;
    }
};

}  // namespace brink::test
