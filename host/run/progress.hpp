// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "host/run/progress_output.hpp"

namespace brink {

/// Reports how far a part of a run is: paths per second, time left, the expected shortfall so far
/// with its standard error. The shortfall is computed only as often as that costs little.
class Progress {
    using Clock = std::chrono::steady_clock;

    ProgressOutput* output_;
    ProgressPart part_;
    std::function<Estimate()> shortfall_;
    Clock::time_point start_{Clock::now()};
    Clock::time_point next_shown_;
    Clock::time_point next_estimated_;
    Estimate estimate_;
    std::uint64_t estimated_at_{0};  ///< [paths]
    std::uint64_t done_;             ///< [paths]
    bool ended_{false};

    void estimate(Clock::time_point now);
    void show(ProgressEvent event);

  public:
    /// Reports the start. \param output outlives this object; null: nobody wants to know
    /// \param shortfall called from `update` and `finish` only
    Progress(ProgressOutput* output, ProgressPart part, std::function<Estimate()> shortfall);
    ~Progress();  ///< reports that the part stopped, where it did not finish
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;

    /// \param done paths of the part so far, earlier processes included; shown when enough time has
    /// passed since the last time
    void update(std::uint64_t done);
    /// All of the part is done: reports so with the last estimate.
    void finish();
};

}  // namespace brink
