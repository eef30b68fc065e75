// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/path_program.hpp"

BRINK_BEGIN_ISA

/// One program of a group, in memory that the caller gives: its address is taken at every step.
template<class F, int N, class Random = PathRandom<F>>
struct GroupSeat {
    PathProgram<F, N, Random> program;
    std::int32_t next_accrual{0};  ///< step at which it is paid funding next

    static void* operator new(std::size_t, void* place) { return place; }
};

/// Several programs on the paths of one pack, which differ in rules but move by one market:
/// `PathGroup{market, seats, num_seats}(first_path, offset, valid_lanes)`. Random numbers and the
/// market are made once per step, and each program looks at them in turn. What a program sees, and
/// so what it makes of it, is bit for bit what it sees alone.
/// The executor guarantees (`same_market`): key, replicate, steps and market of all programs are
/// equal. The programs' workspaces are their own but for `market`, which is one.
template<class F, int N, class Random = PathRandom<F>>
class PathGroup {
    using T = value_t<F>;
    using Seat = GroupSeat<F, N, Random>;

    MarketView<T, N> const& market_;
    Seat* seats_;
    int num_seats_;

  public:
    /// \param market that of the seats' programs \param seats shape [num_seats], num_seats >= 1
    BRINK_FN PathGroup(MarketView<T, N> const& market, Seat* seats, int num_seats)
        : market_{market}, seats_{seats}, num_seats_{num_seats}
    {}

    /// As PathProgram, for every program; `offset` is the same in all sinks.
    BRINK_FN void operator()(std::uint64_t first_path, std::int64_t offset,
                             std::uint32_t valid_lanes) const
    {
        Random const random = seats_[0].program.random_of(first_path);
        PathStepper<F, N> const step_path = seats_[0].program.stepper();
        MarketState<F, N> state = step_path.start(random);
        for (int i = 0; i < num_seats_; ++i)
            seats_[i].next_accrual = seats_[i].program.open(first_path, valid_lanes, nullptr);
        std::int32_t const num_steps = seats_[0].program.num_steps();
        for (std::int32_t k = 0;; ++k) {
            Prices<F, N> prices(market_, state);  // not const, as RelativePrices says
            for (int i = 0; i < num_seats_; ++i)
                look(seats_[i], k, offset, state, prices);
            if (k == num_steps)
                return;
            step_path(state, random, static_cast<std::uint32_t>(k));
        }
    }

  private:
    /// On a copy of the prices, since each program writes rows of its own; not on one of the
    /// program, which costs a fifth of the step (quickstart).
    static BRINK_FN void look(Seat& seat, std::int32_t k, std::int64_t offset,
                              MarketState<F, N> const& state, Prices<F, N> const& prices)
    {
        PathProgram<F, N, Random> const& program = seat.program;
        F price[N];
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            price[i] = prices.value[i];
        program.look_at_step(k, state.mixing, price, seat.next_accrual);
        if (k == program.num_steps())
            program.close(offset, state, price);
        else
            program.leave_step();
    }
};

BRINK_END_ISA
