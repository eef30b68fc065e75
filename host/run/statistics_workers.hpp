// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "host/run/run_statistics.hpp"

namespace brink {

/// The threads that summarise, and their scratch memory.
struct RunStatistics::Workers {
    tbb::task_arena arena;
    tbb::enumerable_thread_specific<ChunkSummariser> summarisers;

    explicit Workers(int threads) : arena{threads > 0 ? threads : tbb::info::default_concurrency()}
    {}

    /// Run `work(i)` for i in [0, count) in any order.
    template<class Work>
    void for_each(std::size_t count, Work const& work)
    {
        arena.execute([&] {
            tbb::parallel_for(
                tbb::blocked_range<std::size_t>{0, count, 1},
                [&](tbb::blocked_range<std::size_t> const& range) {
                    for (std::size_t i = range.begin(); i < range.end(); ++i)
                        work(i);
                },
                tbb::simple_partitioner{});
        });
    }
};

}  // namespace brink
