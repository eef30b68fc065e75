// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/market/market_memory.hpp"
#include "models/rng/normal.hpp"
#include "models/rng/uniform.hpp"

BRINK_BEGIN_ISA

/// The continuous-time Markov chain of regimes on one path, or on one path per lane.
/// The time that a regime still has is drawn when it is entered and counted down, so that a step
/// without a switch draws nothing. The regime at t_k is that of the chain at t_k, and governs the
/// step to t_k+1: a switch within a step takes effect at its end.
/// Source: J. R. Norris, "Markov Chains" (1997), section 2.6 (jump chain and holding times).
template<class F>
class RegimeClock {
    using T = value_t<F>;
    MarketMemory<T> memory_;
    RegimeTerms<T> const* terms_;  ///< of the phase, [num_regimes]
    std::int32_t num_regimes_;
    RegimeFields fields_;

  public:
    /// \param memory of a market that has regimes \param step whose phase is in force
    template<int N>
    BRINK_FN RegimeClock(MarketView<T, N> const& market, MarketMemory<T> memory, std::uint32_t step)
        : memory_{memory},
          terms_{memory.tables.regimes + memory.tables.phase_at(step) * market.num_regimes},
          num_regimes_{market.num_regimes},
          fields_{MarketLayout{market}.regimes()}
    {}

    /// Regime in force, 0, 1, ... as a number.
    BRINK_FN F regime() const { return kept(fields_.regime()); }
    BRINK_FN auto is_in(std::int32_t r) const { return is(regime(), r); }

    BRINK_FN RegimeTerms<T> const& terms(std::int32_t r) const { return terms_[r]; }

    /// What each lane has of a number that differs by regime. \param of `of(terms)`
    template<class Of>
    BRINK_FN F pick(Of of) const
    {
        F const now = regime();
        F value(of(terms_[0]));
        for (std::int32_t r = 1; r < num_regimes_; ++r)
            value = select(is(now, r), F(of(terms_[r])), value);
        return value;
    }

    /// At t_0: draws the regime, and how long it lasts.
    template<class Random>
    BRINK_FN void start(Random const& random) const
    {
        auto const words = random.words({0, Stream::regime, start_block});
        F const u = uniform_of<F>(words.w0);
        F first(T(0));
        for (std::int32_t r = 0; r + 1 < num_regimes_; ++r)
            first = select(u < F(terms_[r].start_up_to), first, F(T(r + 1)));
        keep(first, fields_.regime());
        keep(duration(words.w1), fields_.steps_left());
        keep(F(T(0)), fields_.since());
        for (std::int32_t r = 0; r < num_regimes_; ++r)
            keep(F(T(0)), fields_.steps_in(r));
    }

    /// From t_step to t_step+1.
    template<class Random>
    BRINK_FN void operator()(Random const& random, std::uint32_t step) const
    {
        F const left = kept(fields_.steps_left()) - F(T(1));
        keep(left, fields_.steps_left());
        if (any_lane(left <= F(T(0)))) [[unlikely]] {
            Random const lent = random;
            switch_regimes(*this, lent, step);
        }
    }

    /// [steps] that regime r was in force up to step `now`
    BRINK_FN F steps_in(std::int32_t r, std::int32_t now) const
    {
        F const under_way = F(static_cast<T>(now)) - kept(fields_.since());
        return kept(fields_.steps_in(r)) + select(is_in(r), under_way, F(T(0)));
    }

  private:
    static constexpr std::uint32_t start_block = 0xffff;
    /// Switches within one step after which the rest of them waits for the next.
    static constexpr std::uint32_t most_switches = 64;

    BRINK_FN F kept(std::int32_t field) const { return load<F>(memory_.fields.field(field)); }
    BRINK_FN void keep(F value, std::int32_t field) const
    {
        store(value, memory_.fields.field(field));
    }
    static BRINK_FN auto is(F regime, std::int32_t r) { return regime == F(T(r)); }

    /// [steps] a fresh draw of how long the regime in force lasts
    BRINK_FN F duration(bits_t<F> word) const
    {
        return F(T(0.5)) * squared_radius<F>(word)
               * pick([](RegimeTerms<T> const& terms) { return terms.mean_steps; });
    }

    /// Adds the steps since the regime in force began to it. \param lanes that leave it
    template<class Lanes>
    BRINK_FN void leave(F now, Lanes lanes) const
    {
        F const passed = now - kept(fields_.since());
        for (std::int32_t r = 0; r < num_regimes_; ++r) {
            F const before = kept(fields_.steps_in(r));
            keep(select(lanes & is_in(r), before + passed, before), fields_.steps_in(r));
        }
        keep(select(lanes, now, kept(fields_.since())), fields_.since());
    }

    template<class Random>
    static BRINK_HD BRINK_APART void switch_regimes(RegimeClock self, Random const& random,
                                                    std::uint32_t step)
    {
        for (std::uint32_t n = 0; n < most_switches; ++n) {
            F const left = self.kept(self.fields_.steps_left());
            auto const ends = left <= F(T(0));
            if (!any_lane(ends))
                return;
            auto const words = random.words({step, Stream::regime, n});
            self.leave(F(static_cast<T>(step + 1)), ends);
            F const u = uniform_of<F>(words.w0);
            F next(T(0));
            for (std::int32_t r = 0; r + 1 < self.num_regimes_; ++r) {
                F const up_to =
                    self.pick([r](RegimeTerms<T> const& terms) { return terms.next_up_to[r]; });
                next = select(u < up_to, next, F(T(r + 1)));
            }
            self.keep(select(ends, next, self.regime()), self.fields_.regime());
            F const longer = left + self.duration(words.w1);
            self.keep(select(ends, longer, left), self.fields_.steps_left());
        }
    }
};

BRINK_END_ISA
