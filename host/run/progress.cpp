// SPDX-License-Identifier: Apache-2.0
#include "host/run/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "io/results/json.hpp"
#include "io/results/number_text.hpp"

#include <nlohmann/json.hpp>

namespace brink {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;

constexpr milliseconds bar_interval{200};
constexpr milliseconds line_interval{5'000};
constexpr milliseconds first_estimate{500};
constexpr int estimate_share = 20;  ///< at most one part in so many of the time
constexpr std::size_t bar_width = 24;

}  // namespace

ProgressStyle default_progress()
{
    return ::isatty(STDERR_FILENO) != 0 ? ProgressStyle::bar : ProgressStyle::lines;
}

Progress::Progress(ProgressStyle style, std::uint64_t num_paths,
                   std::function<Estimate()> shortfall)
    : style_{style},
      num_paths_{num_paths},
      shortfall_{std::move(shortfall)},
      next_shown_{start_ + (style == ProgressStyle::bar ? bar_interval : line_interval)},
      next_estimated_{start_ + first_estimate}
{}

Progress::~Progress()
{
    if (drawn_)
        std::fputs("\r\033[K", stderr);
}

void Progress::estimate(std::uint64_t done, Clock::time_point now)
{
    if (now < next_estimated_)
        return;
    estimate_ = shortfall_();
    estimated_at_ = done;
    Clock::time_point const after = Clock::now();
    next_estimated_ = after + estimate_share * (after - now) + bar_interval;
}

void Progress::draw_bar(std::uint64_t done, double rate, double seconds_left)
{
    double const share = static_cast<double>(done) / static_cast<double>(num_paths_);
    auto const filled = static_cast<std::size_t>(share * static_cast<double>(bar_width));
    std::string text = fmt::format("\r[{}{}] {:3.0f} %  {:.3g} paths/s  {} left",
                                   std::string(filled, '#'), std::string(bar_width - filled, '.'),
                                   100 * share, rate, duration_text(seconds_left));
    if (std::isfinite(estimate_.value))
        text += fmt::format("  loss {} {} +- {}", estimate_.name, money_text(estimate_.value),
                            money_text(estimate_.se));
    std::fputs((text + "\033[K").c_str(), stderr);
    std::fflush(stderr);
    drawn_ = true;
}

void Progress::print_line(std::uint64_t done, double rate, double seconds_left) const
{
    Json line;
    line["event"] = "progress";
    line["paths"] = done;
    line["of"] = num_paths_;
    line["paths_per_second"] = rate;
    line["seconds_left"] = seconds_left;
    if (std::isfinite(estimate_.value)) {
        line["statistic"] = "book.loss." + estimate_.name;
        line["value"] = estimate_.value;
        line["se"] = estimate_.se;
        line["of_paths"] = estimated_at_;
    }
    std::fputs((json_line(line) + "\n").c_str(), stderr);
}

void Progress::update(std::uint64_t done)
{
    Clock::time_point const now = Clock::now();
    if (style_ == ProgressStyle::none || now < next_shown_ || done == 0)
        return;
    estimate(done, now);
    double const seconds = duration<double>(now - start_).count();
    double const rate = static_cast<double>(done) / seconds;
    double const left = static_cast<double>(num_paths_ - done) / rate;
    if (style_ == ProgressStyle::bar)
        draw_bar(done, rate, left);
    else
        print_line(done, rate, left);
    next_shown_ = now + (style_ == ProgressStyle::bar ? bar_interval : line_interval);
}

}  // namespace brink
