// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <span>

#include "host/calibrate/correlation_estimate.hpp"
#include "host/calibrate/sample_moments.hpp"
#include "tests/statistical/host/calibrate/known_figures.hpp"

namespace brink::test {
namespace {

using KnownTails = KnownFigures;

/// Figures are given to the last digit written: half of it, and what rounding adds.
constexpr double three_digits = 0.00051, two_digits = 0.0051;

struct KnownHistory {
    char const *asset, *first, *last;
    std::size_t returns;
    double volatility, kurtosis;      ///< the latter corrected for bias
    double low_month, highest_month;  ///< volatility of 30 returns: lowest tenth, largest
    double worst, best, one_percent, one_permille;  ///< simple returns of a day
};

constexpr KnownHistory known_histories[] = {
    {"BTC", "2017-01-01", "2025-06-30", 3102, 0.720, 13.69, 0.351, 2.118, -0.395, 0.272, -0.103,
     -0.154},
    {"ETH", "2017-08-17", "2025-06-30", 2874, 0.904, 11.95, 0.466, 2.585, -0.446, 0.263, -0.129,
     -0.214},
    {"SOL", "2021-01-01", "2025-06-30", 1641, 1.173, 8.35, 0.615, 2.892, -0.422, 0.363, -0.131,
     -0.292},
    {"BNB", "2021-01-01", "2025-06-30", 1641, 0.841, 23.32, 0.347, 2.981, -0.341, 0.703, -0.104,
     -0.216},
    {"XRP", "2020-01-01", "2025-06-30", 2007, 1.055, 19.19, 0.432, 2.698, -0.416, 0.731, -0.127,
     -0.333},
    {"ADA", "2021-01-01", "2025-06-30", 1641, 0.990, 11.00, 0.493, 2.421, -0.268, 0.722, -0.119,
     -0.208},
    {"DOGE", "2021-01-01", "2025-06-30", 1641, 1.458, 125.04, 0.561, 6.409, -0.384, 3.924, -0.142,
     -0.327},
    {"AVAX", "2021-01-01", "2025-06-30", 1641, 1.195, 7.66, 0.607, 2.741, -0.375, 0.713, -0.142,
     -0.237},
    {"LINK", "2020-01-01", "2025-06-30", 2007, 1.092, 9.48, 0.626, 2.831, -0.441, 0.334, -0.138,
     -0.198},
    {"LTC", "2017-12-13", "2025-06-30", 2756, 0.953, 8.68, 0.494, 2.479, -0.385, 0.330, -0.134,
     -0.202},
    {"FTT", "2021-01-01", "2025-06-13", 1313, 1.532, 85.67, 0.673, 6.099, -0.751, 0.967, -0.158,
     -0.495},
    {"LUNA", "2021-01-01", "2022-05-13", 497, 7.780, 322.10, 1.047, 29.943, -1.000, 0.874, -0.396,
     -0.969},
};

/// Quantile with linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
double interpolated_quantile(std::vector<double> values, double p)
{
    std::sort(values.begin(), values.end());
    double const rank = p * static_cast<double>(values.size() - 1);
    auto const below = static_cast<std::size_t>(rank);
    double const above = values[std::min(below + 1, values.size() - 1)];
    return values[below] + (rank - static_cast<double>(below)) * (above - values[below]);
}

/// Annual volatilities of all windows of 30 returns.
std::vector<double> monthly_volatilities(std::vector<double> const& returns)
{
    std::vector<double> found;
    for (std::size_t end = 30; end <= returns.size(); ++end)
        found.push_back(sample_volatility(std::span{returns}.subspan(end - 30, 30)).value
                        * std::sqrt(365));
    return found;
}

/// m4 / m2^2 - 3 made unbiased for normal returns.
double corrected_kurtosis(double kurtosis, double n)
{
    return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * kurtosis + 6);
}

double simple_return(double log_return)
{
    return std::exp(log_return) - 1;
}

TEST_F(KnownTails, OfWholeHistories)
{
    for (KnownHistory const& known : known_histories) {
        SCOPED_TRACE(known.asset);
        Calibration const found = fit({known.asset}, std::string{known.first} + "T00:00:00Z",
                                      std::string{known.last} + "T00:00:00Z");
        ASSERT_EQ(found.assets.size(), 1);
        std::vector<double> const& returns = found.data.returns[0];
        auto const n = static_cast<double>(returns.size());
        auto const months = monthly_volatilities(returns);
        auto const [worst, best] = std::minmax_element(returns.begin(), returns.end());

        EXPECT_EQ(returns.size(), known.returns);
        EXPECT_NEAR(found.assets[0].volatility.value, known.volatility, three_digits);
        EXPECT_NEAR(corrected_kurtosis(found.assets[0].excess_kurtosis, n), known.kurtosis,
                    two_digits);
        EXPECT_NEAR(interpolated_quantile(months, 0.1), known.low_month, three_digits);
        EXPECT_NEAR(*std::max_element(months.begin(), months.end()), known.highest_month,
                    three_digits);
        EXPECT_NEAR(simple_return(*worst), known.worst, three_digits);
        EXPECT_NEAR(simple_return(*best), known.best, three_digits);
        std::vector<double> simple;
        for (double const r : returns)
            simple.push_back(simple_return(r));
        EXPECT_NEAR(interpolated_quantile(simple, 0.01), known.one_percent, three_digits);
        EXPECT_NEAR(interpolated_quantile(simple, 0.001), known.one_permille, three_digits);
    }
}

TEST_F(KnownTails, VolatilityOfEachYearOfEtherAndSolana)
{
    struct KnownYear {
        int year;
        double eth, sol;  ///< 0: no prices yet
    };
    for (KnownYear const& known : {KnownYear{2018, 1.109, 0}, KnownYear{2019, 0.811, 0},
                                   KnownYear{2020, 1.053, 0}, KnownYear{2021, 1.086, 1.601},
                                   KnownYear{2022, 0.874, 1.232}, KnownYear{2023, 0.465, 0.958},
                                   KnownYear{2024, 0.641, 0.820}, KnownYear{2025, 0.804, 0.950}}) {
        std::string const last = known.year == 2025 ? "-06-30T00:00:00Z" : "-12-31T00:00:00Z";
        std::string const from = std::to_string(known.year - 1) + "-12-31T00:00:00Z";
        std::string const to = std::to_string(known.year) + last;

        EXPECT_NEAR(fit({"ETH"}, from, to).assets[0].volatility.value, known.eth, three_digits)
            << known.year;
        if (known.sol > 0) {
            EXPECT_NEAR(fit({"SOL"}, from, to).assets[0].volatility.value, known.sol, three_digits)
                << known.year;
        }
    }
}

TEST_F(KnownTails, BitcoinAndEtherInTheFirstHalfOf2025)
{
    Calibration const found = fit({"BTC", "ETH"}, "2024-12-31T00:00:00Z", "2025-06-30T00:00:00Z");

    EXPECT_NEAR(found.assets[0].volatility.value, 0.466, three_digits);
    EXPECT_NEAR(found.correlation.matrix[0][1], 0.83, two_digits);
}

/// Slope of the regression of `y` on `x`.
double beta_of(std::vector<double> const& y, std::vector<double> const& x)
{
    double const rho = estimate_correlation({x, y}, CorrelationMethod::sample).matrix[0][1];
    return rho * sample_moments(y).sd / sample_moments(x).sd;
}

/// Returns of both where that of `x` is in its worst q.
std::vector<std::vector<double>> worst_of(std::vector<double> const& y,
                                          std::vector<double> const& x, double q)
{
    double const threshold = interpolated_quantile(x, q);
    std::vector<std::vector<double>> found(2);
    for (std::size_t i = 0; i < x.size(); ++i)
        if (x[i] <= threshold) {
            found[0].push_back(y[i]);
            found[1].push_back(x[i]);
        }
    return found;
}

/// P(y in its worst q | x in its worst q).
double tail_dependence(std::vector<double> const& y, std::vector<double> const& x, double q)
{
    double const threshold = interpolated_quantile(y, q);
    std::vector<double> const beside = worst_of(y, x, q)[0];
    auto const both =
        std::count_if(beside.begin(), beside.end(), [&](double r) { return r <= threshold; });
    return static_cast<double>(both) / static_cast<double>(beside.size());
}

TEST_F(KnownTails, BetaAndLowerTailDependenceOnBitcoin)
{
    struct KnownPair {
        char const* asset;
        double beta, worst_beta, dependence_5, dependence_1;
    };
    for (KnownPair const& known :
         {KnownPair{"ETH", 1.08, 1.39, 0.73, 0.71}, KnownPair{"SOL", 1.18, 1.80, 0.49, 0.41},
          KnownPair{"BNB", 0.92, 1.47, 0.63, 0.59}, KnownPair{"XRP", 1.00, 1.65, 0.54, 0.47},
          KnownPair{"ADA", 1.09, 1.13, 0.60, 0.41}, KnownPair{"DOGE", 1.26, 1.54, 0.54, 0.47},
          KnownPair{"AVAX", 1.24, 1.52, 0.51, 0.47}, KnownPair{"LINK", 1.19, 1.65, 0.64, 0.65},
          KnownPair{"LTC", 1.06, 1.46, 0.67, 0.41}}) {
        SCOPED_TRACE(known.asset);
        Calibration const found =
            fit({"BTC", known.asset}, "2021-01-01T00:00:00Z", "2025-06-30T00:00:00Z");
        ASSERT_EQ(found.assets.size(), 2);
        std::vector<double> const &btc = found.data.returns[0], &asset = found.data.returns[1];
        auto const worst = worst_of(asset, btc, 0.05);

        EXPECT_NEAR(found.correlation.matrix[0][1] * found.assets[1].volatility.value
                        / found.assets[0].volatility.value,
                    known.beta, two_digits);
        EXPECT_NEAR(beta_of(worst[0], worst[1]), known.worst_beta, two_digits);
        EXPECT_NEAR(tail_dependence(asset, btc, 0.05), known.dependence_5, two_digits);
        EXPECT_NEAR(tail_dependence(asset, btc, 0.01), known.dependence_1, two_digits);
    }
}

}  // namespace
}  // namespace brink::test
