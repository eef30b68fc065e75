// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/mapped_buffer.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace brink {
namespace {

[[noreturn]] void fail(int error, std::string const& what)
{
    throw std::system_error(error, std::generic_category(), what);
}

/// Descriptor that closes itself.
struct Descriptor {
    int id;

    explicit Descriptor(int opened) : id{opened} {}
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor()
    {
        if (id >= 0)
            ::close(id);
    }
};

/// File without a name, also on file systems that cannot make one at once.
int open_nameless(std::string const& directory)
{
    int id = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (id >= 0)
        return id;
    std::string name = directory + "/brink-tail-XXXXXX";
    id = ::mkostemp(name.data(), O_CLOEXEC);
    if (id < 0)
        fail(errno, "cannot create a temporary file for tail values in '" + directory + "'");
    ::unlink(name.c_str());
    return id;
}

}  // namespace

MappedBuffer::MappedBuffer(std::size_t bytes, std::string const& directory) : bytes_{bytes}
{
    if (!directory.empty()) {
        map_file(directory);
        return;
    }
    void* const mapped = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED)
        fail(errno, "cannot map " + std::to_string(bytes) + " bytes for tail values");
    data_ = mapped;
}

void MappedBuffer::map_file(std::string const& directory)
{
    Descriptor const file(open_nameless(directory));
    std::string const what =
        std::to_string(bytes_) + " bytes for tail values in a file in '" + directory + "'";
    int const error = ::posix_fallocate(file.id, 0, static_cast<off_t>(bytes_));
    if (error != 0)
        fail(error, "cannot reserve " + what);
    void* const mapped = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED, file.id, 0);
    if (mapped == MAP_FAILED)
        fail(errno, "cannot map " + what);
    data_ = mapped;
    in_file_ = true;
}

MappedBuffer::~MappedBuffer()
{
    if (data_ != nullptr)
        ::munmap(data_, bytes_);
}

MappedBuffer::MappedBuffer(MappedBuffer&& other) noexcept
    : data_{std::exchange(other.data_, nullptr)},
      bytes_{std::exchange(other.bytes_, 0)},
      in_file_{other.in_file_}
{}

MappedBuffer& MappedBuffer::operator=(MappedBuffer&& other) noexcept
{
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    std::swap(in_file_, other.in_file_);
    return *this;
}

void MappedBuffer::release_resident() const
{
    if (in_file_)
        ::madvise(data_, bytes_, MADV_DONTNEED);
}

}  // namespace brink
