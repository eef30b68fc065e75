// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "io/results/result.hpp"

namespace brink {

enum class ProgressStyle : std::uint8_t {
    none,
    bar,    ///< one line of a terminal, drawn again and again
    lines,  ///< JSON, one object per line
};

/// A bar where stderr is a terminal, JSON lines otherwise.
[[nodiscard]] ProgressStyle default_progress();

/// Tells on stderr how far a run is: paths per second, time left, the expected shortfall so far
/// with its standard error. The shortfall is computed only as often as that costs little.
class Progress {
    using Clock = std::chrono::steady_clock;

    ProgressStyle style_;
    std::uint64_t num_paths_;
    std::function<Estimate()> shortfall_;
    Clock::time_point start_{Clock::now()};
    Clock::time_point next_shown_;
    Clock::time_point next_estimated_;
    Estimate estimate_;
    std::uint64_t estimated_at_{0};  ///< [paths]
    bool drawn_{false};

    void estimate(std::uint64_t done, Clock::time_point now);
    void draw_bar(std::uint64_t done, double rate, double seconds_left);
    void print_line(std::uint64_t done, double rate, double seconds_left) const;

  public:
    /// \param shortfall called between batches only
    Progress(ProgressStyle style, std::uint64_t num_paths, std::function<Estimate()> shortfall);
    ~Progress();  ///< removes the bar
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;

    /// \param done paths so far; shown when enough time has passed since the last time
    void update(std::uint64_t done);
};

}  // namespace brink
