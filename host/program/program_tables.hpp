// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "host/program/program_draft.hpp"
#include "host/program/table_block.hpp"
#include "models/path/program.hpp"

namespace brink {

/// What a program needs beside its tables.
struct ProgramClock {
    RandomKey key{};
    std::int32_t num_steps{0};
    double step_seconds{0};
    std::int64_t as_of{0};  ///< [s] Unix time of t_0
};

/// Owner of the one block of memory behind a Program<T>; copies are independent.
/// \tparam T number type of the hot way, float or double
template<class T>
class ProgramTables {
    TableBlock block_;
    Program<T> layout_;  ///< without a base

  public:
    /// Lays out the draft: tables, fields of the workspace, outcome scopes, the fan's times.
    /// Opening values are zero until `set_opening_values`.
    /// \throws std::length_error where the block would exceed 4 GiB
    ProgramTables(ProgramDraft const& draft, ProgramClock const& clock);

    /// [numeraire] nav per account and nav + reserve per owner at t_0.
    void set_opening_values(std::span<double const> nav_of_accounts,
                            std::span<double const> value_of_owners);

    /// Valid while this object lives and is not assigned to.
    [[nodiscard]] Program<T> view() const
    {
        Program<T> program = layout_;
        program.tables.base = block_.data();
        return program;
    }
    [[nodiscard]] std::size_t bytes() const { return block_.bytes(); }
};

extern template class ProgramTables<float>;
extern template class ProgramTables<double>;

}  // namespace brink
