// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace brink {

/// Keeps the order in which members were added.
using Json = nlohmann::ordered_json;

/// `{<scope>: {<outcome>: {<statistic>: {value, se, lo, hi, n_tail[, flag]}}}}`. Numbers come back
/// bit by bit when parsed; NaN and infinities are null. `flag` is present where it is not empty.
/// \param scopes those to include, in the order of the result; empty = all
[[nodiscard]] Json statistics_json(Result const& result,
                                   std::vector<std::string> const& scopes = {});

enum class ProvenanceDetail {
    brief,  ///< without config texts and hashed keys
    full,
};

/// The root attributes of the result file under their names, and the lists of /provenance.
[[nodiscard]] Json provenance_json(Provenance const& provenance, ProvenanceDetail detail);

/// `{kind, base, axes, points}`, each point with its value on every axis and its statistics.
[[nodiscard]] Json sweep_json(SweepResult const& sweep);

/// `{filetype, schema_version, provenance, statistics[, regimes, sweep, view]}`: what `inspect
/// --json` prints.
[[nodiscard]] Json result_json(Result const& result, ProvenanceDetail detail);

/// One line without a line break, pure ASCII; bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string json_line(Json const& json);

}  // namespace brink
