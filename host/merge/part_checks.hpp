// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/config/problem.hpp"
#include "io/results/part_file.hpp"

namespace brink {

/// A part as it was given on the command line.
struct GivenPart {
    std::filesystem::path path;
    PartFile part;
    ViewPart in_view{};  ///< where a view is made; no rows of an empty shard
};

/// What is wrong with the parts of a merge, and the exit code that follows.
class MergeProblems {
    std::vector<std::string> messages_;
    bool has_missing_{false};

  public:
    void add(ExitCode code, std::string message);
    [[nodiscard]] bool empty() const { return messages_.empty(); }
    [[nodiscard]] std::vector<std::string> const& messages() const { return messages_; }
    /// 66 where something is missing, else 65; 0 where nothing is wrong.
    [[nodiscard]] ExitCode code() const;
};

/// Read every file that can be read.
[[nodiscard]] std::vector<GivenPart> read_parts(std::vector<std::filesystem::path> const& paths,
                                                MergeProblems& problems);

/// Find out what a view at `view` says of the parts, and give up the rows that it leaves in them.
void leave_rows(std::vector<GivenPart>& parts, std::filesystem::path const& view,
                MergeProblems& problems);

/// Parts of other runs than most are of are told of, and left out.
void keep_same_run(std::vector<GivenPart>& parts, MergeProblems& problems);

/// What parts of one run differ in that changes no number: one sentence each.
[[nodiscard]] std::vector<std::string> differences_aside(std::vector<GivenPart> const& parts);

/// By first path; no part is given twice, no path is in two parts, and none is missing between
/// them, nor, unless `partial`, before or after them.
void check_ranges(std::vector<GivenPart>& parts, bool partial, MergeProblems& problems);

}  // namespace brink
