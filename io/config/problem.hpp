// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// Process exit codes, documented in docs/exit-codes.md (sysexits where one fits).
enum class ExitCode : int {
    ok = 0,
    limit_breached = 3,
    usage = 64,
    data = 65,
    no_input = 66,
    unavailable = 69,
    internal = 70,
    cannot_create = 73,
    io = 74,
    stopped = 75,
    config = 78,
};

/// Where a value was written: a file position, or a command line option (line 0).
struct Where {
    std::string file;
    std::int32_t line{0};    ///< 1-based, 0: not from a file
    std::int32_t column{0};  ///< 1-based, 0: not from a file
    std::string key;         ///< full dotted key, as in `account[0].positions[1].size`
};

/// Base of every struct read from a file: remembers where each of its keys stood, so that checks
/// made later (in host) report the same positions as the reader.
struct Located {
    Where where;                        ///< of the table itself
    std::map<std::string, Where> keys;  ///< position of each key that was present

    /// Position of `key`, or of the table with the key's name appended where it was absent.
    [[nodiscard]] Where at(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return keys.contains(std::string{key}); }
};

/// One thing wrong with the input. Several are collected before any is reported.
struct Problem {
    Where where;
    std::string reason;      ///< what is wrong and why it matters
    std::string suggestion;  ///< what to write instead; may be empty
    ExitCode code{ExitCode::config};
};

/// All problems of one invocation, in order of discovery, with recorded warnings beside them.
class Problems {
    std::vector<Problem> problems_;
    std::vector<Problem> warnings_;

  public:
    void add(Where where, std::string reason, std::string suggestion = {},
             ExitCode code = ExitCode::config);
    void warn(Where where, std::string reason, std::string suggestion = {});
    [[nodiscard]] bool empty() const { return problems_.empty(); }
    [[nodiscard]] std::vector<Problem> const& problems() const { return problems_; }
    [[nodiscard]] std::vector<Problem> const& warnings() const { return warnings_; }
    /// First of 64, 66, 78, 65 that occurs, else the first other code, else 0.
    [[nodiscard]] ExitCode exit_code() const;
};

/// `file:line:column: error: key: reason (suggestion)`, one line, no trailing newline.
[[nodiscard]] std::string format_problem(Problem const& problem, std::string_view severity);

}  // namespace brink
