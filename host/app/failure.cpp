// SPDX-License-Identifier: Apache-2.0
#include "host/app/failure.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <new>
#include <system_error>

#include "host/app/command.hpp"
#include "host/app/log.hpp"
#include "host/plan/memory_limits.hpp"
#include "host/run/resumable_run.hpp"
#include "io/results/file_error.hpp"
#include "kernels/executor.hpp"

namespace brink {
namespace {

int fail(ExitCode code, char const* message)
{
    spdlog::error("{}", message);
    return exit_status(code);
}

/// Memory that the system refuses is unavailable; everything else that it refuses is I/O.
int fail(std::system_error const& error)
{
    bool const memory = error.code() == std::errc::not_enough_memory;
    return fail(memory ? ExitCode::unavailable : ExitCode::io, error.what());
}

}  // namespace

int guarded(std::function<int()> const& work)
{
    try {
        return work();
    } catch (Stopped const& stopped) {
        spdlog::warn("{}", stopped.message);
        return exit_status(ExitCode::stopped);
    } catch (FileError const& error) {
        return fail(error.code(), error.what());
    } catch (MemoryUnavailable const& error) {
        return fail(ExitCode::unavailable, error.what());
    } catch (DeviceUnavailable const& error) {
        return fail(ExitCode::unavailable, error.what());
    } catch (std::bad_alloc const&) {
        return fail(ExitCode::unavailable,
                    "out of memory (brink plan says what a run needs and for what)");
    } catch (std::system_error const& error) {
        return fail(error);
    } catch (std::exception const& error) {
        spdlog::error("internal error: {} (this is a defect of brink, not of the input)",
                      error.what());
        return exit_status(ExitCode::internal);
    }
}

int report_problems(Problems const& problems)
{
    auto const tell = [](std::string const& line) {
        fmt::print(stderr, "{}\n", line);
        note_in_log_file(line);
    };
    for (Problem const& warning : problems.warnings())
        tell(format_problem(warning, "warning"));
    for (Problem const& problem : problems.problems())
        tell(format_problem(problem, "error"));
    return exit_status(problems.exit_code());
}

}  // namespace brink
