// SPDX-License-Identifier: Apache-2.0
#include "host/run/health_fans.hpp"

#include <algorithm>
#include <stdexcept>

namespace brink {
namespace {

/// Paths of [first, end) below `limit`.
std::uint64_t num_below(std::uint64_t first, std::uint64_t end, std::uint64_t limit)
{
    return std::min(end, limit) - std::min(first, limit);
}

/// Columns [first, first + count) of each row of `width` values.
std::vector<float> cut_columns(std::vector<float> const& rows, std::uint64_t width,
                               std::uint64_t first, std::uint64_t count)
{
    std::vector<float> cut;
    if (count == 0)
        return cut;
    cut.reserve(rows.size() / width * count);
    for (std::size_t row = 0; row < rows.size(); row += width) {
        auto const from = rows.begin() + static_cast<std::ptrdiff_t>(row + first);
        cut.insert(cut.end(), from, from + static_cast<std::ptrdiff_t>(count));
    }
    return cut;
}

void paste_columns(std::vector<float>& rows, std::uint64_t width, std::vector<float> const& cut,
                   std::uint64_t first, std::uint64_t count)
{
    if (count == 0)
        return;
    if (first + count > width || cut.size() / count != rows.size() / width
        || cut.size() % count != 0)
        throw std::logic_error{"saved fans have another shape"};
    for (std::size_t row = 0; row < rows.size() / width; ++row)
        std::copy_n(cut.begin() + static_cast<std::ptrdiff_t>(row * count), count,
                    rows.begin() + static_cast<std::ptrdiff_t>(row * width + first));
}

}  // namespace

HealthFans::HealthFans(RunShape const& shape)
    : shape_{shape},
      book_(shape.fan_times * shape.fan_paths),
      accounts_(shape.account_fan_values()),
      invalid_(std::max(shape.fan_paths, shape.account_fan_paths))
{}

void HealthFans::attach(OutcomeSink& sink, std::uint64_t first_path)
{
    if (first_path < shape_.fan_paths)
        sink.fan = {book_.data(), static_cast<std::int64_t>(shape_.fan_paths)};
    if (first_path < shape_.account_fan_paths && !accounts_.empty())
        sink.account_fans = {accounts_.data(), static_cast<std::int64_t>(shape_.account_fan_paths)};
}

std::span<float const> HealthFans::values(std::size_t scope) const
{
    if (scope == 0)
        return book_;
    std::size_t const count = shape_.fan_times * shape_.account_fan_paths;
    return std::span{accounts_}.subspan((scope - 1) * count, count);
}

std::span<std::uint8_t const> HealthFans::invalid(std::size_t scope) const
{
    return std::span{invalid_}.first(fan_paths(scope));
}

SavedFans HealthFans::extent(std::uint64_t first_path, std::uint64_t end_path) const
{
    SavedFans extent;
    extent.first_path = first_path;
    extent.paths = num_below(first_path, end_path, shape_.fan_paths);
    extent.account_paths =
        accounts_.empty() ? 0 : num_below(first_path, end_path, shape_.account_fan_paths);
    return extent;
}

SavedFans HealthFans::save(std::uint64_t first_path, std::uint64_t end_path) const
{
    SavedFans saved = extent(first_path, end_path);
    saved.book = cut_columns(book_, shape_.fan_paths, first_path, saved.paths);
    saved.accounts =
        cut_columns(accounts_, shape_.account_fan_paths, first_path, saved.account_paths);
    std::uint64_t const most = num_below(first_path, end_path, invalid_.size());
    auto const from = invalid_.begin() + static_cast<std::ptrdiff_t>(most > 0 ? first_path : 0);
    saved.invalid.assign(from, from + static_cast<std::ptrdiff_t>(most));
    return saved;
}

void HealthFans::restore(SavedFans const& saved)
{
    paste_columns(book_, shape_.fan_paths, saved.book, saved.first_path, saved.paths);
    paste_columns(accounts_, shape_.account_fan_paths, saved.accounts, saved.first_path,
                  saved.account_paths);
    for (std::size_t i = 0; i < saved.invalid.size(); ++i)
        if (saved.invalid[i] != 0)
            mark_invalid(saved.first_path + i);
}

}  // namespace brink
