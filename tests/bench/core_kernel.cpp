// SPDX-License-Identifier: Apache-2.0
#include "models/core/twin.hpp"
#include "tests/bench/core_step.hpp"

#define BRINK_BENCH_TEXT_(name) #name
#define BRINK_BENCH_TEXT(name) BRINK_BENCH_TEXT_(name)

BRINK_BEGIN_ISA

namespace {

template<class T>
void run_core(bench::CoreWorkload<T> const& workload, int num_paths, int num_steps, T* loss,
              T* steps_survived)
{
    using F = Lanes<T>;
    for (int path = 0; path < num_paths; path += num_lanes<F>) {
        PathRandom<F> const random(RandomKey{1, 2}, static_cast<std::uint64_t>(path));
        CoreOutcome<F> const outcome = run_core_path<F>(workload, random, num_steps);
        store(outcome.loss, loss + path);
        store(outcome.steps_survived, steps_survived + path);
    }
}

}  // namespace

extern bench::CoreEngine const core_engine;
bench::CoreEngine const core_engine{BRINK_BENCH_TEXT(BRINK_ISA), &run_core<float>,
                                    &run_core<double>};

BRINK_END_ISA
