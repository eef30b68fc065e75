// SPDX-License-Identifier: Apache-2.0
#include "io/results/content_seal.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace brink {
namespace {

constexpr std::string_view seal_mark = "BRNKSEAL";
constexpr std::size_t word_bytes = 8;
constexpr std::size_t seal_bytes = 3 * word_bytes;
constexpr std::size_t piece_bytes = std::size_t{1} << 20;

using SealBytes = std::array<char, seal_bytes>;

SealBytes seal_of(SealStamp const& stamp)
{
    SealBytes seal{};
    std::memcpy(seal.data(), seal_mark.data(), word_bytes);
    std::memcpy(seal.data() + word_bytes, &stamp.bytes, word_bytes);
    std::memcpy(seal.data() + 2 * word_bytes, &stamp.checksum, word_bytes);
    return seal;
}

/// Bytes read, fewer than asked for only at the end of the file; -1 with errno set on failure.
ssize_t read_at(int descriptor, char* bytes, std::size_t size, std::uint64_t offset)
{
    std::size_t done = 0;
    while (done < size) {
        ssize_t const got =
            ::pread(descriptor, bytes + done, size - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return static_cast<ssize_t>(done);
}

/// Checksum of the first `num_bytes`. \return errno, 0 = success
int sum_file(int descriptor, std::uint64_t num_bytes, Checksum& checksum)
{
    std::vector<char> piece(std::min<std::uint64_t>(piece_bytes, num_bytes));
    for (std::uint64_t offset = 0; offset < num_bytes; offset += piece.size()) {
        std::size_t const size = std::min<std::uint64_t>(piece.size(), num_bytes - offset);
        ssize_t const got = read_at(descriptor, piece.data(), size, offset);
        if (got < 0)
            return errno;
        if (static_cast<std::size_t>(got) != size)
            return EIO;  // shorter than a moment ago
        checksum.add(piece.data(), size);
    }
    return 0;
}

int append(int descriptor, SealBytes const& seal, std::uint64_t end)
{
    for (std::size_t done = 0; done < seal.size();) {
        ssize_t const put = ::pwrite(descriptor, seal.data() + done, seal.size() - done,
                                     static_cast<off_t>(end + done));
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return put < 0 ? errno : ENOSPC;
        done += static_cast<std::size_t>(put);
    }
    return 0;
}

/// Closes a descriptor at the end of the scope.
struct Descriptor {
    int number;

    explicit Descriptor(std::filesystem::path const& path)
        : number{::open(path.c_str(), O_RDONLY | O_CLOEXEC)}
    {
        if (number < 0)
            throw std::system_error{errno, std::generic_category(), path.string()};
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() { ::close(number); }
};

/// Of a file that is long enough to have a seal.
std::uint64_t content_bytes(Descriptor const& file)
{
    return static_cast<std::uint64_t>(::lseek(file.number, 0, SEEK_END)) - seal_bytes;
}

std::optional<SealStamp> read_seal(Descriptor const& file, std::filesystem::path const& path)
{
    if (::lseek(file.number, 0, SEEK_END) < static_cast<off_t>(seal_bytes))
        return std::nullopt;
    SealBytes found{};
    if (read_at(file.number, found.data(), found.size(), content_bytes(file)) < 0)
        throw std::system_error{errno, std::generic_category(), path.string()};
    if (std::string_view{found.data(), word_bytes} != seal_mark)
        return std::nullopt;
    SealStamp stamp;
    std::memcpy(&stamp.bytes, found.data() + word_bytes, word_bytes);
    std::memcpy(&stamp.checksum, found.data() + 2 * word_bytes, word_bytes);
    return stamp;
}

}  // namespace

void Checksum::mix(std::uint64_t word)
{
    // Each step is invertible, so different words leave different states.
    state_ = (state_ ^ word) * 0x9e3779b97f4a7c15;  // odd: 2^64 over the golden ratio
    state_ ^= state_ >> 29;
}

void Checksum::add(char const* bytes, std::size_t size)
{
    for (; size > 0 && num_bytes_ % word_bytes != 0; ++bytes, --size, ++num_bytes_) {
        word_ |= std::uint64_t{static_cast<unsigned char>(*bytes)}
                 << (8 * (num_bytes_ % word_bytes));
        if (num_bytes_ % word_bytes == word_bytes - 1)
            mix(std::exchange(word_, 0));
    }
    for (; size >= word_bytes; bytes += word_bytes, size -= word_bytes, num_bytes_ += word_bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, word_bytes);
        mix(word);
    }
    for (; size > 0; ++bytes, --size, ++num_bytes_) {
        word_ |= std::uint64_t{static_cast<unsigned char>(*bytes)}
                 << (8 * (num_bytes_ % word_bytes));
    }
}

std::uint64_t Checksum::value() const
{
    Checksum end = *this;
    end.mix(word_);
    end.mix(num_bytes_);
    return end.state_;
}

int append_seal(int descriptor)
{
    off_t const end = ::lseek(descriptor, 0, SEEK_END);
    if (end < 0)
        return errno;
    auto const num_bytes = static_cast<std::uint64_t>(end);
    Checksum checksum;
    if (int const error = sum_file(descriptor, num_bytes, checksum); error != 0)
        return error;
    return append(descriptor, seal_of({num_bytes, checksum.value()}), num_bytes);
}

std::optional<SealStamp> read_seal(std::filesystem::path const& path)
{
    return read_seal(Descriptor{path}, path);
}

Seal check_seal(std::filesystem::path const& path)
{
    Descriptor const file{path};
    std::optional<SealStamp> const stamp = read_seal(file, path);
    if (!stamp)
        return Seal::absent;
    std::uint64_t const num_bytes = content_bytes(file);
    Checksum checksum;
    if (int const error = sum_file(file.number, num_bytes, checksum); error != 0)
        throw std::system_error{error, std::generic_category(), path.string()};
    return *stamp == SealStamp{num_bytes, checksum.value()} ? Seal::intact : Seal::damaged;
}

}  // namespace brink
