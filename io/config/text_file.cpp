// SPDX-License-Identifier: Apache-2.0
#include "io/config/text_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace brink {

std::optional<std::string> read_text_file(std::string const& path, Where const& where,
                                          Problems& problems)
{
    std::error_code error;
    auto const status = std::filesystem::status(path, error);
    std::string reason;
    if (!std::filesystem::exists(status))
        reason = "does not exist";
    else if (std::filesystem::is_directory(status))
        reason = "is a folder";
    std::ifstream file;
    if (reason.empty()) {
        file.open(path, std::ios::binary);
        if (!file)
            reason = "cannot be opened for reading";
    }
    std::string text;
    if (reason.empty()) {
        text.assign(std::istreambuf_iterator<char>{file}, {});
        if (file.bad())
            reason = "could not be read to its end";
    }
    if (reason.empty())
        return text;
    problems.add(where, fmt::format("file \"{}\" {}", path, reason), "", ExitCode::no_input);
    return std::nullopt;
}

std::string relative_to_file(std::string const& name, std::string const& file)
{
    std::filesystem::path const path{name};
    if (path.is_absolute())
        return name;
    return (std::filesystem::path{file}.parent_path() / path).lexically_normal().string();
}

}  // namespace brink
