// SPDX-License-Identifier: Apache-2.0
#include "host/run/stop_signal.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>

namespace brink {
namespace {

constexpr std::array handled{SIGINT, SIGTERM};
/// Read by all workers, written by the handler.
std::atomic<int> stop_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);
std::array<struct sigaction, handled.size()> previous;

void ask_to_stop(int signal)
{
    if (stop_signal != 0)
        ::_exit(128 + signal);
    stop_signal = signal;
}

}  // namespace

StopSignals::StopSignals()
{
    stop_signal = 0;
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
}

int StopSignals::received()
{
    return stop_signal;
}

}  // namespace brink
