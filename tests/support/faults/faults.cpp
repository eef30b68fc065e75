// SPDX-License-Identifier: Apache-2.0
//
// Loaded before the C library (LD_PRELOAD): makes a chosen call on files below a folder fail, or
// ends the process there as kill -9 would. The program under test is the one that users have.
//
// BRINK_FAULT_FOLDER   absolute, without a slash at the end; calls on other files pass
// BRINK_FAULT_CALLS    names joined by commas: write, pwrite, ftruncate, fsync, rename, unlink,
//                      open (of files to be created), flock; unset: all but flock
// BRINK_FAULT_AT       number of the call, from 1 on; 0: none
// BRINK_FAULT_ACTION   kill: SIGKILL in place of that call; half: the same, once half of the bytes
//                      are written; a number: from that call on all fail with this errno
// BRINK_FAULT_COUNT    file that gets the number of calls when the process ends by itself
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

template<class Function>
Function* real(char const* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::string_view setting(char const* name)
{
    char const* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::atomic<long> num_calls{0};

bool is_below_folder(std::string_view path)
{
    std::string_view const folder = setting("BRINK_FAULT_FOLDER");
    return !folder.empty() && path.starts_with(folder)
           && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool is_below_folder(int descriptor)
{
    std::array<char, PATH_MAX> path{};
    std::array<char, 64> link{};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
    ssize_t const size = ::readlink(link.data(), path.data(), path.size());
    return size > 0 && is_below_folder({path.data(), static_cast<std::size_t>(size)});
}

bool is_chosen(std::string_view call)
{
    std::string_view calls = setting("BRINK_FAULT_CALLS");
    if (calls.empty())
        return call != "flock";
    while (!calls.empty()) {
        std::size_t const end = std::min(calls.find(','), calls.size());
        if (calls.substr(0, end) == call)
            return true;
        calls.remove_prefix(std::min(end + 1, calls.size()));
    }
    return false;
}

enum class Fault { none, half, error };

/// Count the call and do what was asked for at its number. \return what is left to the caller;
/// with Fault::error, errno is set
Fault strike(std::string_view call)
{
    if (!is_chosen(call))
        return Fault::none;
    long const number = ++num_calls;
    long const at = std::strtol(std::string{setting("BRINK_FAULT_AT")}.c_str(), nullptr, 10);
    if (at == 0 || number < at)
        return Fault::none;
    std::string const action{setting("BRINK_FAULT_ACTION")};
    if (action == "kill" && number == at)
        ::kill(::getpid(), SIGKILL);
    if (action == "half" && number == at)
        return Fault::half;
    if (int const error = std::atoi(action.c_str()); error != 0) {
        errno = error;
        return Fault::error;
    }
    return Fault::none;
}

struct CountAtEnd {
    ~CountAtEnd()
    {
        std::string const file{setting("BRINK_FAULT_COUNT")};
        if (file.empty())
            return;
        if (std::FILE* const out = std::fopen(file.c_str(), "w")) {
            std::fprintf(out, "%ld\n", num_calls.load());
            std::fclose(out);
        }
    }
} const count_at_end;

/// A call without bytes: `perform` it unless it is to fail. Half of it is nothing.
template<class Perform>
int guard(std::string_view call, bool applies, Perform const& perform)
{
    switch (applies ? strike(call) : Fault::none) {
        case Fault::error:
            return -1;
        case Fault::half:
            ::kill(::getpid(), SIGKILL);
            return -1;
        case Fault::none:
            break;
    }
    return perform();
}

/// A call that writes bytes: `perform(size)`.
template<class Perform>
ssize_t guard_bytes(std::string_view call, int descriptor, std::size_t size, Perform const& perform)
{
    switch (is_below_folder(descriptor) ? strike(call) : Fault::none) {
        case Fault::error:
            return -1;
        case Fault::half:
            static_cast<void>(perform(size / 2));
            ::kill(::getpid(), SIGKILL);
            return -1;
        case Fault::none:
            break;
    }
    return perform(size);
}

bool creates(int flags)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, void const* bytes, size_t size)
{
    static auto* const next = real<ssize_t(int, void const*, size_t)>("write");
    return guard_bytes("write", descriptor, size,
                       [&](std::size_t part) { return next(descriptor, bytes, part); });
}

ssize_t pwrite(int descriptor, void const* bytes, size_t size, off_t offset)
{
    static auto* const next = real<ssize_t(int, void const*, size_t, off_t)>("pwrite");
    return guard_bytes("pwrite", descriptor, size,
                       [&](std::size_t part) { return next(descriptor, bytes, part, offset); });
}

ssize_t pwrite64(int descriptor, void const* bytes, size_t size, off_t offset)
{
    return pwrite(descriptor, bytes, size, offset);
}

int ftruncate(int descriptor, off_t size) noexcept
{
    static auto* const next = real<int(int, off_t)>("ftruncate");
    return guard("ftruncate", is_below_folder(descriptor), [&] { return next(descriptor, size); });
}

int ftruncate64(int descriptor, off_t size) noexcept
{
    return ftruncate(descriptor, size);
}

int fsync(int descriptor)
{
    static auto* const next = real<int(int)>("fsync");
    return guard("fsync", is_below_folder(descriptor), [&] { return next(descriptor); });
}

int rename(char const* from, char const* to) noexcept
{
    static auto* const next = real<int(char const*, char const*)>("rename");
    return guard("rename", is_below_folder(to), [&] { return next(from, to); });
}

int unlink(char const* path) noexcept
{
    static auto* const next = real<int(char const*)>("unlink");
    return guard("unlink", is_below_folder(path), [&] { return next(path); });
}

int open(char const* path, int flags, ...)
{
    static auto* const next = real<int(char const*, int, ...)>("open");
    mode_t mode = 0;
    if (creates(flags)) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    return guard("open", creates(flags) && is_below_folder(path),
                 [&] { return next(path, flags, mode); });
}

int open64(char const* path, int flags, ...)
{
    mode_t mode = 0;
    if (creates(flags)) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    return open(path, flags, mode);
}

int flock(int descriptor, int operation) noexcept
{
    static auto* const next = real<int(int, int)>("flock");
    return guard("flock", is_below_folder(descriptor), [&] { return next(descriptor, operation); });
}

}  // extern "C"
