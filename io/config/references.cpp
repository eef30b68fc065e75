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

void check_label(std::string const& label, Where const& where, Problems& problems)
{
    bool const visible = std::all_of(label.begin(), label.end(), [](char c) {
        auto const code = static_cast<unsigned char>(c);
        return code >= 0x20 && code != 0x7f && c != '"' && c != '\\';
    });
    if (label.size() > 64)
        problems.add(where, fmt::format("is {} characters long; 64 is the most", label.size()));
    else if (!visible || label.starts_with(' ') || label.ends_with(' '))
        problems.add(where, fmt::format("\"{}\" cannot be a name", label),
                     "names have no control characters, quotes or blanks at their ends");
}

void check_name(std::string const& name, Where const& where, Problems& problems)
{
    if (name.find('/') == std::string::npos)
        check_label(name, where, problems);
    else
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
