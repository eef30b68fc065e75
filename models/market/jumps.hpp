// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/market_view.hpp"
#include "models/rng/normal.hpp"
#include "models/rng/uniform.hpp"

BRINK_BEGIN_ISA

/// Adds the jumps of a step to the log prices: `add_jumps(log_price, random, step)`.
/// Word j of block b of stream `jumps` draws the count of process 4 b + j by inversion; sizes come
/// from block (1 + k) << 8 | process, k the number of the jump, and are drawn only for packs of
/// paths of which one jumps. A lane without a jump keeps its bits.
template<class F, int N>
class JumpDrawer {
    using T = value_t<F>;
    using Process = JumpProcess<T, N>;
    MarketView<T, N> const& market_;

  public:
    BRINK_FN explicit JumpDrawer(MarketView<T, N> const& market) : market_{market} {}

    template<class Random>
    BRINK_FN void operator()(F (&log_price)[N], Random const& random, std::uint32_t step) const
    {
        for (std::int32_t first = 0; first < market_.num_jumps; first += 4) {
            auto const words =
                random.words({step, Stream::jumps, static_cast<std::uint32_t>(first / 4)});
            F const a = uniform_of<F>(words.w0), b = uniform_of<F>(words.w1);
            F const c = uniform_of<F>(words.w2), d = uniform_of<F>(words.w3);
            if (!any_lane(jumps(first, a) | jumps(first + 1, b) | jumps(first + 2, c)
                          | jumps(first + 3, d))) [[likely]]
                continue;
            // Copies, so that what the loop over steps holds in registers has no address.
            Random const lent = random;
            F const draw[4] = {a, b, c, d};
            F moved[N];
            BRINK_UNROLL(32)
            for (int i = 0; i < N; ++i)
                moved[i] = log_price[i];
            add_four(market_.jumps + first, draw, moved, lent, step, first);
            BRINK_UNROLL(32)
            for (int i = 0; i < N; ++i)
                log_price[i] = moved[i];
        }
    }

  private:
    /// Lanes on which process p jumps; one that is not in use never does.
    BRINK_FN auto jumps(std::int32_t p, F u) const { return u < F(market_.jumps[p].survival[0]); }

    /// \param processes first of four \param draw of their counts
    template<class Random>
    static BRINK_HD BRINK_APART void add_four(Process const* processes, F const (&draw)[4],
                                              F (&log_price)[N], Random const& random,
                                              std::uint32_t step, std::int32_t first)
    {
        for (std::int32_t j = 0; j < 4; ++j) {
            Process const& process = processes[j];
            auto const happens = draw[j] < F(process.survival[0]);
            if (!any_lane(happens))
                continue;
            F const size = process.law == JumpLaw::normal
                               ? normal_size(process, draw[j], random, position(step, first + j, 0))
                               : double_exponential_size(process, draw[j], random, step, first + j);
            for (int i = 0; i < N; ++i)
                if ((process.mask >> i & 1u) != 0)
                    log_price[i] = select(happens, madd(F(process.loading[i]), size, log_price[i]),
                                          log_price[i]);
        }
    }

    static BRINK_FN DrawPosition position(std::uint32_t step, std::int32_t process,
                                          std::int32_t jump)
    {
        return {step, Stream::jumps, static_cast<std::uint32_t>((1 + jump) << 8 | process)};
    }

    /// The sum of n normal sizes is normal.
    template<class Random>
    static BRINK_FN F normal_size(Process const& process, F u, Random const& random,
                                  DrawPosition at)
    {
        F count(T(0));
        for (std::int32_t k = 0; k < process.num_levels; ++k)
            count = select(u < F(process.survival[k]), F(static_cast<T>(k + 1)), count);
        auto const words = random.words(at);
        F const z = normal_pair<F>(words.w0, words.w1).cosine;
        return madd(vsqrt(count) * F(process.deviation), z, count * F(process.mean));
    }

    template<class Random>
    static BRINK_FN F double_exponential_size(Process const& process, F u, Random const& random,
                                              std::uint32_t step, std::int32_t p)
    {
        F sum(T(0));
        for (std::int32_t k = 0; k < process.num_levels; ++k) {
            auto const happens = u < F(process.survival[k]);
            if (!any_lane(happens))
                break;
            auto const words = random.words(position(step, p, k));
            F const exponential = F(T(0.5)) * squared_radius<F>(words.w0);
            auto const is_up = uniform_of<F>(words.w1) < F(process.up_probability);
            F const size = exponential * select(is_up, F(process.up_mean), F(-process.down_mean));
            sum = select(happens, sum + size, sum);
        }
        return sum;
    }
};

BRINK_END_ISA
