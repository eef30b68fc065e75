// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/core_workload.hpp"

#include <cmath>
#include <numbers>

#include "models/market/price_range.hpp"

namespace brink {

inline namespace isa_v3 {
extern bench::CoreEngine const core_engine;
}
inline namespace isa_v4 {
extern bench::CoreEngine const core_engine;
}

namespace bench {
namespace {

constexpr int n = core_num_assets;
constexpr double step_years = 1.0 / (365.0 * 288.0);
constexpr double volatility[n] = {0.6, 0.8, 0.9, 0.02};  // annual
constexpr double correlation[n][n] = {
    {1.0, 0.8, 0.7, 0.05}, {0.8, 1.0, 0.75, 0.05}, {0.7, 0.75, 1.0, 0.05}, {0.05, 0.05, 0.05, 1.0}};
constexpr double balance_usd[n] = {3e5, 4e5, 2e5, 5e5};
constexpr double position_usd[n] = {2e6, -1.5e6, 1e6, 0.0};
constexpr double debt_usd = 1.22e6;
constexpr double collateral_ratio[3] = {0.95, 0.9, 0.8}, collateral_floor_usd[3] = {0, 2.5e5, 5e5};
constexpr double margin_rate[5] = {0.004, 0.005, 0.01, 0.025, 0.05};
constexpr double margin_floor_usd[5] = {0, 5e4, 2.5e5, 1e6, 5e6};

template<class T>
void fill_market(MarketView<T, n>& market)
{
    double factor[n][n] = {};
    for (int i = 0; i < n; ++i) {
        double const scale = volatility[i] * std::sqrt(step_years) * std::numbers::log2e;
        for (int j = 0; j <= i; ++j) {
            double sum = correlation[i][j];
            for (int k = 0; k < j; ++k)
                sum -= factor[i][k] * factor[j][k];
            factor[i][j] = i == j ? std::sqrt(sum) : sum / factor[j][j];
            market.loading[i][j] = static_cast<T>(factor[i][j] * scale);
        }
        double const half_variance =
            0.5 * volatility[i] * volatility[i] * step_years * std::numbers::log2e;
        market.initial_price[i] = T(1);
        market.half_variance[i] = static_cast<T>(half_variance);
        market.net_drift[i] = static_cast<T>(-half_variance);
    }
    market.factor_mask = (1u << n) - 1u;
    market.is_bounded = stays_in_range(market, core_num_steps) ? 1u : 0u;
}

template<class T>
void fill_account(CoreAccount<T>& account)
{
    account.base = static_cast<T>(-debt_usd);
    for (int i = 0; i < n; ++i) {
        double kept = 0.0;  // what lower tiers count above this tier's ratio
        for (int k = 0; k < 3; ++k) {
            if (k > 0)
                kept += collateral_floor_usd[k] * (collateral_ratio[k - 1] - collateral_ratio[k]);
            account.equity_slope[i][k] =
                static_cast<T>(collateral_ratio[k] * balance_usd[i] + position_usd[i]);
            account.equity_offset[i][k] = static_cast<T>(kept - position_usd[i]);
        }
        double deduction = 0.0;
        for (int k = 0; k < 5; ++k) {
            if (k > 0)
                deduction += margin_floor_usd[k] * (margin_rate[k] - margin_rate[k - 1]);
            account.margin_slope[i][k] = static_cast<T>(margin_rate[k] * std::abs(position_usd[i]));
            account.margin_offset[i][k] = static_cast<T>(-deduction);
        }
    }
}

}  // namespace

template<class T>
CoreWorkload<T> make_core_workload()
{
    CoreWorkload<T> workload{};
    fill_market(workload.market);
    fill_account(workload.account);
    return workload;
}
template CoreWorkload<float> make_core_workload<float>();
template CoreWorkload<double> make_core_workload<double>();

CoreEngines core_engines()
{
    bool const has_v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                        && __builtin_cpu_supports("bmi2");
    bool const has_v4 = has_v3 && __builtin_cpu_supports("avx512f")
                        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
                        && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512vl");
    return {has_v3 ? &isa_v3::core_engine : nullptr, has_v4 ? &isa_v4::core_engine : nullptr};
}

}  // namespace bench
}  // namespace brink
