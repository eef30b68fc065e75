// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`; case does not count.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, or an empty string where none is near enough to be a
/// misspelling.
[[nodiscard]] std::string nearest(std::string_view word,
                                  std::vector<std::string> const& candidates);

/// Advice after an unknown name: `did you mean "x"?`, else the known names, at most eight.
[[nodiscard]] std::string advise(std::string_view word, std::vector<std::string> const& candidates,
                                 std::string_view kind);

}  // namespace brink
