// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace brink {

/// `1.50 GiB`, `12.3 MiB`, `640 KiB`, `17 B`.
[[nodiscard]] std::string byte_text(std::size_t bytes);

}  // namespace brink
