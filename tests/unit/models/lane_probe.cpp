// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/models/lane_probe.hpp"

#include "models/core/twin.hpp"
#include "models/market/path_stepper.hpp"
#include "tests/unit/models/lane_functions.hpp"

BRINK_BEGIN_ISA

namespace {

template<class F>
void evaluate_lanes(testing::Operation operation, value_t<F> const* a, value_t<F> const* b,
                    value_t<F> const* c, value_t<F>* result, bool* less, int count)
{
    for (int i = 0; i < count; i += num_lanes<F>) {
        F const x = load<F>(a + i), y = load<F>(b + i);
        store(evaluate<F>(operation, x, y, load<F>(c + i)), result + i);
        std::uint32_t const bits = lane_bits(x < y);
        for (int l = 0; l < num_lanes<F>; ++l)
            less[i + l] = (bits >> l & 1u) != 0 && any_lane(x < y);
    }
}

template<class F>
void draw_words(RandomKey key, std::uint64_t first_path, std::uint32_t const* path_low,
                std::uint32_t replicate, std::uint32_t step, Stream stream, std::uint32_t block,
                std::uint32_t* result)
{
    PathRandom<F> const random = path_low == nullptr
                                     ? PathRandom<F>(key, first_path, replicate)
                                     : PathRandom<F>(key, first_path, path_low, replicate);
    auto const words = random.words({step, stream, block});
    bits_t<F> const columns[4] = {words.w0, words.w1, words.w2, words.w3};
    for (int j = 0; j < 4; ++j) {
        value_t<F> lanes[num_lanes<F>];
        store(from_bits(columns[j]), lanes);
        for (int l = 0; l < num_lanes<F>; ++l)
            result[4 * l + j] = static_cast<std::uint32_t>(to_bits(lanes[l]));
    }
}

template<class F>
void walk(MarketView<value_t<F>, testing::probe_assets> const& market,
          MarketTables<value_t<F>> const& tables, RandomKey key, std::uint64_t first_path,
          int num_steps, value_t<F>* log_price, value_t<F>* price, value_t<F>* multiplier,
          value_t<F>* memory)
{
    constexpr int n = testing::probe_assets;
    PathRandom<F> const random(key, first_path);
    PathStepper<F, n> const step_path(market, {{memory, num_lanes<F>}, tables});
    MarketState<F, n> state = step_path.start(random);
    for (int k = 0; k < num_steps; ++k)
        step_path(state, random, static_cast<std::uint32_t>(k));
    Prices<F, n> prices(market, state);
    for (int i = 0; i < n; ++i) {
        store(state.log_price[i], log_price + i * num_lanes<F>);
        store(prices.value[i], price + i * num_lanes<F>);
    }
    store(state.mixing, multiplier);
}

template<class F>
void narrow(double const* values, double* result)
{
    store_as_double(load_narrow<F>(values), result);
}

template<class F>
constexpr testing::ProbeTable<value_t<F>> table_of()
{
    return {num_lanes<F>, &evaluate_lanes<F>, &draw_words<F>, &walk<F>, &narrow<F>};
}

}  // namespace

extern testing::LaneProbe const lane_probe;
constexpr testing::LaneProbe lane_probe{table_of<PackF32>(), table_of<Lanes<float>>(),
                                        table_of<PackF64>(), table_of<Lanes<double>>()};

BRINK_END_ISA
