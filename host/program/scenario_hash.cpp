// SPDX-License-Identifier: Apache-2.0
#include "host/program/scenario_hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "host/program/sha256.hpp"

namespace brink {
namespace {

/// A key or value with its length in front, so that no two lists of them give the same text.
void append_field(std::string& text, std::string_view field)
{
    text += fmt::format("{}:{}\n", field.size(), field);
}

}  // namespace

bool changes_numbers(std::string_view key)
{
    constexpr std::array<std::string_view, 2> keys{"run.name", "run.paths"};
    constexpr std::array<std::string_view, 3> tables{"stop.", "limits.", "output."};
    return std::find(keys.begin(), keys.end(), key) == keys.end()
           && std::none_of(tables.begin(), tables.end(),
                           [key](std::string_view table) { return key.starts_with(table); });
}

EffectiveValues hashed_values(EffectiveValues const& values)
{
    EffectiveValues hashed = values;
    std::erase_if(hashed, [](auto const& entry) { return !changes_numbers(entry.first); });
    return hashed;
}

std::string hash_scenario(EffectiveValues const& values, NumericsId const& numerics)
{
    std::string text;
    append_field(text, fmt::format("numerics {}", numerics_version));
    append_field(text, numerics.arithmetic);
    append_field(text, numerics.number_type);
    for (auto const& [key, value] : values)
        if (changes_numbers(key)) {
            append_field(text, key);
            append_field(text, value);
        }
    return sha256(text);
}

std::optional<KeyDifference> find_difference(EffectiveValues const& a, EffectiveValues const& b)
{
    auto i = a.begin();
    auto j = b.begin();
    auto const skip = [](auto& at, EffectiveValues const& values) {
        while (at != values.end() && !changes_numbers(at->first))
            ++at;
    };
    std::string const absent = "absent";
    for (;; ++i, ++j) {
        skip(i, a);
        skip(j, b);
        if (i == a.end() && j == b.end())
            return std::nullopt;
        if (j == b.end() || (i != a.end() && i->first < j->first))
            return KeyDifference{i->first, i->second, absent};
        if (i == a.end() || j->first < i->first)
            return KeyDifference{j->first, absent, j->second};
        if (i->second != j->second)
            return KeyDifference{i->first, i->second, j->second};
    }
}

}  // namespace brink
