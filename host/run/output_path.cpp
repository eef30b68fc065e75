// SPDX-License-Identifier: Apache-2.0
#include "host/run/output_path.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "io/config/instant.hpp"

namespace brink {
namespace {

constexpr std::size_t hash_digits = 16;

std::string file_name(std::string name)
{
    auto const is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '.' || c == '-' || c == '_';
    };
    std::replace_if(
        name.begin(), name.end(), [&](char c) { return !is_plain(c); }, '_');
    if (name.empty() || name.front() == '.')
        name.insert(0, "_");
    return name;
}

/// `2025-07-01T00:00:00Z` without the characters that file systems and shells dislike.
std::string compact_instant(UnixSeconds instant)
{
    std::string text = format_instant(instant);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string value_of(std::string_view placeholder, OutputNames const& names)
{
    if (placeholder == "name")
        return file_name(names.name);
    if (placeholder == "as_of")
        return compact_instant(names.as_of);
    if (placeholder == "hash")
        return names.scenario_hash.substr(0, hash_digits);
    throw std::invalid_argument{"-o: unknown placeholder {" + std::string{placeholder}
                                + "}: known are {name}, {as_of} and {hash}"};
}

}  // namespace

std::filesystem::path output_path(std::string const& pattern, OutputNames const& names)
{
    std::string_view rest = pattern.empty() ? "out/{name}.h5" : std::string_view{pattern};
    std::string path;
    while (!rest.empty()) {
        std::size_t const open = rest.find('{');
        path += rest.substr(0, open);
        if (open == std::string_view::npos)
            break;
        std::size_t const close = rest.find('}', open);
        if (close == std::string_view::npos)
            throw std::invalid_argument{"-o: '{' without '}'"};
        path += value_of(rest.substr(open + 1, close - open - 1), names);
        rest.remove_prefix(close + 1);
    }
    return path;
}

}  // namespace brink
