// SPDX-License-Identifier: Apache-2.0
#include "host/run/progress_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <utility>

#include "io/config/instant.hpp"
#include "io/results/json.hpp"
#include "io/results/number_text.hpp"

#include <nlohmann/json.hpp>

namespace brink {
namespace {

using Interval = ProgressOutput::Interval;

class ProgressBar : public ProgressOutput {
    static constexpr std::size_t width = 24;
    bool drawn_{false};

    void clear()
    {
        if (std::exchange(drawn_, false))
            std::fputs("\r\033[K", stderr);
    }

  public:
    ProgressBar() = default;
    ~ProgressBar() override { clear(); }

    [[nodiscard]] Interval interval(Interval /*elapsed*/) const override { return Interval{200}; }

    void show(ProgressReport const& report) override
    {
        if (report.event != ProgressEvent::progress)
            return clear();
        ProgressPart const& part = report.part;
        double const share = static_cast<double>(report.done) / static_cast<double>(part.paths);
        auto const filled = static_cast<std::size_t>(share * static_cast<double>(width));
        std::string text = fmt::format("\r[{}{}] {:3.0f} %", std::string(filled, '#'),
                                       std::string(width - filled, '.'), 100 * share);
        if (std::isfinite(report.paths_per_second) && std::isfinite(report.seconds_left))
            text += fmt::format("  {:.3g} paths/s  {} left", report.paths_per_second,
                                duration_text(report.seconds_left));
        if (part.count > 1)
            text += fmt::format("  {} of {}", part.index, part.count);
        Estimate const& estimate = report.estimate;
        if (std::isfinite(estimate.value))
            text += fmt::format("  loss {} {}{}", estimate.name, money_text(estimate.value),
                                std::isfinite(estimate.se) ? " +- " + money_text(estimate.se) : "");
        std::fputs((text + "\033[K").c_str(), stderr);
        std::fflush(stderr);
        drawn_ = true;
    }
};

std::string_view event_name(ProgressEvent event)
{
    switch (event) {
        case ProgressEvent::started:
            return "started";
        case ProgressEvent::progress:
            return "progress";
        case ProgressEvent::finished:
            return "finished";
        case ProgressEvent::stopped:
            return "stopped";
    }
    return {};
}

Json text_or_null(std::string const& text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

Json number_or_null(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

double monotonic_seconds()
{
    using Seconds = std::chrono::duration<double>;
    return Seconds{std::chrono::steady_clock::now().time_since_epoch()}.count();
}

class ProgressLines : public ProgressOutput {
    std::function<void(std::string const&)> write_;
    std::uint64_t num_lines_{0};

    Json begin_line(ProgressReport const& report)
    {
        ProgressPart const& part = report.part;
        Json line;
        line["event"] = event_name(report.event);
        line["seq"] = num_lines_++;
        line["instant"] = format_instant(static_cast<UnixSeconds>(std::time(nullptr)));
        line["monotonic_seconds"] = monotonic_seconds();
        line["elapsed_seconds"] = report.elapsed_seconds;
        line["part"] = part.index;
        line["parts"] = part.count;
        line["scenarios"] = part.scenarios;
        line["points"] = part.points;
        line["shard"] = text_or_null(part.shard);
        return line;
    }

  public:
    explicit ProgressLines(std::function<void(std::string const&)> write) : write_{std::move(write)}
    {}

    [[nodiscard]] Interval interval(Interval elapsed) const override
    {
        return std::clamp(elapsed / 100, Interval{5'000}, Interval{60'000});
    }

    void show(ProgressReport const& report) override
    {
        ProgressPart const& part = report.part;
        auto const chunks_of_run = [&](std::uint64_t paths) {
            return paths / part.chunk_paths + (paths % part.chunk_paths != 0 ? 1 : 0);
        };
        auto const chunks = [&](std::uint64_t paths) {
            if (part.run_paths == 0)
                return chunks_of_run(paths);
            return paths / part.run_paths * chunks_of_run(part.run_paths)
                   + chunks_of_run(paths % part.run_paths);
        };
        Json line = begin_line(report);
        line["chunks"] = chunks(report.done);
        line["chunks_of"] = chunks(part.paths);
        line["paths"] = report.done;
        line["paths_of"] = part.paths;
        line["paths_per_second"] = number_or_null(report.paths_per_second);
        line["seconds_left"] = number_or_null(report.seconds_left);
        bool const known = std::isfinite(report.estimate.value);
        line["statistic"] = known ? Json("book.loss." + report.estimate.name) : Json(nullptr);
        line["value"] = number_or_null(report.estimate.value);
        line["se"] = number_or_null(report.estimate.se);
        line["statistic_paths"] = known ? Json(report.estimated_at) : Json(nullptr);
        write_(json_line(line) + "\n");
    }
};

}  // namespace

std::unique_ptr<ProgressOutput> progress_bar()
{
    return std::make_unique<ProgressBar>();
}

std::unique_ptr<ProgressOutput> progress_lines(std::function<void(std::string const&)> write)
{
    return std::make_unique<ProgressLines>(std::move(write));
}

}  // namespace brink
