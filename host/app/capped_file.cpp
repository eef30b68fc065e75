// SPDX-License-Identifier: Apache-2.0
#include "host/app/capped_file.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include "io/results/file_error.hpp"

namespace brink {

std::shared_ptr<spdlog::sinks::sink> open_capped_file(std::string const& path,
                                                      std::uint64_t most_bytes)
{
    constexpr std::size_t kept_beside = 1;
    try {
        return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path, most_bytes,
                                                                      kept_beside);
    } catch (spdlog::spdlog_ex const& error) {
        throw FileError{ExitCode::cannot_create,
                        fmt::format("'{}': cannot open the log: {}", path, error.what())};
    }
}

}  // namespace brink
