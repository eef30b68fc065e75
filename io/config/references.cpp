// SPDX-License-Identifier: Apache-2.0
#include "io/config/references.hpp"

#include "io/config/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace brink {

bool References::require(std::string const& name, Where const& where, Problems& problems) const
{
    if (contains(name))
        return true;
    problems.add(where, fmt::format("unknown {} \"{}\"", kind_, name), advise(name, names_, kind_));
    return false;
}

void References::add(std::string const& name)
{
    if (index_.emplace(name, names_.size()).second)
        names_.push_back(name);
}

void check_name(std::string const& name, Where const& where, Problems& problems)
{
    bool const visible = std::all_of(name.begin(), name.end(), [](char c) {
        auto const code = static_cast<unsigned char>(c);
        return code >= 0x20 && code != 0x7f && c != '"' && c != '\\' && c != '/';
    });
    if (name.size() > 64)
        problems.add(where, fmt::format("is {} characters long; 64 is the most", name.size()));
    else if (!visible || name.front() == ' ' || name.back() == ' ')
        problems.add(where, fmt::format("\"{}\" cannot be a name", name),
                     "names have no control characters, quotes, slashes or blanks at their ends");
}

void report_duplicate(std::string_view kind, std::string const& name, Where const& where,
                      Where const& first, Problems& problems)
{
    std::string const line = first.line > 0 ? fmt::format(":{}", first.line) : "";
    problems.add(where, fmt::format("{} \"{}\" is defined twice", kind, name),
                 fmt::format("first at {}{}", first.file, line));
}

}  // namespace brink
