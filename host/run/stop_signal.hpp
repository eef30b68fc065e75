// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace brink {

/// Why a run is to stop before its last path.
enum class StopReason : std::uint8_t {
    none,
    signal,    ///< SIGINT, SIGTERM or SIGUSR1
    walltime,  ///< --max-walltime
    deadline,  ///< [stop] deadline: what there is becomes the result
};

/// While it lives, the first SIGINT, SIGTERM or SIGUSR1 only asks the run to stop, which it does
/// between two parts of a batch; a second one ends the process at once. So do the two points of
/// time that may be set. One object at a time.
class StopSignals {
  public:
    using Clock = std::chrono::steady_clock;

    StopSignals();
    ~StopSignals();  ///< restores what the signals did before
    StopSignals(StopSignals const&) = delete;
    StopSignals& operator=(StopSignals const&) = delete;

    /// When to stop by itself; the latest call counts.
    static void stop_at(Clock::time_point time, StopReason reason);

    /// Number of the signal that came; 0: none.
    [[nodiscard]] static int received();
};

/// The first reason that there is. Safe from any thread.
[[nodiscard]] StopReason stop_reason();

/// For a person: "SIGTERM", "--max-walltime", "the deadline".
[[nodiscard]] std::string stop_text();

/// What the user does so that a run that was stopped goes on: "run the same command again".
[[nodiscard]] std::string how_to_go_on();

/// Whether there is one; what executors ask between parts of a batch.
[[nodiscard]] bool stop_requested();

}  // namespace brink
