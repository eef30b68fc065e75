// SPDX-License-Identifier: Apache-2.0
#include "host/run/stop_signal.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <limits>

namespace brink {
namespace {

constexpr std::array handled{SIGINT, SIGTERM, SIGUSR1};
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// Read by all workers, written by the handler.
std::atomic<int> stop_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);
std::array<struct sigaction, handled.size()> previous;

/// [ticks of the steady clock]
std::atomic<std::int64_t> walltime_end{never};
std::atomic<std::int64_t> deadline{never};

void ask_to_stop(int signal)
{
    if (stop_signal != 0)
        ::_exit(128 + signal);
    stop_signal = signal;
}

std::int64_t ticks(StopSignals::Clock::time_point time)
{
    return time.time_since_epoch().count();
}

}  // namespace

StopSignals::StopSignals()
{
    stop_signal = 0;
    walltime_end = never;
    deadline = never;
    struct sigaction action {};
    action.sa_handler = &ask_to_stop;
    ::sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < handled.size(); ++i)
        ::sigaction(handled[i], &action, &previous[i]);
}

StopSignals::~StopSignals()
{
    for (std::size_t i = 0; i < handled.size(); ++i)
        ::sigaction(handled[i], &previous[i], nullptr);
    stop_signal = 0;
    walltime_end = never;
    deadline = never;
}

void StopSignals::stop_at(Clock::time_point time, StopReason reason)
{
    (reason == StopReason::deadline ? deadline : walltime_end) = ticks(time);
}

int StopSignals::received()
{
    return stop_signal;
}

StopReason stop_reason()
{
    if (stop_signal != 0)
        return StopReason::signal;
    std::int64_t const walltime = walltime_end;
    std::int64_t const end = deadline;
    if (walltime == never && end == never)
        return StopReason::none;
    std::int64_t const now = ticks(StopSignals::Clock::now());
    if (now >= end)
        return StopReason::deadline;
    return now >= walltime ? StopReason::walltime : StopReason::none;
}

std::string stop_text()
{
    switch (stop_reason()) {
        case StopReason::signal:
            return std::string{"SIG"} + ::sigabbrev_np(stop_signal);
        case StopReason::walltime:
            return "--max-walltime";
        case StopReason::deadline:
            return "the deadline";
        case StopReason::none:
            break;
    }
    return "nothing";
}

std::string how_to_go_on()
{
    return stop_reason() == StopReason::deadline ? "run the same command again to go on, with a "
                                                   "later deadline where that is an instant"
                                                 : "run the same command again to go on";
}

bool stop_requested()
{
    return stop_reason() != StopReason::none;
}

}  // namespace brink
