// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace brink::test {

/// A published number as it was written, so that its last digit is known; or a text.
struct PublishedNumber {
    double value{0};
    double half_last_digit{0};  ///< half a unit of the last digit written
    bool is_flag{false};        ///< true or false: compared exactly
    std::string text{};         ///< what is no number: compared exactly
};

/// One case: inputs of a rule and what the venue published for them.
struct GoldenRow {
    std::string id, venue, rule, source, note;
    nlohmann::json inputs;
    std::string inputs_text{};  ///< as written
    std::map<std::string, PublishedNumber> expected{};
    double rel_tol{0};
    double abs_tol{0};
};

/// Rows of a CSV, either with the columns id, venue, rule, inputs_json, expected_json, rel_tol,
/// check, source, note, or with case_id, protocol, rule, inputs, expected, tolerance, kind, source,
/// where inputs and expected are `key=value;key=value` and the tolerance is "exact", "1e-9"
/// (absolute) or "1e-9 relative". \throws std::runtime_error where it is none
[[nodiscard]] std::vector<GoldenRow> read_golden_csv(std::filesystem::path const& file);

/// Largest of the stated tolerance, half a unit in the last published digit, and 1e-12 relative.
[[nodiscard]] double tolerance(GoldenRow const& row, PublishedNumber const& published);

/// The numbers of `key=value;key=value` as written; what is no number or flag is a text.
[[nodiscard]] std::map<std::string, PublishedNumber> parse_pairs(std::string const& pairs);

/// The numbers of a flat JSON object as written. \throws std::runtime_error where it is none
[[nodiscard]] std::map<std::string, PublishedNumber> parse_published(std::string const& json);

}  // namespace brink::test
