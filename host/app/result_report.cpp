// SPDX-License-Identifier: Apache-2.0
#include "host/app/result_report.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "host/app/command.hpp"
#include "host/app/run_json.hpp"
#include "host/merge/part_text.hpp"
#include "io/results/part_file.hpp"
#include "io/results/summary.hpp"

namespace brink {

int report_result(Result const& result, std::string const& output, ResultReport const& asked)
{
    if (asked.summary)
        fmt::print("{}", summary_text(result));
    if (asked.json)
        fmt::print("{}\n", json_line(run_json(result, output)));
    for (std::string const& limit : result.provenance.limits_breached)
        spdlog::warn("limit breached: {}", limit);
    bool const breached = !result.provenance.limits_breached.empty();
    return exit_status(breached ? ExitCode::limit_breached : ExitCode::ok);
}

int report_part(std::filesystem::path const& output, bool json)
{
    if (json)
        fmt::print("{}\n", json_line(part_json(read_part(output))));
    return exit_status(ExitCode::ok);
}

}  // namespace brink
