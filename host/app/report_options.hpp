// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "host/run/progress_output.hpp"

namespace CLI {
class App;
}

namespace brink {

/// What every long command takes to say how it goes.
struct ReportOptions {
    std::string progress{"auto"};
    std::string log;                                 ///< file; empty: none
    std::uint64_t most_log_bytes{10 * 1024 * 1024};  ///< of the log, and of a progress file
    bool quiet{false};

    void add_to(CLI::App& command);
    /// Quieten stderr and open the log file, where asked for. \throw FileError 73
    void open_log() const;
    /// \return null where nobody wants to know. \throw FileError 73
    [[nodiscard]] std::unique_ptr<ProgressOutput> open_progress() const;
};

}  // namespace brink
