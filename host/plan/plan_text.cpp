// SPDX-License-Identifier: Apache-2.0
#include "host/plan/plan_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/plan/byte_text.hpp"
#include "io/results/json.hpp"
#include "io/results/number_text.hpp"

namespace brink {
namespace {

std::string seconds_text(double seconds)
{
    return std::isfinite(seconds) ? fmt::format("about {:.2g} s", seconds) : "not estimated";
}

std::string limit_text(std::size_t bytes)
{
    return bytes == no_limit ? "unknown" : byte_text(bytes);
}

}  // namespace

std::string plan_text(Plan const& plan, ExecutorInfo const& info)
{
    RunShape const& shape = plan.shape;
    MemoryPlan const& memory = plan.memory;
    std::string text;
    auto const line = [&](std::string_view label, std::string const& value) {
        text += fmt::format("{:<22}{}\n", label, value);
    };
    line("device", fmt::format("{}: {}", info.arithmetic, info.devices));
    line("paths", count_text(shape.paths));
    line("accounts x assets", fmt::format("{} x {}", count_text(shape.accounts), shape.assets));
    line("steps",
         fmt::format("{} of {}", count_text(shape.steps), duration_text(shape.step_seconds)));
    line("chunks", fmt::format("{} of {} paths, {} in flight", count_text(plan.num_chunks),
                               count_text(plan.chunk_paths), count_text(plan.batch_chunks)));
    line("work", fmt::format("{:.3g} asset-steps, {}", plan.asset_steps,
                             seconds_text(plan.estimated_seconds)));
    if (plan.scenarios > 0)
        line("scenarios",
             fmt::format("{} after the base, each as much work again", count_text(plan.scenarios)));
    if (plan.sweep_points > 0)
        line("sweep", fmt::format("{} points after the base, {} if none share the market",
                                  count_text(plan.sweep_points),
                                  seconds_text(plan.estimated_seconds
                                               * static_cast<double>(plan.sweep_points))));
    line("memory", fmt::format("{}, of {} available",
                               byte_text(plan.spills ? memory.fixed() : memory.total()),
                               limit_text(plan.memory_available)));
    line("  outcomes in flight", byte_text(memory.columns));
    line("  histograms", byte_text(memory.histograms));
    line("  exact tails",
         byte_text(memory.tails)
             + (plan.spills ? fmt::format(", on disk below '{}'", plan.spill_folder.string())
                            : std::string{}));
    line("  health fans", byte_text(memory.fans));
    line("  rows of outcomes", byte_text(memory.rows));
    line("  table of accounts", byte_text(memory.accounts));
    line("  executor", byte_text(memory.workspace));
    line("  program", byte_text(memory.program));
    line("result file", fmt::format("about {}, {} rows of outcomes", byte_text(plan.output_bytes),
                                    count_text(plan.kept_rows)));
    return text;
}

std::string plan_json(Plan const& plan, ExecutorInfo const& info)
{
    MemoryPlan const& memory = plan.memory;
    Json json;
    json["arithmetic"] = info.arithmetic;
    json["devices"] = info.devices;
    json["paths"] = plan.shape.paths;
    json["accounts"] = plan.shape.accounts;
    json["assets"] = plan.shape.assets;
    json["steps"] = plan.shape.steps;
    json["chunk_paths"] = plan.chunk_paths;
    json["chunks"] = plan.num_chunks;
    json["batch_chunks"] = plan.batch_chunks;
    json["asset_steps"] = plan.asset_steps;
    json["estimated_seconds"] = plan.estimated_seconds;
    json["scenarios"] = plan.scenarios;
    json["sweep_points"] = plan.sweep_points;
    json["memory_bytes"] = plan.spills ? memory.fixed() : memory.total();
    json["memory_available_bytes"] = plan.memory_available;
    json["tail_bytes"] = memory.tails;
    json["tails_on_disk"] = plan.spills;
    json["kept_rows"] = plan.kept_rows;
    json["output_bytes"] = plan.output_bytes;
    return json_line(json) + "\n";
}

}  // namespace brink
