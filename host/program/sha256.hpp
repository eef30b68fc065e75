// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace brink {

/// SHA-256 of the bytes of `text`, 64 hex digits.
[[nodiscard]] std::string sha256(std::string_view text);

}  // namespace brink
