// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace brink {

/// A seal is a checksum of a whole file in 24 bytes behind its end, where HDF5 does not look: the
/// mark `BRNKSEAL`, the number of bytes before the seal and their checksum (both 64-bit,
/// little-endian). HDF5 1.10 neither notices damaged numbers nor survives all damaged structures;
/// the seal finds damage before the library sees the file. A program that changes the file in place
/// removes the seal.
enum class Seal : std::uint8_t {
    intact,
    damaged,
    absent,  ///< written or changed by another program
};

/// Append the seal of a file that is open for reading and writing. \return errno, 0 = success
[[nodiscard]] int append_seal(int descriptor);

/// What a seal says: two files of equal stamps have, all but surely, equal content.
struct SealStamp {
    std::uint64_t bytes{0};  ///< of the content, which is all before the seal
    std::uint64_t checksum{0};

    bool operator==(SealStamp const&) const = default;
};

/// The stamp of a file, without a look at its content; none where it has no seal.
/// \throw std::system_error where the file cannot be read
[[nodiscard]] std::optional<SealStamp> read_seal(std::filesystem::path const& path);

/// \throw std::system_error where the file cannot be read
[[nodiscard]] Seal check_seal(std::filesystem::path const& path);

/// 64-bit checksum over pieces of any size, fed in order. A change within one 8-byte word is always
/// noticed, any other all but surely. Not cryptographic.
class Checksum {
    std::uint64_t state_{0x6a09e667f3bcc908};  // sqrt(2) - 1 in 64 bits: any start would do
    std::uint64_t word_{0};                    ///< bytes not yet mixed in, low first
    std::uint64_t num_bytes_{0};

    void mix(std::uint64_t word);

  public:
    void add(char const* bytes, std::size_t size);
    [[nodiscard]] std::uint64_t value() const;
};

}  // namespace brink
