// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/path_columns.hpp"

#include <algorithm>
#include <utility>

#include "models/path/outcome.hpp"

namespace brink {
namespace {

constexpr std::size_t kept_outcomes = num_outcomes;

}  // namespace

PathColumns::PathColumns(std::uint64_t first_path, std::uint64_t paths,
                         std::vector<std::size_t> scopes, std::string const& spill_directory)
    : first_path_{first_path},
      paths_{paths},
      scopes_{std::move(scopes)},
      values_{scopes_.size() * kept_outcomes * paths * sizeof(double), spill_directory},
      marks_{scopes_.size() * paths, spill_directory}
{}

std::size_t PathColumns::bytes(std::uint64_t paths, std::size_t num_scopes)
{
    return num_scopes * paths * (kept_outcomes * sizeof(double) + 1);
}

void PathColumns::copy_in(std::size_t slot, std::size_t outcome, std::span<double const> values)
{
    auto* const to = static_cast<double*>(values_.data());
    std::copy(values.begin(), values.end(),
              to + (slot * kept_outcomes + outcome) * paths_ + filled_);
}

void PathColumns::copy_in(std::size_t slot, std::uint8_t const* marks, std::uint64_t num_paths)
{
    auto* const to = static_cast<std::uint8_t*>(marks_.data());
    std::copy(marks, marks + num_paths, to + slot * paths_ + filled_);
}

void PathColumns::keep(ChunkView const& chunk)
{
    for (std::size_t slot = 0; slot < scopes_.size(); ++slot) {
        for (std::size_t outcome = 0; outcome < kept_outcomes; ++outcome)
            copy_in(slot, outcome, chunk.column(scopes_[slot], static_cast<std::int32_t>(outcome)));
        copy_in(slot, chunk.marks_of(scopes_[slot]), chunk.num_paths);
    }
    filled_ += chunk.num_paths;
}

bool PathColumns::keep(SavedColumns const& saved)
{
    if (saved.first_path != first_path_ + filled_ || saved.paths > paths_ - filled_)
        return false;
    for (std::size_t outcome = 0; outcome < kept_outcomes; ++outcome) {
        if (saved.read_values)
            copy_in(0, outcome, saved.read_values(outcome));
        else
            copy_in(0, outcome, saved.values[outcome]);
    }
    copy_in(0, saved.marks.data(), saved.paths);
    filled_ += saved.paths;
    return true;
}

SavedColumns PathColumns::save(std::uint64_t end_path) const
{
    SavedColumns saved;
    saved.first_path = first_path_;
    saved.paths = std::min(end_path - first_path_, filled_);
    PathValues const marked = of(0, 0);
    saved.marks.assign(marked.marks.begin(),
                       marked.marks.begin() + static_cast<std::ptrdiff_t>(saved.paths));
    for (std::size_t outcome = 0; outcome < kept_outcomes; ++outcome)
        saved.values.push_back(of(0, outcome).values.first(saved.paths));
    return saved;
}

PathValues PathColumns::of(std::size_t slot, std::size_t outcome) const
{
    auto const* const values = static_cast<double const*>(values_.data());
    auto const* const marks = static_cast<std::uint8_t const*>(marks_.data());
    return {{values + (slot * kept_outcomes + outcome) * paths_, filled_},
            {marks + slot * paths_, filled_}};
}

}  // namespace brink
