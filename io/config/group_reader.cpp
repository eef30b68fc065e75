// SPDX-License-Identifier: Apache-2.0
// The part of TableReader that reads values made of several: matrices, amounts, windows, limits.
#include "io/config/table_reader.hpp"
#include "io/config/value_reader.hpp"

#include <fmt/format.h>

#include <limits>

namespace brink {

void TableReader::matrix(std::string_view key, std::vector<std::vector<double>>& out)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    if (node->array() == nullptr) {
        report_type(*node, "an array of rows", problems_);
        return;
    }
    for (ConfigNode const& row : *node->array()) {
        located_.keys[fmt::format("{}[{}]", key, out.size())] = row.where;
        if (row.array() == nullptr)
            report_type(row, "an array of numbers", problems_);
        else
            for (std::size_t j = 0; j < row.array()->size(); ++j)
                located_.keys[fmt::format("{}[{}][{}]", key, out.size(), j)] =
                    (*row.array())[j].where;
        out.push_back(row.array() == nullptr ? std::vector<double>{}
                                             : read_numbers(row, any_number, problems_));
    }
}

void TableReader::amounts(std::string_view key, Amounts& out, Range range)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    if (node->table() == nullptr) {
        report_type(*node, "a table such as { BTC = 1.5, USDT = 2e5 }", problems_);
        return;
    }
    for (ConfigEntry const& entry : *node->table()) {
        located_.keys[fmt::format("{}.{}", key, entry.key)] = entry.node.where;
        if (auto const amount = read_number(entry.node, range, problems_))
            out.emplace_back(entry.key, *amount);
    }
}

void TableReader::labels(std::string_view key, std::map<std::string, std::string>& out)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    if (node->table() == nullptr) {
        report_type(*node, "a table such as { desk = \"asia\" }", problems_);
        return;
    }
    for (ConfigEntry const& entry : *node->table()) {
        located_.keys[fmt::format("{}.{}", key, entry.key)] = entry.node.where;
        out[entry.key] = read_text(entry.node, problems_).value_or("");
    }
}

void TableReader::mixing(std::string_view key, Seconds& out)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    if (node->text() != nullptr && *node->text() == "path")
        out = std::numeric_limits<double>::infinity();
    else if (node->text() != nullptr && *node->text() == "step")
        out = 0;
    else if (node->text() != nullptr && !node->text()->starts_with('P'))
        problems_.add(node->where, fmt::format("unknown value \"{}\"", *node->text()),
                      "write \"path\", \"step\" or a duration such as \"P1D\"");
    else
        out = read_duration(*node, positive, problems_).value_or(out);
}

void TableReader::delay(std::string_view key, DelayConfig& out)
{
    if (auto const* const node = look_up(key))
        if (auto const delay = read_delay(*node, problems_))
            out = *delay;
}

void TableReader::windows(std::string_view key, std::vector<WindowConfig>& out)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    if (node->array() == nullptr) {
        report_type(*node, "an array of windows { from = ..., until = ... }", problems_);
        return;
    }
    for (ConfigNode const& element : *node->array())
        for (WindowConfig const& window : read_window(element, problems_))
            out.push_back(window);
}

void TableReader::limits(std::vector<LimitConfig>& out)
{
    bool confident = false;
    flag("confident", confident);
    for (ConfigEntry const& entry : *table_.table()) {
        if (entry.key == "confident")
            continue;
        known_.push_back(entry.key);
        LimitConfig limit;
        limit.where = entry.node.where;
        limit.keys["threshold"] = entry.node.where;
        limit.statistic = entry.key;
        limit.threshold = read_number(entry.node, any_number, problems_).value_or(0);
        limit.confident = confident;
        out.push_back(limit);
    }
}

}  // namespace brink
