// SPDX-License-Identifier: Apache-2.0
#include "host/app/report_options.hpp"

#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>
#include <cstdio>

#include "host/app/log.hpp"

namespace brink {
namespace {

void write_to(std::FILE* stream, std::string const& line)
{
    std::fputs(line.c_str(), stream);
    std::fflush(stream);
}

/// \return why a name of a file is none; empty: it is one
std::string check_file_name(std::string const& text)
{
    return text.empty() ? "needs the name of a file" : "";
}

}  // namespace

void ReportOptions::add_to(CLI::App& command)
{
    command
        .add_option("--progress", progress,
                    "auto (a bar on a terminal, JSON lines elsewhere), bar, lines, none, a file "
                    "for JSON lines, or - for standard output")
        ->type_name("HOW")
        ->check(&check_file_name)
        ->capture_default_str();
    command.add_option("--log", log, "also write messages to this file, each with its time in UTC")
        ->type_name("FILE")
        ->check(&check_file_name);
    command
        .add_option("--log-size", most_log_bytes,
                    "size at which the log file, or a file of progress, is put aside as NAME.1.EXT "
                    "in place of the one before (64k or more, default 10M)")
        ->type_name("SIZE")
        ->transform(CLI::AsSizeValue(false))
        ->check(CLI::Range(std::uint64_t{64} * 1024, std::uint64_t{1} << 40));
    command.add_flag("-q,--quiet", quiet,
                     "no progress unless asked for, no summary; warnings, errors and --json only");
}

void ReportOptions::open_log() const
{
    if (quiet)
        quieten_log();
    if (!log.empty())
        open_log_file(log, most_log_bytes);
}

std::unique_ptr<ProgressOutput> ReportOptions::open_progress() const
{
    auto const on_stderr = [](std::string const& line) { write_to(stderr, line); };
    auto const on_stdout = [](std::string const& line) { write_to(stdout, line); };
    if (progress == "none" || (progress == "auto" && quiet))
        return nullptr;
    if (progress == "bar" || (progress == "auto" && ::isatty(STDERR_FILENO) != 0))
        return progress_bar();
    if (progress == "auto" || progress == "lines")
        return progress_lines(on_stderr);
    if (progress == "-")
        return progress_lines(on_stdout);
    return progress_lines(line_writer(progress, most_log_bytes));
}

}  // namespace brink
