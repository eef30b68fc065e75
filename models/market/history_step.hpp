// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/market_memory.hpp"
#include "models/rng/uniform.hpp"

BRINK_BEGIN_ISA

/// The row of history that a step takes, and what stands in it. Block 0 of stream `history`: word 0
/// decides on a new block, word 1 is its first row.
template<class F, int N>
class HistoryStep {
    using T = value_t<F>;
    MarketView<T, N> const& market_;
    MarketMemory<T> memory_;

  public:
    /// \param market outlives the step
    BRINK_FN HistoryStep(MarketView<T, N> const& market, MarketMemory<T> memory)
        : market_{market}, memory_{memory}
    {}

    /// Memory as of t_0: one step before the first row.
    BRINK_FN void start() const
    {
        if (market_.history.num_rows != 0)
            store(F(static_cast<T>(-market_.history.stride)), place());
    }

    /// Takes the row of a step.
    template<class Random>
    BRINK_FN void draw(Random const& random, std::uint32_t step) const
    {
        HistoryTerms const& history = market_.history;
        F const rows(static_cast<T>(history.num_rows));
        F row = load<F>(place()) + F(static_cast<T>(history.stride));
        row = select(row >= rows, row - rows, row);
        if (history.chance > 0.0f) {
            auto const words = random.words({step, Stream::history, 0});
            F const chance(step == 0 ? T(1) : static_cast<T>(history.chance));
            F const drawn = uniform_of<F>(words.w1) * rows;
            row = select(uniform_of<F>(words.w0) < chance, drawn, row);
            row = select(row >= rows, row - rows, row);  // a product may round up to it
        }
        store(row, place());
    }

    /// [log2, or 1 where returns are standardised] entry of asset i's column.
    BRINK_FN F value(int i) const
    {
        T const* const rows = place();
        T values[num_lanes<F>];
        for (int lane = 0; lane < num_lanes<F>; ++lane) {
            auto const row = static_cast<std::int32_t>(rows[lane]);
            values[lane] = memory_.tables.history[row * market_.history.num_columns + i];
        }
        return load<F>(values);
    }

    /// Adds the returns of assets whose variance is not their own. \param scaled `scaled(i, row)`
    template<class Scaled>
    BRINK_FN void move(F (&log_price)[N], Scaled scaled) const
    {
        std::uint32_t const mask = market_.history.mask & ~market_.variance_mask;
        for (int i = 0; i < N; ++i)
            if ((mask >> i & 1u) != 0)
                log_price[i] = log_price[i] + scaled(i, value(i));
    }

  private:
    BRINK_FN T* place() const { return memory_.fields.field(MarketLayout{market_}.history_row()); }
};

BRINK_END_ISA
