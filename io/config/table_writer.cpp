// SPDX-License-Identifier: Apache-2.0
#include "io/config/table_writer.hpp"

#include "io/config/config_words.hpp"
#include "io/config/duration.hpp"
#include "io/config/instant.hpp"

#include <cmath>

namespace brink {
namespace {

template<class Value>
ConfigNode node_of(Value value)
{
    return {std::move(value), {}};
}

template<class Value>
ConfigNode array_of(std::vector<Value> const& values)
{
    ConfigNode::Array elements;
    for (Value const& value : values)
        elements.push_back(node_of(value));
    return node_of(std::move(elements));
}

ConfigNode window_node(WindowConfig const& window)
{
    ConfigNode node;
    if (window.weekly) {
        node.set("from", node_of(format_weekly(window.from)));
        node.set("until", node_of(format_weekly(window.until)));
    } else {
        node.set("from", node_of(InstantValue{window.from}));
        node.set("until", node_of(InstantValue{window.until}));
    }
    return node;
}

}  // namespace

void TableWriter::text(std::string_view key, std::string& out, Need need)
{
    if (need == Need::required || !out.empty())
        put(key, out);
}

void TableWriter::maybe_text(std::string_view key, std::optional<std::string>& out)
{
    if (out)
        put(key, *out);
}

void TableWriter::texts(std::string_view key, std::vector<std::string>& out, Need need)
{
    if (need == Need::required || !out.empty())
        table_.set(key, array_of(out));
}

void TableWriter::number(std::string_view key, double& out, Range /*range*/, Need /*need*/)
{
    put(key, out);
}

void TableWriter::maybe_number(std::string_view key, std::optional<double>& out, Range /*range*/)
{
    if (out)
        put(key, *out);
}

void TableWriter::numbers(std::string_view key, std::vector<double>& out, Range /*range*/)
{
    table_.set(key, array_of(out));
}

void TableWriter::matrix(std::string_view key, std::vector<std::vector<double>>& out)
{
    if (out.empty())
        return;
    ConfigNode::Array rows;
    for (auto const& row : out)
        rows.push_back(array_of(row));
    put(key, std::move(rows));
}

void TableWriter::count(std::string_view key, std::uint64_t& out, CountRange /*range*/)
{
    put(key, static_cast<std::int64_t>(out));
}

void TableWriter::flag(std::string_view key, bool& out)
{
    put(key, out);
}

void TableWriter::decimals(std::string_view key, std::vector<std::string>& out)
{
    table_.set(key, array_of(out));
}

void TableWriter::decimal(std::string_view key, std::string& out)
{
    put(key, out);
}

void TableWriter::duration(std::string_view key, Seconds& out, Range /*range*/, Need /*need*/)
{
    put(key, format_duration(out));
}

void TableWriter::maybe_duration(std::string_view key, std::optional<Seconds>& out, Range /*range*/)
{
    if (out)
        put(key, format_duration(*out));
}

void TableWriter::instant(std::string_view key, UnixSeconds& out, Need /*need*/)
{
    put(key, InstantValue{out});
}

void TableWriter::maybe_instant(std::string_view key, std::optional<UnixSeconds>& out)
{
    if (out)
        put(key, InstantValue{*out});
}

void TableWriter::amounts(std::string_view key, Amounts& out, Range /*range*/)
{
    ConfigNode node;
    for (auto const& [asset, amount] : out)
        node.set(asset, node_of(amount));
    table_.set(key, std::move(node));
}

void TableWriter::labels(std::string_view key, std::map<std::string, std::string>& out)
{
    ConfigNode node;
    for (auto const& [name, label] : out)
        node.set(name, node_of(label));
    if (!out.empty())
        table_.set(key, std::move(node));
}

void TableWriter::mixing(std::string_view key, Seconds& out)
{
    if (std::isinf(out))
        put(key, std::string{"path"});
    else
        put(key, out == 0 ? std::string{"step"} : format_duration(out));
}

void TableWriter::delay(std::string_view key, DelayConfig& out)
{
    ConfigNode node;
    node.set("distribution",
             node_of(std::string{Words<DelayKind>::list[static_cast<std::size_t>(out.kind)]}));
    switch (out.kind) {
        case DelayKind::fixed:
            node.set("value", node_of(format_duration(out.a)));
            break;
        case DelayKind::uniform:
            node.set("min", node_of(format_duration(out.a)));
            node.set("max", node_of(format_duration(out.b)));
            break;
        case DelayKind::exponential:
            node.set("mean", node_of(format_duration(out.a)));
            break;
        case DelayKind::lognormal:
            node.set("median", node_of(format_duration(out.a)));
            node.set("sigma", node_of(out.b));
            break;
    }
    table_.set(key, std::move(node));
}

void TableWriter::windows(std::string_view key, std::vector<WindowConfig>& out)
{
    ConfigNode::Array elements;
    for (WindowConfig const& window : out)
        elements.push_back(window_node(window));
    put(key, std::move(elements));
}

void TableWriter::limits(std::vector<LimitConfig>& out)
{
    bool const confident = !out.empty() && out.front().confident;
    put("confident", confident);
    for (LimitConfig const& limit : out)
        put(limit.statistic, limit.threshold);
}

void TableWriter::word(std::string_view key, std::span<std::string_view const> words,
                       std::size_t& index, Need /*need*/)
{
    put(key, std::string{words[index]});
}

bool TableWriter::present(std::string_view /*key*/, bool is_set)
{
    return is_set;
}

std::unique_ptr<TableVisitor> TableWriter::enter(std::string_view key, bool is_set, Located&)
{
    if (!is_set)
        return nullptr;
    table_.set(key, ConfigNode{});
    return std::make_unique<TableWriter>(*table_.find(key));
}

std::size_t TableWriter::open_array(std::string_view key, std::size_t size)
{
    if (size > 0)
        put(key, ConfigNode::Array(size));
    return size;
}

std::unique_ptr<TableVisitor> TableWriter::enter_element(std::string_view key, std::size_t index,
                                                         Located&)
{
    return std::make_unique<TableWriter>((*table_.find(key)->array())[index]);
}

}  // namespace brink
