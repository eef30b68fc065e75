// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/market_memory.hpp"
#include "models/rng/normal.hpp"
#include "models/rng/uniform.hpp"

BRINK_BEGIN_ISA

/// Deviations, depegs and prices of pegged assets. `diffuse` comes with the factors of a step;
/// `close_gaps` and `follow` at its end, after every other price and its jumps. Word j of block b
/// of stream `peg` decides whether peg 4 b + j depegs and when in the step; word 0 of block (1 + k)
/// << 8 | peg is the size of the depeg k of the step, word 1 the time to the next one.
template<class F, int N>
class PegStep {
    using T = value_t<F>;
    MarketView<T, N> const& market_;
    MarketMemory<T> memory_;

  public:
    /// \param market outlives the step
    BRINK_FN PegStep(MarketView<T, N> const& market, MarketMemory<T> memory)
        : market_{market}, memory_{memory}
    {}

    /// Memory as of t_0.
    BRINK_FN void start() const
    {
        PegFields const fields = MarketLayout{market_}.pegs();
        for (std::int32_t p = 0; p < market_.num_pegs; ++p) {
            keep(F(market_.pegs[p].initial), fields.deviation(p));
            keep(F(T(0)), fields.gap(p));
            keep(F(T(0)), fields.level(p));
        }
    }

    /// d' = keep d + e, exact for any step. \param factor_of `factor_of(asset)` is e
    template<class FactorOf>
    BRINK_FN void diffuse(FactorOf factor_of) const
    {
        PegFields const fields = MarketLayout{market_}.pegs();
        for (std::int32_t p = 0; p < market_.num_pegs; ++p) {
            PegProcess<T> const& peg = market_.pegs[p];
            F const deviation = kept(fields.deviation(p));
            keep(madd(F(peg.keep), deviation, factor_of(peg.asset)), fields.deviation(p));
        }
    }

    /// Gaps over a step: what is left of them, and new depegs.
    template<class Random>
    BRINK_FN void close_gaps(Random const& random, std::uint32_t step) const
    {
        PegFields const fields = MarketLayout{market_}.pegs();
        for (std::int32_t p = 0; p < market_.num_pegs; ++p) {
            PegProcess<T> const& peg = market_.pegs[p];
            F gap = F(peg.gap_keep) * kept(fields.gap(p));
            if (peg.chance > T(0))
                gap = gap + depegs(peg, p, random, step);
            keep(gap, fields.gap(p));
        }
    }

    /// Prices at t_k from those of the references.
    BRINK_FN void follow(F (&log_price)[N], std::uint32_t k) const
    {
        PegFields const fields = MarketLayout{market_}.pegs();
        for (std::int32_t p = 0; p < market_.num_pegs; ++p) {
            PegProcess<T> const& peg = market_.pegs[p];
            F const off = kept(fields.deviation(p)) - kept(fields.gap(p));
            F const grown(peg.growth * static_cast<T>(k) - peg.initial);
            F const under = peg.reference < 0 ? F(T(0)) : log_price[peg.reference];
            log_price[peg.asset] = under + (off + grown) + kept(fields.level(p));
        }
    }

    /// What moved a peg after `follow` stays with it.
    BRINK_FN void keep_levels(F const (&before)[N], F const (&after)[N]) const
    {
        PegFields const fields = MarketLayout{market_}.pegs();
        for (std::int32_t p = 0; p < market_.num_pegs; ++p) {
            std::int32_t const i = market_.pegs[p].asset;
            keep(kept(fields.level(p)) + (after[i] - before[i]), fields.level(p));
        }
    }

  private:
    BRINK_FN F kept(std::int32_t field) const { return load<F>(memory_.fields.field(field)); }
    BRINK_FN void keep(F value, std::int32_t field) const
    {
        store(value, memory_.fields.field(field));
    }

    /// [log2] sum of the sizes of the step's depegs, by their times within it: 0 for most lanes.
    template<class Random>
    static BRINK_FN F depegs(PegProcess<T> const& peg, std::int32_t p, Random const& random,
                             std::uint32_t step)
    {
        auto const word =
            pick_word(random.words({step, Stream::peg, static_cast<std::uint32_t>(p / 4)}), p % 4);
        F sum(T(0));
        auto happens = uniform_of<F>(word) < F(peg.chance);
        if (!any_lane(happens)) [[likely]]
            return sum;
        // -ln(1 - u), of the first depeg; the complement of the word is that of u.
        F passed = F(T(0.5)) * squared_radius<F>(word ^ bits_t<F>(0xffffffffu));
        for (std::int32_t k = 0; k < max_depegs_per_step && any_lane(happens); ++k) {
            auto const words =
                random.words({step, Stream::peg, static_cast<std::uint32_t>((1 + k) << 8 | p)});
            F const size = F(T(0.5)) * squared_radius<F>(words.w0);
            sum = select(happens, madd(F(peg.rise), size, sum), sum);
            passed = passed + F(T(0.5)) * squared_radius<F>(words.w1);
            happens = happens & (passed < F(peg.depegs));
        }
        return sum;
    }
};

BRINK_END_ISA
