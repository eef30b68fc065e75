// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/market_memory.hpp"
#include "models/rng/normal.hpp"
#include "models/rng/uniform.hpp"

BRINK_BEGIN_ISA

/// Falls of the assets whose failure comes: `fail(log_price, step, assets)` for those of a mask.
/// Word j of block b of stream `failure` at step 0 is the time of failure 4 b + j.
template<class F, int N>
class FailureStep {
    using T = value_t<F>;
    MarketView<T, N> const& market_;
    MarketMemory<T> memory_;

  public:
    /// \param market outlives the step
    BRINK_FN FailureStep(MarketView<T, N> const& market, MarketMemory<T> memory)
        : market_{market}, memory_{memory}
    {}

    /// Draws every time: -ln U of its mean.
    template<class Random>
    BRINK_FN void start(Random const& random) const
    {
        for (std::int32_t f = 0; f < market_.num_failures; ++f) {
            auto const words =
                random.words({0, Stream::failure, static_cast<std::uint32_t>(f / 4)});
            F const time = F(T(0.5)) * squared_radius<F>(pick_word(words, f % 4));
            store(F(market_.failures[f].mean_steps) * time, place(f));
        }
    }

    BRINK_FN void operator()(F (&log_price)[N], std::uint32_t step, std::uint32_t assets) const
    {
        for (std::int32_t f = 0; f < market_.num_failures; ++f) {
            FailureProcess<T, N> const& process = market_.failures[f];
            if ((process.mask & assets) == 0)
                continue;
            F const ahead = load<F>(place(f)) - F(static_cast<T>(step));
            auto const happens = (ahead >= F(T(0))) & (ahead < F(T(1)));
            if (!any_lane(happens)) [[likely]]
                continue;
            for (int i = 0; i < N; ++i)
                if ((process.mask & assets) >> i & 1u)
                    log_price[i] = select(happens, log_price[i] + F(process.fall[i]), log_price[i]);
        }
    }

  private:
    BRINK_FN T* place(std::int32_t f) const
    {
        return memory_.fields.field(MarketLayout{market_}.failure(f));
    }
};

BRINK_END_ISA
