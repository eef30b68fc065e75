// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// What the [[account]] table that names a book says for rows that leave a cell empty; each is
/// absent (nullptr) or belongs to the caller.
struct BookDefaults {
    ConfigNode const* owner{nullptr};
    ConfigNode const* venue{nullptr};
    ConfigNode const* mode{nullptr};
};

/// A book as configuration: the same tables that a user would have written inline.
struct Book {
    std::vector<ConfigNode> accounts;  ///< in the order of their first rows
    std::vector<ConfigNode> reserves;  ///< per owner: name and reserve, from rows of kind reserve
};

/// Read a book: one row per balance, position, loan or reserve. Columns: account, owner, venue,
/// mode, kind, asset, instrument, amount, size, entry_price, leverage, margin, rate; only account
/// and kind must exist, and a position may use asset and amount for instrument and size. Every
/// other column is a group of the account. owner, venue, mode and groups may stand in any row of an
/// account, but not differ. Problems have code 65 and the place of the cell.
[[nodiscard]] Book parse_book(std::string_view text, std::string const& file,
                              BookDefaults const& defaults, Problems& problems);

}  // namespace brink
