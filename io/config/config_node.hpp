// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/problem.hpp"
#include "io/config/scenario.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace brink {

struct ConfigEntry;

/// A date or time without an offset from UTC, as written. Never accepted; kept to say so.
struct LocalTime {
    std::string text;
};

/// An instant as written in TOML, in UTC. Fractions of a second stay visible to be refused.
struct InstantValue {
    UnixSeconds seconds{0};
    bool has_fraction{false};
};

/// One value of the effective configuration, whatever it came from: the config, an included file, a
/// CSV row or a command line option. Tables keep the order of the file.
struct ConfigNode {
    using Array = std::vector<ConfigNode>;
    using Table = std::vector<ConfigEntry>;

    std::variant<Table, Array, std::string, std::int64_t, double, bool, InstantValue, LocalTime>
        value;
    Where where;

    [[nodiscard]] Table* table() { return std::get_if<Table>(&value); }
    [[nodiscard]] Table const* table() const { return std::get_if<Table>(&value); }
    [[nodiscard]] Array* array() { return std::get_if<Array>(&value); }
    [[nodiscard]] Array const* array() const { return std::get_if<Array>(&value); }
    [[nodiscard]] std::string const* text() const { return std::get_if<std::string>(&value); }

    /// Entry `key` of a table, or nullptr (also where this is no table).
    [[nodiscard]] ConfigNode* find(std::string_view key);
    [[nodiscard]] ConfigNode const* find(std::string_view key) const;
    /// The text under `key`, or an empty string.
    [[nodiscard]] std::string text_of(std::string_view key) const;
    /// Entry `key` of this table, added with the place `where` if absent.
    ConfigNode& get_or_add(std::string_view key, Where const& where);
    void set(std::string_view key, ConfigNode node);
    /// Remove and return the entry `key`; an empty table where absent.
    ConfigNode take(std::string_view key);
};

/// `node` belongs to a table under `key`, in the order of the file.
struct ConfigEntry {
    std::string key;
    ConfigNode node;
};

/// "a table", "an array", "a string", ... for messages.
[[nodiscard]] std::string describe_type(ConfigNode const& node);

/// `key`, quoted where TOML needs it.
[[nodiscard]] std::string quote_key(std::string_view key);

/// Write into every `where.key` the full dotted key, as in `account[0].positions[1].size`.
void assign_keys(ConfigNode& node, std::string const& prefix);

}  // namespace brink
