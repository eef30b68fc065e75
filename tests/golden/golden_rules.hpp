// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/golden/golden_row.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <stdexcept>
#include <string>

namespace brink::test {

using Json = nlohmann::json;

/// A number among the inputs of a row.
inline double get(Json const& inputs, char const* key)
{
    return inputs.at(key).get<double>();
}

/// A number (flags are 0 or 1), or a text where one was published.
struct Answer {
    double value{0};
    std::string text{};

    Answer() = default;
    Answer(double number) : value{number} {}
    Answer(std::string words) : text{std::move(words)} {}
};

/// What the engine says, by the names of the published numbers.
using Answers = std::map<std::string, Answer>;

/// A case that the engine's primitives do not express: reported, never passed.
struct NotCovered : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using RuleAdapter = std::function<Answers(GoldenRow const&)>;

/// Put the inputs of a row into an account and let the engine answer. Adapters are found by the
/// rule's name, or by `venue/rule`; one that ends in "_" or "*" stands for all that begin so.
/// \throws NotCovered for an unknown rule
[[nodiscard]] Answers answer(GoldenRow const& row);

// Adapters by kind, each a map from the name of a rule.
[[nodiscard]] std::map<std::string, RuleAdapter> liquidation_price_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> schedule_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> event_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> lending_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> auction_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> grid_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> band_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> pool_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> fee_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> market_rules();
[[nodiscard]] std::map<std::string, RuleAdapter> socialisation_rules();

}  // namespace brink::test
