// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/path_program.hpp"
#include "models/path/program_and_sink.hpp"

BRINK_BEGIN_ISA

/// One program of a group, in memory that the caller gives.
template<class F, int N, class Random = PathRandom<F>>
struct GroupSeat {
    PathProgram<F, N, Random> program;
    ProgramAndSink<value_t<F>> const* followers{nullptr};  ///< shape [num_followers]
    int num_followers{0};
    std::int32_t next_accrual{0};  ///< step at which funding is paid next
    std::uint32_t busy{0};         ///< of the latest pack: lanes that followers have not got

    static void* operator new(std::size_t, void* place) { return place; }
};

/// Several programs on the paths of one pack, which differ in rules but move by one market:
/// `PathGroup{market, seats, num_seats, spare}(paths, offset)`. Random numbers and the market are
/// made once per step, and each program looks at them in turn. What a program sees, and so what it
/// makes of it, is bit for bit what it sees alone. A program's followers get their outcomes of the
/// lanes on which it looked at no event; the others are `busy` and left to the caller.
/// The executor guarantees (`same_market`, `same_look`): key, replicate, steps and market of all
/// programs are equal. Their workspaces are their own but for `market`, which is one.
template<class F, int N, class Random = PathRandom<F>>
class PathGroup {
    using T = value_t<F>;
    using Seat = GroupSeat<F, N, Random>;

    MarketView<T, N> const& market_;
    Seat* seats_;
    int num_seats_;
    Workspace<T> spare_;

  public:
    /// \param market that of the seats' programs \param seats shape [num_seats], num_seats >= 1
    /// \param spare records and masks for any follower, the masks zero
    BRINK_FN PathGroup(MarketView<T, N> const& market, Seat* seats, int num_seats,
                       Workspace<T> const& spare)
        : market_{market}, seats_{seats}, num_seats_{num_seats}, spare_{spare}
    {}

    /// \param offset of the path at place 0 in all sinks
    BRINK_FN void operator()(PackPaths const& paths, std::int64_t offset) const
    {
        Random const random = seats_[0].program.random_of(paths);
        PathStepper<F, N> const step_path = seats_[0].program.stepper();
        MarketState<F, N> state = step_path.start(random);
        for (int i = 0; i < num_seats_; ++i)
            seats_[i].next_accrual = seats_[i].program.open(paths, nullptr);
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
    BRINK_FN void look(Seat& seat, std::int32_t k, std::int64_t offset,
                       MarketState<F, N> const& state, Prices<F, N> const& prices) const
    {
        PathProgram<F, N, Random> const& program = seat.program;
        F price[N];
        BRINK_UNROLL(32)
        for (int i = 0; i < N; ++i)
            price[i] = prices.value[i];
        program.look_at_step(k, state.mixing, price, seat.next_accrual);
        if (k != program.num_steps())
            return program.leave_step();
        std::uint32_t const in_range = program.close(offset, state, price);
        for (int i = 0; i < seat.num_followers; ++i)
            program.close_quiet(*seat.followers[i].program, *seat.followers[i].sink, spare_, offset,
                                in_range);
        seat.busy = program.busy_lanes();
    }
};

BRINK_END_ISA
