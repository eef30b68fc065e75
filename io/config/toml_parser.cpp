// SPDX-License-Identifier: Apache-2.0
#include "io/config/toml_parser.hpp"

#include "io/config/instant.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace brink {
namespace {

Where place_of(toml::source_region const& region, std::string const& file)
{
    return {file,
            static_cast<std::int32_t>(region.begin.line),
            static_cast<std::int32_t>(region.begin.column),
            {}};
}

/// What the parser says, in one line.
std::string one_line(std::string_view text)
{
    std::string line{text};
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

ConfigNode convert(toml::node const& node, std::string const& file);

ConfigNode::Table convert_table(toml::table const& table, std::string const& file)
{
    ConfigNode::Table entries;
    for (auto&& [key, node] : table) {
        ConfigNode value = convert(node, file);
        value.where = place_of(key.source(), file);
        entries.push_back({std::string{key.str()}, std::move(value)});
    }
    // The library sorts by name; balances, factors and outputs follow the order of the file.
    std::stable_sort(entries.begin(), entries.end(),
                     [](ConfigEntry const& a, ConfigEntry const& b) {
                         return std::pair{a.node.where.line, a.node.where.column}
                                < std::pair{b.node.where.line, b.node.where.column};
                     });
    return entries;
}

ConfigNode::Array convert_array(toml::array const& array, std::string const& file)
{
    ConfigNode::Array elements;
    elements.reserve(array.size());
    for (toml::node const& node : array)
        elements.push_back(convert(node, file));
    return elements;
}

template<class T>
std::string printed(T const& value)
{
    std::ostringstream out;
    out << value;
    return out.str();
}

ConfigNode convert_date_time(toml::date_time const& value)
{
    if (!value.offset)
        return {LocalTime{printed(value)}, {}};
    auto const unix = to_unix({value.date.year, value.date.month, value.date.day, value.time.hour,
                               value.time.minute, value.time.second});
    if (!unix)
        return {LocalTime{printed(value)}, {}};
    return {InstantValue{*unix - value.offset->minutes * 60, value.time.nanosecond != 0}, {}};
}

ConfigNode convert_value(toml::node const& node)
{
    if (auto const* const text = node.as_string())
        return {text->get(), {}};
    if (auto const* const integer = node.as_integer())
        return {integer->get(), {}};
    if (auto const* const number = node.as_floating_point())
        return {number->get(), {}};
    if (auto const* const flag = node.as_boolean())
        return {flag->get(), {}};
    if (auto const* const stamp = node.as_date_time())
        return convert_date_time(stamp->get());
    if (auto const* const date = node.as_date())
        return {LocalTime{printed(date->get())}, {}};
    return {LocalTime{printed(node.as_time()->get())}, {}};
}

ConfigNode convert(toml::node const& node, std::string const& file)
{
    ConfigNode converted;
    if (auto const* const table = node.as_table())
        converted.value = convert_table(*table, file);
    else if (auto const* const array = node.as_array())
        converted.value = convert_array(*array, file);
    else
        converted = convert_value(node);
    converted.where = place_of(node.source(), file);
    return converted;
}

}  // namespace

std::optional<ConfigNode> parse_toml(std::string const& text, std::string const& file,
                                     Problems& problems)
{
    try {
        return convert(toml::parse(text, file), file);
    } catch (toml::parse_error const& error) {
        problems.add(place_of(error.source(), file),
                     fmt::format("not valid TOML: {}", one_line(error.description())),
                     "the rest of this file was not read");
        return std::nullopt;
    }
}

std::optional<ConfigNode> parse_toml_value(std::string const& text)
{
    try {
        ConfigNode node = convert(toml::parse("v = " + text), {});
        ConfigNode::Table& entries = *node.table();
        if (entries.size() == 1 && entries.front().key == "v")
            return std::move(entries.front().node);
    } catch (toml::parse_error const&) {
        // Not a TOML value: perhaps a bare word, decided below.
    }
    bool const bare = !text.empty() && text.find_first_of("\"'[]{}=\n") == std::string::npos;
    return bare ? std::optional{ConfigNode{text, {}}} : std::nullopt;
}

}  // namespace brink
