// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/run/side_by_side.hpp"
#include "io/config/problem.hpp"
#include "io/results/result.hpp"

namespace brink {

struct MergeRequest {
    std::vector<std::filesystem::path> parts;
    std::filesystem::path output;
    bool partial{false};  ///< write one larger part of neighbours
    bool view{false};     ///< leave the outcomes of all paths in the parts; not with `partial`
    bool force{false};
    decltype(ScenarioRunner::plan) plan;
};

struct MergeReport {
    ExitCode code{ExitCode::ok};
    std::vector<std::string> problems;  ///< all of them, each naming its file
    std::vector<std::string> warnings;
    std::string message;           ///< where there are no problems
    std::optional<Result> result;  ///< what was written, or stood there; none of a part
};

/// Make one result, bit for bit that of one process, of parts in any order; write it only when it
/// is whole. Parts that are missing, damaged, overlapping, of another scenario or arithmetic are
/// all told of. So are, for a view, parts that have not the outcomes of all their paths.
/// \throws FileError where the output cannot be written; MemoryUnavailable
[[nodiscard]] MergeReport merge_parts(MergeRequest const& request);

}  // namespace brink
