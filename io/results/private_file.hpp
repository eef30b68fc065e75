// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace brink {

/// A file written under a private temporary name in the folder of its target and renamed when it is
/// complete: a reader never sees half a file, and a failure leaves an existing target untouched.
/// The name is `.<target>.<host>.<pid>.<random>.tmp`; kill -9 may leave such a file behind, which
/// the next `check_output` of the target removes.
class PrivateFile {
    std::filesystem::path target_;
    std::filesystem::path path_;
    int descriptor_{-1};

    void close();

  public:
    /// Create the empty private file. A folder that is gone is not made again: it may be a disk that
    /// is no longer mounted.
    /// \param target symbolic links are followed, so that the file behind the link is replaced
    /// \throw FileError 73 where it cannot be created, 74 where the disk is full or fails
    explicit PrivateFile(std::filesystem::path const& target);
    ~PrivateFile();  ///< closes and removes the private file unless it was committed
    PrivateFile(PrivateFile const&) = delete;
    PrivateFile& operator=(PrivateFile const&) = delete;

    /// Open for reading and writing; owned by this object.
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

    /// Flush to the disk (file and folder) and rename onto the target. \throw FileError 73 or 74
    void commit();
};

/// Create parent folders of `target` where missing. \throw FileError as PrivateFile
void create_folder_of(std::filesystem::path const& target);

/// Whether `target` can be created, found out before a long run: creates its folder and a private
/// file, and removes the latter and those of processes of this host that are no more.
/// \throw FileError as PrivateFile
void check_output(std::filesystem::path const& target);

}  // namespace brink
