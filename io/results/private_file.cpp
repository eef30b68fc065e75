// SPDX-License-Identifier: Apache-2.0
#include "io/results/private_file.hpp"

#include "io/results/file_error.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <cerrno>
#include <random>
#include <string>
#include <system_error>

namespace brink {
namespace {

namespace fs = std::filesystem;

/// A full or failing disk is an I/O error; every other reason means that the place is wrong.
ExitCode exit_code_of(int error)
{
    bool const disk = error == ENOSPC || error == EDQUOT || error == EIO || error == EFBIG;
    return disk ? ExitCode::io : ExitCode::cannot_create;
}

[[noreturn]] void fail(fs::path const& path, std::string_view doing, int error)
{
    std::string const reason = std::generic_category().message(error);
    throw FileError{exit_code_of(error), fmt::format("{}: {}: {}", path.string(), doing, reason)};
}

/// The file that is to appear: links followed; anything but a regular file is refused.
fs::path resolve_target(fs::path const& target)
{
    if (!target.has_filename())
        fail(target, "cannot write the result", EISDIR);
    std::error_code error;
    fs::file_status const status = fs::status(target, error);
    if (status.type() == fs::file_type::not_found)
        return target;
    if (error)
        fail(target, "cannot write the result", error.value());
    if (fs::is_directory(status))
        fail(target, "cannot write the result", EISDIR);
    if (!fs::is_regular_file(status)) {
        throw FileError{ExitCode::cannot_create,
                        target.string() + ": cannot write the result: not a regular file"};
    }
    return fs::is_symlink(target) ? fs::canonical(target) : target;
}

fs::path folder_of(fs::path const& target)
{
    return target.has_parent_path() ? target.parent_path() : fs::path{"."};
}

fs::path private_name(fs::path const& target)
{
    constexpr std::size_t name_bytes = 200;  // of the 255 that file systems allow
    std::random_device entropy;
    std::string const name = target.filename().string().substr(0, name_bytes);
    return folder_of(target) / fmt::format(".{}.{}.{:08x}.tmp", name, ::getpid(), entropy());
}

/// Make the rename itself durable. Some network file systems cannot flush a folder: not an error.
void flush_folder(fs::path const& folder)
{
    int const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    int const status = ::fsync(descriptor);
    int const error = errno;
    ::close(descriptor);
    if (status != 0 && error == EIO)
        fail(folder, "cannot flush the folder", error);
}

}  // namespace

PrivateFile::PrivateFile(fs::path const& target)
    : target_{resolve_target(target)}, path_{private_name(target_)}
{
    std::error_code error;
    fs::create_directories(folder_of(target_), error);
    if (error && !fs::is_directory(folder_of(target_)))
        fail(folder_of(target_), "cannot create the output folder", error.value());
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0)
        fail(target_, "cannot create the file", errno);
}

PrivateFile::~PrivateFile()
{
    if (descriptor_ < 0)
        return;
    ::close(descriptor_);
    ::unlink(path_.c_str());
}

void PrivateFile::close()
{
    int const status = ::close(descriptor_);
    int const error = errno;
    descriptor_ = -1;
    if (status != 0 && error != EINTR) {
        ::unlink(path_.c_str());
        fail(target_, "cannot close the file", error);
    }
}

void PrivateFile::commit()
{
    if (::fsync(descriptor_) != 0)
        fail(target_, "cannot flush the file to disk", errno);
    close();
    if (::rename(path_.c_str(), target_.c_str()) != 0) {
        int const error = errno;
        ::unlink(path_.c_str());
        fail(target_, "cannot rename the finished file into place", error);
    }
    flush_folder(folder_of(target_));
}

void check_output(fs::path const& target)
{
    PrivateFile const probe{target};
}

}  // namespace brink
