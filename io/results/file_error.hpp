// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/problem.hpp"

#include <stdexcept>
#include <string>

namespace brink {

/// A result file could not be written or read: the message names the file and the reason, `code` is
/// the exit code that the program ends with (65 contents, 66 missing, 73 cannot create, 74 I/O).
class FileError : public std::runtime_error {
    ExitCode code_;

  public:
    FileError(ExitCode code, std::string const& message) : std::runtime_error{message}, code_{code}
    {}
    [[nodiscard]] ExitCode code() const { return code_; }
};

}  // namespace brink
