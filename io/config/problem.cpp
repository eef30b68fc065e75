// SPDX-License-Identifier: Apache-2.0
#include "io/config/problem.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace brink {

Where Located::at(std::string_view key) const
{
    if (auto const found = keys.find(std::string{key}); found != keys.end())
        return found->second;
    Where place = where;
    place.key += place.key.empty() ? std::string{key} : fmt::format(".{}", key);
    return place;
}

void Problems::add(Where where, std::string reason, std::string suggestion, ExitCode code)
{
    problems_.push_back({std::move(where), std::move(reason), std::move(suggestion), code});
}

void Problems::warn(Where where, std::string reason, std::string suggestion)
{
    warnings_.push_back({std::move(where), std::move(reason), std::move(suggestion), ExitCode::ok});
}

ExitCode Problems::exit_code() const
{
    constexpr std::array order{ExitCode::usage, ExitCode::no_input, ExitCode::config,
                               ExitCode::data};
    for (ExitCode const code : order) {
        for (Problem const& problem : problems_)
            if (problem.code == code)
                return code;
    }
    return problems_.empty() ? ExitCode::ok : problems_.front().code;
}

std::string format_problem(Problem const& problem, std::string_view severity)
{
    Where const& where = problem.where;
    std::string text = where.file;
    if (where.line > 0)
        text += fmt::format(":{}", where.line);
    if (where.line > 0 && where.column > 0)
        text += fmt::format(":{}", where.column);
    text += fmt::format("{}{}: ", text.empty() ? "" : ": ", severity);
    if (!where.key.empty())
        text += fmt::format("{}: ", where.key);
    text += problem.reason;
    if (!problem.suggestion.empty())
        text += fmt::format(" ({})", problem.suggestion);
    return text;
}

}  // namespace brink
