// SPDX-License-Identifier: Apache-2.0
// Settings and values of sweeps: what TableReader and TableWriter do with values that may be
// anything.
#include "io/config/canonical.hpp"
#include "io/config/table_reader.hpp"
#include "io/config/table_writer.hpp"
#include "io/config/toml_parser.hpp"
#include "io/config/value_reader.hpp"

namespace brink {
namespace {

/// One step of a dotted key, in quotes where it holds what separates steps.
std::string key_step(std::string const& name)
{
    return name.find_first_of(".[]=") == std::string::npos ? name : '"' + name + '"';
}

/// `{ "asset.BTC.drift" = 1 }` names its key; `{ asset.BTC.drift = 1 }` is nested tables in TOML.
void add_settings(ConfigNode const& table, std::string const& prefix, std::vector<Setting>& out)
{
    for (ConfigEntry const& entry : *table.table()) {
        bool const is_key = prefix.empty() && entry.key.find('.') != std::string::npos;
        std::string const step = is_key ? entry.key : key_step(entry.key);
        std::string const key = prefix.empty() ? step : prefix + '.' + step;
        if (entry.node.table() != nullptr && !is_key)
            add_settings(entry.node, key, out);
        else
            out.push_back({key, inline_text(entry.node), entry.node.where});
    }
}

std::optional<double> number_in(ConfigNode const& node)
{
    if (auto const* const number = std::get_if<double>(&node.value))
        return *number;
    if (auto const* const integer = std::get_if<std::int64_t>(&node.value))
        return static_cast<double>(*integer);
    return std::nullopt;
}

/// A table with `set` is a name for settings; any other value goes to the keys of the axis.
SweepValue read_value(ConfigNode const& node, Problems& problems)
{
    SweepValue value;
    value.where = node.where;
    ConfigNode const* const set = node.find("set");
    if (set == nullptr) {
        value.text = inline_text(node);
        value.number = number_in(node);
        return value;
    }
    Located located;
    TableReader reader{node, located, problems};
    reader.text("name", value.name, Need::required);
    reader.settings("set", value.settings);
    reader.finish();
    return value;
}

ConfigNode value_node(std::string const& text)
{
    return parse_toml_value(text).value_or(ConfigNode{text, {}});
}

ConfigNode settings_node(std::vector<Setting> const& settings)
{
    ConfigNode node;
    for (Setting const& setting : settings)
        node.set(setting.key, value_node(setting.value));
    return node;
}

}  // namespace

std::string SweepValue::label() const
{
    if (!name.empty())
        return name;
    auto const node = parse_toml_value(text);
    return node && node->text() != nullptr ? *node->text() : text;
}

void TableReader::settings(std::string_view key, std::vector<Setting>& out)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    out.clear();
    if (node->table() == nullptr)
        report_type(*node, "a table such as { \"owner.fund.reserve.USDT\" = 2e6 }", problems_);
    else
        add_settings(*node, "", out);
}

void TableReader::sweep_values(std::string_view key, std::vector<SweepValue>& out)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    out.clear();
    if (node->array() == nullptr) {
        report_type(*node, "an array of values such as [0.5, 1, 2]", problems_);
        return;
    }
    for (ConfigNode const& element : *node->array())
        out.push_back(read_value(element, problems_));
}

void TableWriter::settings(std::string_view key, std::vector<Setting>& out)
{
    if (!out.empty())
        table_.set(key, settings_node(out));
}

void TableWriter::sweep_values(std::string_view key, std::vector<SweepValue>& out)
{
    if (out.empty())
        return;
    ConfigNode::Array elements;
    for (SweepValue const& value : out) {
        if (value.name.empty()) {
            elements.push_back(value_node(value.text));
            continue;
        }
        ConfigNode named;
        named.set("name", ConfigNode{value.name, {}});
        named.set("set", settings_node(value.settings));
        elements.push_back(std::move(named));
    }
    put(key, std::move(elements));
}

}  // namespace brink
