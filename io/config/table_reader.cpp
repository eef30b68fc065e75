// SPDX-License-Identifier: Apache-2.0
#include "io/config/table_reader.hpp"

#include "io/config/spelling.hpp"
#include "io/config/value_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace brink {
namespace {

/// Design words that this version does not have: a user who read of them deserves that answer.
constexpr std::array<std::string_view, 4> later_tables{"sampling", "coupling", "scenario", "sweep"};

}  // namespace

TableReader::TableReader(ConfigNode const& table, Located& located, Problems& problems)
    : table_{table}, located_{located}, problems_{problems}
{
    located_.where = table.where;
}

ConfigNode const* TableReader::look_up(std::string_view key, Need need, std::string_view example)
{
    known_.emplace_back(key);
    ConfigNode const* const node = table_.find(key);
    if (node != nullptr)
        located_.keys[std::string{key}] = node->where;
    else if (need == Need::required)
        problems_.add(located_.at(key), "required key is missing",
                      fmt::format("write {} = {}", key, example));
    return node;
}

void TableReader::text(std::string_view key, std::string& out, Need need)
{
    auto const* const node = look_up(key, need, "\"...\"");
    if (node == nullptr)
        return;
    out = read_text(*node, problems_).value_or(out);
    if (need == Need::required && node->text() != nullptr && out.empty())
        problems_.add(node->where, "must not be empty");
}

void TableReader::maybe_text(std::string_view key, std::optional<std::string>& out)
{
    if (auto const* const node = look_up(key))
        out = read_text(*node, problems_);
}

void TableReader::texts(std::string_view key, std::vector<std::string>& out, Need need)
{
    auto const* const node = look_up(key, need, "[\"...\"]");
    if (node == nullptr)
        return;
    out.clear();
    if (node->array() == nullptr) {
        out.push_back(read_text(*node, problems_).value_or(""));
        return;
    }
    for (ConfigNode const& element : *node->array())
        out.push_back(read_text(element, problems_).value_or(""));
}

void TableReader::number(std::string_view key, double& out, Range range, Need need)
{
    if (auto const* const node = look_up(key, need, "<number>"))
        out = read_number(*node, range, problems_).value_or(out);
}

void TableReader::maybe_number(std::string_view key, std::optional<double>& out, Range range)
{
    if (auto const* const node = look_up(key))
        out = read_number(*node, range, problems_);
}

void TableReader::numbers(std::string_view key, std::vector<double>& out, Range range)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    if (node->array() == nullptr)
        report_type(*node, "an array of numbers", problems_);
    else
        out = read_numbers(*node, range, problems_);
}

void TableReader::count(std::string_view key, std::uint64_t& out, CountRange range)
{
    if (auto const* const node = look_up(key))
        out = read_count(*node, range, problems_).value_or(out);
}

void TableReader::flag(std::string_view key, bool& out)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    if (auto const* const flag = std::get_if<bool>(&node->value))
        out = *flag;
    else
        problems_.add(node->where,
                      fmt::format("must be true or false, is {}", describe_type(*node)),
                      "write it without quotes");
}

void TableReader::decimals(std::string_view key, std::vector<std::string>& out)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return;
    if (node->array() == nullptr) {
        report_type(*node, "an array of levels such as [0.95, 0.99]", problems_);
        return;
    }
    out.clear();
    for (ConfigNode const& element : *node->array())
        if (auto const level = read_decimal(element, problems_))
            out.push_back(*level);
}

void TableReader::decimal(std::string_view key, std::string& out)
{
    if (auto const* const node = look_up(key))
        out = read_decimal(*node, problems_).value_or(out);
}

void TableReader::duration(std::string_view key, Seconds& out, Range range, Need need)
{
    if (auto const* const node = look_up(key, need, "\"P10D\""))
        out = read_duration(*node, range, problems_).value_or(out);
}

void TableReader::maybe_duration(std::string_view key, std::optional<Seconds>& out, Range range)
{
    if (auto const* const node = look_up(key))
        out = read_duration(*node, range, problems_);
}

void TableReader::instant(std::string_view key, UnixSeconds& out, Need need)
{
    if (auto const* const node = look_up(key, need, "2025-06-30T00:00:00Z"))
        out = read_instant(*node, problems_).value_or(out);
}

void TableReader::maybe_instant(std::string_view key, std::optional<UnixSeconds>& out)
{
    if (auto const* const node = look_up(key))
        if (auto const time = read_instant(*node, problems_))
            out = *time;
}

void TableReader::finish()
{
    for (ConfigEntry const& entry : *table_.table()) {
        if (std::find(known_.begin(), known_.end(), entry.key) != known_.end())
            continue;
        bool const later =
            located_.where.key.empty()
            && std::find(later_tables.begin(), later_tables.end(), entry.key) != later_tables.end();
        if (later)
            problems_.add(entry.node.where, "this version of brink has no such table yet",
                          "remove it: brink does not ignore what it cannot do");
        else
            problems_.add(entry.node.where, "unknown key", advise(entry.key, known_, "key"));
    }
}

void TableReader::word(std::string_view key, std::span<std::string_view const> words,
                       std::size_t& index, Need need)
{
    auto const* const node =
        look_up(key, need, fmt::format("\"{}\"", fmt::join(words, "\" or \"")));
    if (node == nullptr)
        return;
    auto const written = read_text(*node, problems_);
    if (!written)
        return;
    auto const found = std::find(words.begin(), words.end(), *written);
    if (found != words.end()) {
        index = static_cast<std::size_t>(found - words.begin());
        return;
    }
    std::vector<std::string> const candidates(words.begin(), words.end());
    problems_.add(node->where, fmt::format("unknown value \"{}\"", *written),
                  advise(*written, candidates, "value"));
}

bool TableReader::present(std::string_view key, bool /*is_set*/)
{
    bool const written = table_.find(key) != nullptr;
    if (!written)
        known_.emplace_back(key);
    return written;
}

std::unique_ptr<TableVisitor> TableReader::enter(std::string_view key, bool /*is_set*/,
                                                 Located& out)
{
    auto const* const node = look_up(key);
    if (node == nullptr) {
        out.where = located_.at(key);
        return nullptr;
    }
    if (node->table() == nullptr) {
        report_type(*node, "a table", problems_);
        return nullptr;
    }
    return std::make_unique<TableReader>(*node, out, problems_);
}

std::size_t TableReader::open_array(std::string_view key, std::size_t /*size*/)
{
    auto const* const node = look_up(key);
    if (node == nullptr)
        return 0;
    if (node->array() != nullptr)
        return node->array()->size();
    problems_.add(node->where,
                  fmt::format("must be an array of tables, is {}", describe_type(*node)),
                  node->table() != nullptr ? fmt::format("write [[{}]] for each", key) : "");
    return 0;
}

std::unique_ptr<TableVisitor> TableReader::enter_element(std::string_view key, std::size_t index,
                                                         Located& out)
{
    ConfigNode const& node = (*table_.find(key)->array())[index];
    out.where = node.where;
    if (node.table() == nullptr) {
        report_type(node, "a table", problems_);
        return nullptr;
    }
    return std::make_unique<TableReader>(node, out, problems_);
}

}  // namespace brink
