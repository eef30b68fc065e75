// SPDX-License-Identifier: Apache-2.0
#pragma once

/// \file
/// The part of oneTBB that brink uses, over std::thread, for builds with the thread sanitizer only.
/// The packaged oneTBB is not instrumented: its synchronisation is invisible to the sanitizer,
/// which then reports every hand-over of data as a race. Here a hand-over is the start and the join
/// of a thread, so what is still reported is a race of brink's own. Pieces run in no fixed order;
/// nested loops start threads of their own. Exceptions: the first one is thrown after all threads
/// ended.

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tbb {

namespace info {
inline int default_concurrency()
{
    unsigned const threads = std::thread::hardware_concurrency();
    return threads == 0 ? 1 : static_cast<int>(threads);
}
}  // namespace info

namespace stand_in {

/// Threads that loops started by this thread use.
inline thread_local int concurrency = 0;

/// Run `work(i)` for i in [0, count) on up to `concurrency` threads, this one included.
template<class Work>
void run_all(std::size_t count, Work const& work)
{
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_mutex;
    auto const drain = [&] {
        try {
            for (std::size_t i = next++; i < count; i = next++)
                work(i);
        } catch (...) {
            next = count;
            std::lock_guard const lock{failure_mutex};
            if (!failure)
                failure = std::current_exception();
        }
    };

    std::vector<std::thread> threads;
    int const wanted = concurrency > 0 ? concurrency : info::default_concurrency();
    for (int i = 1; i < wanted && static_cast<std::size_t>(i) < count; ++i)
        threads.emplace_back(drain);
    drain();
    for (std::thread& thread : threads)
        thread.join();
    if (failure)
        std::rethrow_exception(failure);
}

}  // namespace stand_in

struct simple_partitioner {};
struct auto_partitioner {};
struct static_partitioner {};

/// Half-open range [begin, end), handed out in pieces of `grainsize`.
template<class Value>
class blocked_range {
    Value begin_, end_;
    std::size_t grainsize_;

  public:
    blocked_range(Value begin, Value end, std::size_t grainsize = 1)
        : begin_{begin}, end_{end}, grainsize_{grainsize}
    {}
    Value begin() const { return begin_; }
    Value end() const { return end_; }
    std::size_t grainsize() const { return grainsize_; }
    std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }
    bool empty() const { return !(begin_ < end_); }
};

template<class Value, class Body, class Partitioner = auto_partitioner>
void parallel_for(blocked_range<Value> const& range, Body const& body, Partitioner const& = {})
{
    std::size_t const grain = range.grainsize();
    std::size_t const size = range.empty() ? 0 : range.size();
    stand_in::run_all((size + grain - 1) / grain, [&](std::size_t piece) {
        std::size_t const first = piece * grain;
        std::size_t const last = first + grain < size ? first + grain : size;
        body(blocked_range<Value>{static_cast<Value>(range.begin() + first),
                                  static_cast<Value>(range.begin() + last), grain});
    });
}

template<class Index, class Body>
void parallel_for(Index first, Index last, Body const& body)
{
    parallel_for(blocked_range<Index>{first, last}, [&](blocked_range<Index> const& range) {
        for (Index i = range.begin(); i < range.end(); ++i)
            body(i);
    });
}

/// A number of threads, which loops inside `execute` use.
class task_arena {
    int concurrency_;

  public:
    explicit task_arena(int concurrency) : concurrency_{concurrency} {}
    int max_concurrency() const { return concurrency_; }

    template<class Work>
    auto execute(Work&& work)
    {
        struct Restore {
            int before;
            ~Restore() { stand_in::concurrency = before; }
        } const restore{std::exchange(stand_in::concurrency, concurrency_)};
        return std::forward<Work>(work)();
    }
};

/// One T per thread that asked, made by the function given.
template<class T>
class enumerable_thread_specific {
    std::function<T()> make_;
    std::mutex mutex_;
    std::map<std::thread::id, std::unique_ptr<T>> values_;

  public:
    enumerable_thread_specific() : make_{[] { return T(); }} {}
    explicit enumerable_thread_specific(std::function<T()> make) : make_{std::move(make)} {}

    T& local()
    {
        std::lock_guard const lock{mutex_};
        std::unique_ptr<T>& value = values_[std::this_thread::get_id()];
        if (!value)
            value = std::make_unique<T>(make_());
        return *value;
    }
};

}  // namespace tbb
