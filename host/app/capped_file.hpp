// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace spdlog::sinks {
class sink;
}

namespace brink {

/// Lines are added to the end of `path`, each at once. Where the file would grow beyond
/// `most_bytes`, it becomes `<stem>.1<extension>`, which replaces the one before: no more than
/// twice `most_bytes` stays on the disk. \throw FileError 73 where it cannot be opened
[[nodiscard]] std::shared_ptr<spdlog::sinks::sink> open_capped_file(std::string const& path,
                                                                    std::uint64_t most_bytes);

}  // namespace brink
