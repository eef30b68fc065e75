// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace brink {

/// Messages go to stderr, as `warning: text`.
void set_up_log();

/// From here on stderr shows warnings and errors only. A log file keeps everything.
void quieten_log();

/// From here on messages go to a file as well, with time and process. Capped as by
/// `open_capped_file`. \throw FileError 73 where it cannot be opened
void open_log_file(std::string const& path, std::uint64_t most_bytes);

/// Something that stands elsewhere already, for the log file alone, if there is one.
void note_in_log_file(std::string const& text);

/// Takes a line with its line break to a file, capped as by `open_capped_file`. What cannot be
/// written, as on a full disk, is left out: a run does not fail for it. \throw FileError 73
[[nodiscard]] std::function<void(std::string const&)> line_writer(std::string const& path,
                                                                  std::uint64_t most_bytes);

}  // namespace brink
