// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace brink {

/// While it lives, the first SIGINT or SIGTERM only asks the run to stop, which it does between two
/// parts of a batch; a second one ends the process at once. One object at a time.
class StopSignals {
  public:
    StopSignals();
    ~StopSignals();  ///< restores what the signals did before
    StopSignals(StopSignals const&) = delete;
    StopSignals& operator=(StopSignals const&) = delete;

    /// Number of the signal that came; 0: none.
    [[nodiscard]] static int received();
};

/// A signal asked the run to stop before it was done; nothing was written. Exit code 128 + signal.
struct Stopped {
    int signal;
};

}  // namespace brink
