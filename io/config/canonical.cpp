// SPDX-License-Identifier: Apache-2.0
#include "io/config/canonical.hpp"

#include "io/config/config_tables.hpp"
#include "io/config/instant.hpp"
#include "io/config/instrument_names.hpp"
#include "io/config/table_writer.hpp"
#include "io/config/value_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace brink {
namespace {

std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\')
            out += fmt::format("\\{}", c);
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        else
            out += c;
    }
    return out + '"';
}

std::string inline_value(ConfigNode const& node);

std::string inline_table(ConfigNode::Table const& entries)
{
    std::string out = "{";
    for (ConfigEntry const& entry : entries)
        out += fmt::format("{}{} = {}", out.size() > 1 ? ", " : " ", quote_key(entry.key),
                           inline_value(entry.node));
    return out + (entries.empty() ? "}" : " }");
}

std::string inline_array(ConfigNode::Array const& elements)
{
    std::string out = "[";
    for (ConfigNode const& element : elements)
        out += (out.size() > 1 ? ", " : "") + inline_value(element);
    return out + ']';
}

struct InlineValue {
    std::string operator()(ConfigNode::Table const& entries) const { return inline_table(entries); }
    std::string operator()(ConfigNode::Array const& elements) const
    {
        return inline_array(elements);
    }
    std::string operator()(std::string const& text) const { return quoted(text); }
    std::string operator()(std::int64_t integer) const { return fmt::format("{}", integer); }
    std::string operator()(double number) const { return format_number(number); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(InstantValue instant) const { return format_instant(instant.seconds); }
    std::string operator()(LocalTime const& local) const { return local.text; }
};

std::string inline_value(ConfigNode const& node)
{
    return std::visit(InlineValue{}, node.value);
}

void append_body(std::string& out, ConfigNode const& node)
{
    for (ConfigEntry const& entry : *node.table())
        out += fmt::format("{} = {}\n", quote_key(entry.key), inline_value(entry.node));
}

bool is_array_of_tables(ConfigNode const& node)
{
    auto const* const elements = node.array();
    return elements != nullptr && !elements->empty()
           && std::all_of(elements->begin(), elements->end(),
                          [](ConfigNode const& element) { return element.table() != nullptr; });
}

/// Whether another element has the name: an instrument of another venue.
bool shares_name(ConfigNode const& element, ConfigNode::Array const& elements)
{
    return std::count_if(elements.begin(), elements.end(),
                         [&](ConfigNode const& other) {
                             return other.text_of("name") == element.text_of("name");
                         })
           > 1;
}

std::string element_name(ConfigNode const& element, std::size_t index,
                         ConfigNode::Array const& elements)
{
    bool const is_instrument =
        !element.text_of("venue").empty() && !element.text_of("kind").empty();
    if (is_instrument && shares_name(element, elements))
        return quote_key(full_name(element.text_of("venue"), element.text_of("name")));
    constexpr std::array<std::string_view, 3> identities{"name", "asset", "instrument"};
    for (std::string_view const identity : identities)
        if (std::string const name = element.text_of(identity);
            !name.empty() && element.find("action") == nullptr)
            return quote_key(name);
    return fmt::format("{}", index);
}

void flatten(ConfigNode const& node, std::string const& prefix,
             std::map<std::string, std::string>& values)
{
    std::string const stem = prefix.empty() ? "" : prefix + '.';
    if (auto const* const entries = node.table()) {
        for (ConfigEntry const& entry : *entries)
            flatten(entry.node, stem + quote_key(entry.key), values);
    } else if (is_array_of_tables(node)) {
        auto const& elements = *node.array();
        for (std::size_t i = 0; i < elements.size(); ++i)
            flatten(elements[i], stem + element_name(elements[i], i, elements), values);
    } else {
        values[prefix] = inline_value(node);
    }
}

}  // namespace

ConfigNode effective_tree(Scenario scenario)
{
    // What these named is in the values already.
    scenario.market.include.clear();
    scenario.market.prices.reset();
    for (VenueConfig& venue : scenario.venues)
        venue.include.reset();

    ConfigNode root;
    TableWriter writer{root};
    visit_front(writer, scenario);
    visit_rest(writer, scenario);
    return root;
}

std::string inline_text(ConfigNode const& node)
{
    return inline_value(node);
}

std::string canonical_text(ConfigNode const& root)
{
    std::string out;
    for (ConfigEntry const& entry : *root.table()) {
        if (!is_array_of_tables(entry.node)) {
            out += fmt::format("[{}]\n", quote_key(entry.key));
            append_body(out, entry.node);
            continue;
        }
        for (ConfigNode const& element : *entry.node.array()) {
            out += fmt::format("[[{}]]\n", quote_key(entry.key));
            append_body(out, element);
        }
    }
    return out;
}

std::map<std::string, std::string> flat_values(ConfigNode const& root)
{
    std::map<std::string, std::string> values;
    flatten(root, "", values);
    return values;
}

}  // namespace brink
