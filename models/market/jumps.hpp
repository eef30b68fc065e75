// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/regime_clock.hpp"
#include "models/rng/normal.hpp"
#include "models/rng/uniform.hpp"

BRINK_BEGIN_ISA

/// Adds the jumps of a step to the log prices: `add_jumps(log_price, random, step)`.
/// Word j of block b of stream `jumps` draws the count of process 4 b + j by inversion; sizes come
/// from block (1 + k) << 8 | process, k the number of the jump, and are drawn only for packs of
/// paths of which one jumps. A lane without a jump keeps its bits. Where regimes differ in how
/// often they jump, the processes draw at the highest rate, and word 2 of a jump's block thins
/// them.
template<class F, int N>
class JumpDrawer {
    using T = value_t<F>;
    using Process = JumpProcess<T, N>;
    MarketView<T, N> const& market_;
    MarketMemory<T> memory_;

  public:
    BRINK_FN explicit JumpDrawer(MarketView<T, N> const& market, MarketMemory<T> memory = {})
        : market_{market}, memory_{memory}
    {}

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
            if (market_.num_regimes == 0) [[likely]]
                add_four<Thinning::none>(market_, memory_, draw, moved, lent, step, first);
            else
                add_four<Thinning::by_regime>(market_, memory_, draw, moved, lent, step, first);
            BRINK_UNROLL(32)
            for (int i = 0; i < N; ++i)
                log_price[i] = moved[i];
        }
    }

  private:
    enum class Thinning : std::uint8_t { none, by_regime };

    /// Lanes on which process p jumps; one that is not in use never does.
    BRINK_FN auto jumps(std::int32_t p, F u) const { return u < F(market_.jumps[p].survival[0]); }

    /// \param first of four processes \param draw of their counts
    template<Thinning How, class Random>
    static BRINK_HD BRINK_APART void add_four(MarketView<T, N> const& market,
                                              MarketMemory<T> memory, F const (&draw)[4],
                                              F (&log_price)[N], Random const& random,
                                              std::uint32_t step, std::int32_t first)
    {
        F const share = share_of_jumps<How>(market, memory, step);
        for (std::int32_t j = 0; j < 4; ++j) {
            Process const& process = market.jumps[first + j];
            auto const happens = draw[j] < F(process.survival[0]);
            if (!any_lane(happens))
                continue;
            F const size = process.law == JumpLaw::normal
                               ? normal_size<How>(process, draw[j], share, random, step, first + j)
                               : double_exponential_size<How>(process, draw[j], share, random, step,
                                                              first + j);
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

    /// Of the jumps drawn, those that happen in the regime in force.
    template<Thinning How>
    static BRINK_FN F share_of_jumps(MarketView<T, N> const& market, MarketMemory<T> memory,
                                     [[maybe_unused]] std::uint32_t step)
    {
        if constexpr (How == Thinning::none)
            return F(T(1));
        else
            return RegimeClock<F>{market, memory, step}.pick(
                [](RegimeTerms<T> const& terms) { return terms.jump_share; });
    }

    /// The sum of n normal sizes is normal.
    template<Thinning How, class Random>
    static BRINK_FN F normal_size(Process const& process, F u, [[maybe_unused]] F share,
                                  Random const& random, std::uint32_t step, std::int32_t p)
    {
        F count(T(0));
        for (std::int32_t k = 0; k < process.num_levels; ++k) {
            auto const happens = u < F(process.survival[k]);
            if constexpr (How == Thinning::none) {
                count = select(happens, F(static_cast<T>(k + 1)), count);
            } else {
                if (!any_lane(happens))
                    break;
                auto const words = random.words(position(step, p, k));
                auto const stays = happens & (uniform_of<F>(words.w2) < share);
                count = select(stays, count + F(T(1)), count);
            }
        }
        auto const words = random.words(position(step, p, 0));
        F const z = normal_pair<F>(words.w0, words.w1).cosine;
        return madd(vsqrt(count) * F(process.deviation), z, count * F(process.mean));
    }

    template<Thinning How, class Random>
    static BRINK_FN F double_exponential_size(Process const& process, F u, [[maybe_unused]] F share,
                                              Random const& random, std::uint32_t step,
                                              std::int32_t p)
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
            if constexpr (How == Thinning::none)
                sum = select(happens, sum + size, sum);
            else
                sum = select(happens & (uniform_of<F>(words.w2) < share), sum + size, sum);
        }
        return sum;
    }
};

BRINK_END_ISA
