// SPDX-License-Identifier: Apache-2.0
#include "io/results/private_file.hpp"

#include "io/results/file_error.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <charconv>
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

constexpr std::string_view private_suffix = ".tmp";

/// What the names of this host's private files of a target start with.
std::string private_prefix(fs::path const& target)
{
    constexpr std::size_t name_bytes = 150;  // of the 255 that file systems allow
    constexpr std::size_t host_bytes = 64;
    std::array<char, host_bytes + 1> host{};
    if (::gethostname(host.data(), host_bytes) != 0)
        host = {"unknown"};
    return fmt::format(".{}.{}.", target.filename().string().substr(0, name_bytes), host.data());
}

fs::path private_name(fs::path const& target)
{
    std::random_device entropy;
    return folder_of(target)
           / fmt::format("{}{}.{:08x}{}", private_prefix(target), ::getpid(), entropy(),
                         private_suffix);
}

/// Process that a private file of this host belongs to, from its name; 0: it is none.
pid_t owner_of(std::string const& name, std::string const& prefix)
{
    if (!name.starts_with(prefix) || !name.ends_with(private_suffix))
        return 0;
    pid_t owner = 0;
    std::from_chars(name.data() + prefix.size(), name.data() + name.size(), owner);
    return owner;
}

/// Remove what processes of this host left behind that are no more.
void remove_abandoned(fs::path const& target)
{
    std::string const prefix = private_prefix(target);
    std::error_code ignored;
    for (fs::directory_entry const& entry : fs::directory_iterator{folder_of(target), ignored}) {
        pid_t const owner = owner_of(entry.path().filename().string(), prefix);
        if (owner > 0 && ::kill(owner, 0) != 0 && errno == ESRCH)
            fs::remove(entry.path(), ignored);
    }
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

void create_folder_of(fs::path const& target)
{
    fs::path const folder = folder_of(target);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error && !fs::is_directory(folder))
        fail(folder, "cannot create the output folder", error.value());
}

void check_output(fs::path const& target)
{
    create_folder_of(target);
    PrivateFile const probe{target};
    remove_abandoned(target);
}

}  // namespace brink
