// SPDX-License-Identifier: Apache-2.0
#include "host/program/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace brink {

std::string sha256(std::string_view text)
{
    std::array<unsigned char, 32> digest{};
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error{"SHA-256 is not available from the cryptographic library"};
    std::string hex;
    for (unsigned char const byte : digest)
        hex += fmt::format("{:02x}", byte);
    return hex;
}

}  // namespace brink
