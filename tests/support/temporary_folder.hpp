// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdlib.h>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace brink::test {

/// A fresh folder, removed with its contents at the end of the test.
class TemporaryFolder {
    std::filesystem::path path_;

  public:
    TemporaryFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "brink-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error{"cannot create " + name};
        path_ = name;
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }
    /// A path inside the folder.
    std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
};

}  // namespace brink::test
