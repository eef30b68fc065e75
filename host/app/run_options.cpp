// SPDX-License-Identifier: Apache-2.0
#include "host/app/run_options.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <charconv>
#include <string_view>

#include "io/config/duration.hpp"
#include "io/config/instant.hpp"
#include "io/results/number_text.hpp"

namespace brink {
namespace {

/// Each is a file, and brink merge is given all of them.
constexpr std::uint64_t most_shards = 1'000'000;

std::optional<std::uint64_t> whole_number(std::string_view text)
{
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole ? std::optional{number} : std::nullopt;
}

struct Fraction {
    std::uint64_t number, count;
};

/// `3/8`, within no bounds.
std::optional<Fraction> parse_fraction(std::string const& text)
{
    std::size_t const slash = text.find('/');
    if (slash == std::string::npos)
        return std::nullopt;
    auto const number = whole_number(std::string_view{text}.substr(0, slash));
    auto const count = whole_number(std::string_view{text}.substr(slash + 1));
    return number && count ? std::optional{Fraction{*number, *count}} : std::nullopt;
}

/// \return why the text is no shard; empty: it is one
std::string check_shard(std::string const& text)
{
    if (parse_shard(text))
        return {};
    if (auto const shard = parse_fraction(text); shard && shard->count > most_shards)
        return fmt::format("\"{}\": {} shards are the most, as brink merge is given a file of each",
                           text, count_text(most_shards));
    return fmt::format("\"{}\" is no shard such as 3/8: 1/8 is the first of eight, 8/8 the last",
                       text);
}

/// \return why the text is no time to end at; empty: it is one
std::string check_deadline(std::string const& text)
{
    if (parse_instant(text) || parse_clock(text))
        return {};
    return fmt::format(
        "\"{}\" is neither an instant nor a time of day such as 2025-07-02T06:30:00Z, 06:30 or "
        "\"Mon 06:30\"",
        text);
}

/// \return why the text is no duration; empty: it is one
std::string check_duration(std::string const& text)
{
    if (auto const seconds = parse_duration(text); seconds && *seconds >= 0)
        return {};
    std::string const guess = guess_duration(text);
    return fmt::format("\"{}\" is no duration such as PT1M or PT2H30M{}", text,
                       guess.empty() ? "" : " (did you mean " + guess + "?)");
}

}  // namespace

std::optional<Shard> parse_shard(std::string const& text)
{
    auto const shard = parse_fraction(text);
    if (!shard || shard->number < 1 || shard->number > shard->count || shard->count > most_shards)
        return std::nullopt;
    return Shard{shard->number, shard->count};
}

void RunCommandOptions::add_to(CLI::App& command)
{
    scenario.add_to(command);
    device.add_to(command);
    command
        .add_option("-o,--output", output,
                    "result file; {name}, {as_of} and {hash} are replaced (default: out/{name}.h5, "
                    "out/{name}.part-K-of-N.h5 of a shard)")
        ->type_name("FILE")
        ->check(
            [](std::string const& text) { return text.empty() ? "needs the name of a file" : ""; });
    command
        .add_option_function<std::string>(
            "--shard", [this](std::string const& text) { shard = parse_shard(text); },
            "run part K of N of the paths and of the points of a sweep, from 1/N to N/N, and write "
            "a file for brink merge")
        ->type_name("K/N")
        ->check(&check_shard);
    command
        .add_option("--checkpoint-every", checkpoint_every,
                    "least time between two checkpoints; PT0S: after every batch")
        ->type_name("DURATION")
        ->capture_default_str()
        ->check(&check_duration);
    command
        .add_option("--max-walltime", max_walltime,
                    "stop after so much time with a checkpoint and exit code 75")
        ->type_name("DURATION")
        ->check(&check_duration);
    command
        .add_option("--deadline", deadline,
                    "end at this instant or time of day (06:30, Mon 06:30, local) with the result "
                    "of the paths done (stop.deadline)")
        ->type_name("TIME")
        ->check(&check_deadline);
    command.add_flag(
        "--json", json,
        "last on standard output, one line of JSON: all statistics with their errors; of "
        "a shard what brink inspect --json says of it");
    command.add_flag("--force", force, "replace whatever stands at the output; start anew");
    reports.add_to(command);
}

ReadResult RunCommandOptions::read(Problems& problems) const
{
    ScenarioOptions with_deadline = scenario;
    if (!deadline.empty())
        with_deadline.settings.push_back(fmt::format("stop.deadline=\"{}\"", deadline));
    return with_deadline.read(problems);
}

double RunCommandOptions::checkpoint_seconds() const
{
    return parse_duration(checkpoint_every).value_or(0);
}

std::optional<double> RunCommandOptions::walltime_seconds() const
{
    return max_walltime.empty() ? std::nullopt : parse_duration(max_walltime);
}

}  // namespace brink
