// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace brink {

/// Grows when the same scenario, seed and arithmetic would give other numbers than before.
inline constexpr int numerics_version = 8;

/// Effective configuration as the reader returns it: dotted key -> value in force.
using EffectiveValues = std::map<std::string, std::string>;

/// What decides about the numbers besides the configuration.
struct NumericsId {
    std::string arithmetic;   ///< strict-cpu, strict-cuda
    std::string number_type;  ///< float, double
};

/// Whether a key changes a number: all but the name, the number of paths, and the tables [stop],
/// [limits] and [output].
[[nodiscard]] bool changes_numbers(std::string_view key);

/// The keys that change a number, with their values.
[[nodiscard]] EffectiveValues hashed_values(EffectiveValues const& values);

/// SHA-256, 64 hex digits, over every key that changes a number with its value, the numerics
/// version, arithmetic and number type. Included files and CSVs count by their effective values, so
/// their names do not matter, nor does the order of keys.
[[nodiscard]] std::string hash_scenario(EffectiveValues const& values, NumericsId const& numerics);

/// A key that changes a number, with its value in each of two configurations ("absent" in none).
struct KeyDifference {
    std::string key, first, second;
};

/// The first key, in alphabetical order, in which two configurations differ and which changes a
/// number; nothing where there is none.
[[nodiscard]] std::optional<KeyDifference> find_difference(EffectiveValues const& a,
                                                           EffectiveValues const& b);

}  // namespace brink
