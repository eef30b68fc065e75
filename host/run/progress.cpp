// SPDX-License-Identifier: Apache-2.0
#include "host/run/progress.hpp"

#include <utility>

namespace brink {
namespace {

using std::chrono::duration;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr milliseconds first_estimate{500};
constexpr milliseconds least_between_estimates{200};
constexpr int estimate_share = 20;  ///< at most one part in so many of the time

}  // namespace

Progress::Progress(ProgressOutput* output, ProgressPart part, std::function<Estimate()> shortfall)
    : output_{output},
      part_{std::move(part)},
      shortfall_{std::move(shortfall)},
      next_estimated_{start_ + first_estimate},
      done_{part_.done_before}
{
    if (output_ != nullptr) {
        next_shown_ = start_ + output_->interval(milliseconds{0});
        show(ProgressEvent::started);
    }
}

Progress::~Progress()
{
    if (output_ != nullptr && !ended_)
        show(ProgressEvent::stopped);
}

void Progress::estimate(Clock::time_point now)
{
    if (now < next_estimated_)
        return;
    estimate_ = shortfall_();
    estimated_at_ = done_;
    Clock::time_point const after = Clock::now();
    next_estimated_ = after + estimate_share * (after - now) + least_between_estimates;
}

void Progress::show(ProgressEvent event)
{
    double const seconds = duration<double>(Clock::now() - start_).count();
    bool const known = done_ > part_.done_before && seconds > 0;
    double const rate =
        known ? static_cast<double>(done_ - part_.done_before) / seconds : not_available;
    std::uint64_t const left = part_.paths - done_ + part_.paths_after;
    output_->show({event, part_, done_, seconds, rate, static_cast<double>(left) / rate, estimate_,
                   estimated_at_});
}

void Progress::update(std::uint64_t done)
{
    done_ = done;
    Clock::time_point const now = Clock::now();
    if (output_ == nullptr || now < next_shown_)
        return;
    estimate(now);
    show(ProgressEvent::progress);
    next_shown_ = now + output_->interval(duration_cast<milliseconds>(now - start_));
}

void Progress::finish()
{
    done_ = part_.paths;
    ended_ = true;
    if (output_ == nullptr)
        return;
    estimate_ = shortfall_();
    estimated_at_ = done_;
    show(ProgressEvent::finished);
}

}  // namespace brink
