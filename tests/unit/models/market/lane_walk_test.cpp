// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "host/run/copula_fit.hpp"
#include "host/run/mixing_fit.hpp"
#include "models/market/narrow_market.hpp"
#include "models/market/path_stepper.hpp"
#include "tests/support/market_samples.hpp"
#include "tests/unit/models/probe_suite.hpp"

namespace brink::testing {
namespace {

constexpr int n = probe_assets;
constexpr int num_steps = 288;
constexpr RandomKey key{5, 6};

class MarketLanes : public LanesOfIsa {};

/// Whole paths, so that one differing bit anywhere shows. Since every instruction set is held to
/// the bits of the scalar functor, all have the same bits.
template<class T>
void expect_lanes_to_walk_like_scalars(ProbeTable<T> const& table, MarketView<T, n> const& market,
                                       MarketTables<T> const& tables = {})
{
    auto const fields = static_cast<std::size_t>(MarketLayout{market}.size());
    auto const lanes = static_cast<std::size_t>(table.lanes);
    for (std::uint64_t first : {std::uint64_t{0}, std::uint64_t{0x12'3456'7000}}) {
        std::vector<T> log_price(n * lanes), price(n * lanes), multiplier(lanes);
        std::vector<T> memory(fields * lanes + 1), own(fields + 1);
        table.walk(market, tables, key, first, num_steps, log_price.data(), price.data(),
                   multiplier.data(), memory.data());
        for (std::size_t l = 0; l < lanes; ++l) {
            PathRandom<T> const random(key, first + l);
            PathStepper<T, n> const step_path(market, {{own.data(), 1}, tables});
            auto state = step_path.start(random);
            for (std::uint32_t k = 0; k < num_steps; ++k)
                step_path(state, random, k);
            ASSERT_EQ(comparable_bits(multiplier[l]), comparable_bits(state.mixing));
            for (std::size_t f = 0; f < fields; ++f)
                ASSERT_EQ(comparable_bits(memory[f * lanes + l]), comparable_bits(own[f])) << f;
            for (std::size_t i = 0; i < n; ++i) {
                ASSERT_EQ(comparable_bits(log_price[i * lanes + l]),
                          comparable_bits(state.log_price[i]))
                    << "path " << first + l << ", asset " << i;
                ASSERT_EQ(comparable_bits(price[i * lanes + l]),
                          comparable_bits(step_path.price(state, static_cast<int>(i))));
            }
        }
    }
}

TEST_P(MarketLanes, NormalPathsHaveTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        expect_lanes_to_walk_like_scalars(table, market);
        market.is_bounded = 1;
        expect_lanes_to_walk_like_scalars(table, market);
        fix_price(market, 1);
        fix_price(market, 4);
        expect_lanes_to_walk_like_scalars(table, market);
    });
}

TEST_P(MarketLanes, StudentPathsHaveTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        market.mixed_mask = 0b10111;
        market.mixing = make_mixing_view<T>(fit_mixing(3.5, mixing_tolerance_float), 12);
        expect_lanes_to_walk_like_scalars(table, market);
    });
}

/// Both laws, five processes, of which lanes jump at different steps, some twice in one.
TEST_P(MarketLanes, JumpsHaveTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        fix_price(market, 3);
        market.num_jumps = 5;
        for (int p = 0; p < 5; ++p) {
            JumpProcess<T, n>& process = market.jumps[p];
            process.law = p % 2 == 0 ? JumpLaw::normal : JumpLaw::double_exponential;
            process.num_levels = 3;
            process.survival[0] = T(0.03);
            process.survival[1] = T(0.01);
            process.survival[2] = T(0.001);
            process.mean = T(-0.02);
            process.deviation = T(0.04);
            process.up_probability = T(0.4);
            process.up_mean = T(0.03);
            process.down_mean = T(0.05);
            process.mask = p == 0 ? 0b10111u : 1u << (p % 3);
            for (int i = 0; i < n; ++i)
                process.loading[i] = (process.mask >> i & 1u) != 0 ? T(1 + 0.1 * i) : T(0);
        }
        expect_lanes_to_walk_like_scalars(table, market);
        market.mixed_mask = 0b10110;
        market.mixing = make_mixing_view<T>(fit_mixing(3.5, mixing_tolerance_float), 12);
        expect_lanes_to_walk_like_scalars(table, market);
    });
}

/// Variances low and high, some lanes at 0 while others are not, beside every other model.
TEST_P(MarketLanes, StochasticVariancesHaveTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        HestonSample const restless{.kappa = 4,
                                    .theta = 0.09,
                                    .epsilon = 2.5,
                                    .rho = -0.7,
                                    .initial = 0.04,
                                    .years = 1.0 / 365};
        HestonSample const calm{.kappa = 2,
                                .theta = 0.5,
                                .epsilon = 0.4,
                                .rho = 0.3,
                                .initial = 0.3,
                                .years = 1.0 / 365};
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        make_varying(market, 1, make_variance<T>(1, restless));
        make_varying(market, 2, make_variance<T>(2, calm));
        expect_lanes_to_walk_like_scalars(table, market);
        market.mixed_mask = 0b10001;
        market.mixing = make_mixing_view<T>(fit_mixing(3.5, mixing_tolerance_float), 12);
        make_varying(market, 4,
                     make_garch<T>(4, {.omega = 1e-6,
                                       .alpha = 0.05,
                                       .gamma = 0.1,
                                       .beta = 0.85,
                                       .initial = 3e-5,
                                       .bar_steps = 12}));
        expect_lanes_to_walk_like_scalars(table, market);
    });
}

/// Three regimes, which some lanes leave within a step while others stay for days, beside jumps,
/// Student-t and a variance that moves by itself.
TEST_P(MarketLanes, RegimesHaveTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        market.num_regimes = 3;
        market.is_varying = 1;
        RegimeTerms<T> const regimes[] = {make_regime(market, 0, 1.0, 100),
                                          make_regime(market, 1, 2.5, 9),
                                          make_regime(market, 2, 6.0, 0.4)};
        expect_lanes_to_walk_like_scalars(table, market, {regimes, nullptr, 0, nullptr});
        market.num_jumps = 2;
        for (int p = 0; p < 2; ++p) {
            JumpProcess<T, n>& process = market.jumps[p];
            process.law = p == 0 ? JumpLaw::normal : JumpLaw::double_exponential;
            process.num_levels = 2;
            process.survival[0] = T(0.05);
            process.survival[1] = T(0.01);
            process.mean = T(-0.02);
            process.deviation = T(0.04);
            process.up_probability = T(0.4);
            process.up_mean = T(0.03);
            process.down_mean = T(0.05);
            process.mask = p == 0 ? 0b00111u : 0b01000u;
            for (int i = 0; i < n; ++i)
                process.loading[i] = (process.mask >> i & 1u) != 0 ? T(1) : T(0);
        }
        market.mixed_mask = 0b10001;
        market.mixing = make_mixing_view<T>(fit_mixing(3.5, mixing_tolerance_float), 12);
        make_varying(market, 2,
                     make_variance<T>(2, {.kappa = 4,
                                          .theta = 0.09,
                                          .epsilon = 1.5,
                                          .rho = -0.7,
                                          .initial = 0.04,
                                          .years = 1.0 / 365}));
        expect_lanes_to_walk_like_scalars(table, market, {regimes, nullptr, 0, nullptr});
    });
}

/// Two regimes in three phases, a sudden and a slow change, and a level.
TEST_P(MarketLanes, ShocksHaveTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        PriceShock<T> const shocks[] = {{0, ShockKind::change, T(-0.7), 20.5, 20.5},
                                        {3, ShockKind::change, T(0.3), 0, 37.25},
                                        {3, ShockKind::level, T(-0.4), 90, 131.5}};
        market.num_shocks = 3;
        expect_lanes_to_walk_like_scalars(table, market, {nullptr, nullptr, 0, shocks});
        market.num_regimes = 2;
        market.is_varying = 1;
        RegimeTerms<T> const regimes[] = {
            make_regime(market, 0, 1.0, 90), make_regime(market, 1, 2.5, 9),
            make_regime(market, 0, 3.0, 90), make_regime(market, 1, 7.5, 9),
            make_regime(market, 0, 0.5, 90), make_regime(market, 1, 1.5, 9)};
        std::int32_t const phases[] = {0, 61, 203};
        expect_lanes_to_walk_like_scalars(table, market, {regimes, phases, 3, shocks});
    });
}

/// Pegs whose lanes depeg at different steps, some twice in one; one follows an asset of moving
/// variance.
TEST_P(MarketLanes, PegsHaveTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        HestonSample const calm{.kappa = 2,
                                .theta = 0.5,
                                .epsilon = 0.4,
                                .rho = 0.3,
                                .initial = 0.3,
                                .years = 1.0 / 365};
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        make_varying(market, 3, make_variance<T>(3, calm));
        for (int const i : {0, 2, 4})
            make_pegged(market, i,
                        {.reference = i == 0   ? 3
                                      : i == 2 ? -1
                                               : 1,
                         .initial = 0.01 * i,
                         .keep = 0.95,
                         .gap_keep = 0.98,
                         .growth = 1e-5,
                         .depegs = 0.1 * i,
                         .rise = 0.02});
        expect_lanes_to_walk_like_scalars(table, market);
        market.mixed_mask = 0b00010;
        market.mixing = make_mixing_view<T>(fit_mixing(3.5, mixing_tolerance_float), 12);
        expect_lanes_to_walk_like_scalars(table, market);
    });
}

/// Failures and shocks of assets, of pegs and of what pegs follow, in two regimes.
TEST_P(MarketLanes, FailuresHaveTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        for (int const i : {2, 4})
            make_pegged(market, i,
                        {.reference = i == 2 ? -1 : 1,
                         .initial = 0.01 * i,
                         .keep = 0.95,
                         .gap_keep = 0.98,
                         .growth = 1e-5,
                         .depegs = 0.1,
                         .rise = 0.02});
        for (int f = 0; f < 5; ++f) {
            auto& failure = market.failures[market.num_failures++];
            failure.mean_steps = T(40 + 100 * f);
            failure.mask = f == 0 ? 0b10010u : 1u << f;
            for (int i = 0; i < n; ++i)
                failure.fall[i] = T(-1 - i);
        }
        PriceShock<T> const shocks[] = {{1, ShockKind::change, T(-0.7), 0, 0},
                                        {2, ShockKind::change, T(-0.3), 0, 37.25},
                                        {4, ShockKind::level, T(-0.4), 90, 131.5}};
        market.num_shocks = 3;
        expect_lanes_to_walk_like_scalars(table, market, {nullptr, nullptr, 0, shocks});
        market.num_regimes = 2;
        RegimeTerms<T> const regimes[] = {make_regime(market, 0, 1.0, 90),
                                          make_regime(market, 1, 2.5, 9)};
        expect_lanes_to_walk_like_scalars(table, market, {regimes, nullptr, 0, shocks});
    });
}

/// Rows of history, drawn and replayed, for assets with and without a variance of their own, beside
/// a diffusion.
TEST_P(MarketLanes, HistoryHasTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        std::vector<T> returns;
        for (int i = 0; i < 700 * n; ++i)
            returns.push_back(static_cast<T>(std::sin(1.3 * i)) / (i % n == 2 ? T(1) : T(64)));
        market.history = {700, n, 2, 0b10110u, 0.2f};
        market.factor_mask = 0b01001u;
        for (int i : {1, 2, 4})
            for (int j = 0; j <= i; ++j)
                market.loading[i][j] = T(0);
        VarianceProcess<T> garch{};
        garch.asset = 2;
        garch.law = VarianceLaw::gjr_garch;
        garch.initial = T(4e-4);
        garch.bar_steps = 1;
        garch.omega = T(2e-5);
        garch.alpha = T(0.05);
        garch.gamma = T(0.1);
        garch.beta = T(0.85);
        market.variance_mask = 1u << 2;
        market.variances[market.num_variances++] = garch;
        market.is_varying = 1;
        MarketTables<T> const tables{nullptr, nullptr, 0, nullptr, returns.data()};
        expect_lanes_to_walk_like_scalars(table, market, tables);
        market.history.chance = 0.0f;
        expect_lanes_to_walk_like_scalars(table, market, tables);
    });
}

/// Factors tied by a copula under three multipliers, with rates and implied volatilities that they
/// move, in one regime and in two.
TEST_P(MarketLanes, CopulasAndCarryHaveTheBitsOfTheScalar)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        auto market = make_market<T, n>(0.004, 0.6, 1e-5);
        fix_price(market, 3);
        make_pegged(market, 4,
                    {.reference = 1,
                     .initial = 0.01,
                     .keep = 0.95,
                     .gap_keep = 0.98,
                     .growth = 1e-5,
                     .depegs = 0.1,
                     .rise = 0.02});
        market.mixed_mask = 0b00101;
        market.mixing_of[0] = 1;
        market.mixing_of[2] = 2;
        market.num_mixings = 2;
        market.is_coupled = 1;
        market.mixing = make_mixing_view<T>(fit_mixing(3.5, mixing_tolerance_float), 12);
        MixingView<T> const mixings[] = {
            make_mixing_view<T>(fit_mixing(2.5, mixing_tolerance_float), 12),
            make_mixing_view<T>(fit_mixing(9, mixing_tolerance_float), 12)};
        CopulaTerms<T> const copula = narrow_copula<T>(fit_copula(3.5, mixing_tolerance_float));
        CarryFactor<T> factors[3] = {};
        for (int p = 0; p < 3; ++p) {
            factors[p].asset = 2 * p;
            factors[p].kind = static_cast<CarryKind>(p);
            factors[p].initial = T(0.1);
            factors[p].mean = T(0.2);
            factors[p].keep = T(0.97);
            factors[p].shared = T(-0.02);
            factors[p].own = T(0.03);
            factors[p].cap = T(1);
        }
        market.num_carry = 3;
        MarketTables<T> tables{nullptr, nullptr, 0, nullptr, nullptr, mixings, &copula, factors};
        expect_lanes_to_walk_like_scalars(table, market, tables);
        market.num_regimes = 2;
        RegimeTerms<T> const regimes[] = {make_regime(market, 0, 1.0, 90),
                                          make_regime(market, 1, 2.5, 9)};
        tables.regimes = regimes;
        expect_lanes_to_walk_like_scalars(table, market, tables);
    });
}

BRINK_FOR_EACH_ISA(MarketLanes);

}  // namespace
}  // namespace brink::testing
