// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/path_columns.hpp"

#include <algorithm>
#include <utility>

#include "models/path/outcome.hpp"

namespace brink {
namespace {

constexpr std::size_t kept_outcomes = num_outcomes;

}  // namespace

PathColumns::PathColumns(std::uint64_t paths, std::vector<std::size_t> scopes,
                         std::string const& spill_directory)
    : paths_{paths},
      scopes_{std::move(scopes)},
      values_{scopes_.size() * kept_outcomes * paths * sizeof(double), spill_directory},
      marks_{scopes_.size() * paths, spill_directory}
{}

std::size_t PathColumns::bytes(std::uint64_t paths, std::size_t num_scopes)
{
    return num_scopes * paths * (kept_outcomes * sizeof(double) + 1);
}

void PathColumns::keep(ChunkView const& chunk)
{
    auto* const values = static_cast<double*>(values_.data());
    auto* const marks = static_cast<std::uint8_t*>(marks_.data());
    for (std::size_t slot = 0; slot < scopes_.size(); ++slot) {
        for (std::size_t outcome = 0; outcome < kept_outcomes; ++outcome) {
            auto const column = chunk.column(scopes_[slot], static_cast<std::int32_t>(outcome));
            std::copy(column.begin(), column.end(),
                      values + (slot * kept_outcomes + outcome) * paths_ + chunk.first_path);
        }
        std::uint8_t const* const from = chunk.marks_of(scopes_[slot]);
        std::copy(from, from + chunk.num_paths, marks + slot * paths_ + chunk.first_path);
    }
    filled_ = chunk.first_path + chunk.num_paths;
}

PathValues PathColumns::of(std::size_t slot, std::size_t outcome) const
{
    auto const* const values = static_cast<double const*>(values_.data());
    auto const* const marks = static_cast<std::uint8_t const*>(marks_.data());
    return {{values + (slot * kept_outcomes + outcome) * paths_, filled_},
            {marks + slot * paths_, filled_}};
}

}  // namespace brink
