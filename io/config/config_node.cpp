// SPDX-License-Identifier: Apache-2.0
#include "io/config/config_node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace brink {

ConfigNode* ConfigNode::find(std::string_view key)
{
    return const_cast<ConfigNode*>(std::as_const(*this).find(key));
}

ConfigNode const* ConfigNode::find(std::string_view key) const
{
    Table const* const entries = table();
    if (entries == nullptr)
        return nullptr;
    auto const found = std::find_if(entries->begin(), entries->end(),
                                    [key](ConfigEntry const& entry) { return entry.key == key; });
    return found == entries->end() ? nullptr : &found->node;
}

std::string ConfigNode::text_of(std::string_view key) const
{
    ConfigNode const* const node = find(key);
    std::string const* const text = node == nullptr ? nullptr : node->text();
    return text == nullptr ? std::string{} : *text;
}

ConfigNode& ConfigNode::get_or_add(std::string_view key, Where const& place)
{
    if (ConfigNode* const found = find(key))
        return *found;
    table()->push_back({std::string{key}, ConfigNode{Table{}, place}});
    return table()->back().node;
}

void ConfigNode::set(std::string_view key, ConfigNode node)
{
    if (ConfigNode* const found = find(key))
        *found = std::move(node);
    else
        table()->push_back({std::string{key}, std::move(node)});
}

ConfigNode ConfigNode::take(std::string_view key)
{
    Table* const entries = table();
    if (entries == nullptr)
        return {};
    auto const found = std::find_if(entries->begin(), entries->end(),
                                    [key](ConfigEntry const& entry) { return entry.key == key; });
    if (found == entries->end())
        return {};
    ConfigNode node = std::move(found->node);
    entries->erase(found);
    return node;
}

std::string describe_type(ConfigNode const& node)
{
    constexpr std::array<std::string_view, 8> names{
        "a table",           "an array",  "a string",    "an integer",
        "a floating number", "a boolean", "a date-time", "a date or time without UTC offset"};
    return std::string{names[node.value.index()]};
}

std::string quote_key(std::string_view key)
{
    bool const bare =
        !key.empty()
        && key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
               == std::string_view::npos;
    return bare ? std::string{key} : fmt::format("\"{}\"", key);
}

void assign_keys(ConfigNode& node, std::string const& prefix)
{
    node.where.key = prefix;
    if (auto* const entries = node.table()) {
        for (ConfigEntry& entry : *entries)
            assign_keys(entry.node, prefix.empty() ? quote_key(entry.key)
                                                   : prefix + '.' + quote_key(entry.key));
    } else if (auto* const elements = node.array()) {
        for (std::size_t i = 0; i < elements->size(); ++i)
            assign_keys((*elements)[i], fmt::format("{}[{}]", prefix, i));
    }
}

}  // namespace brink
