// SPDX-License-Identifier: Apache-2.0
#include "host/replay/stored_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <fstream>

namespace brink {
namespace {

WorstPath const* worst_entry(Result const& stored, std::uint64_t path)
{
    if (stored.scopes.empty())
        return nullptr;
    for (WorstPath const& worst : stored.scopes.front().worst_paths)
        if (worst.path == path)
            return &worst;
    return nullptr;
}

/// Row of the path among the stored ones, or their number.
std::size_t row_of(OutcomeRows const& rows, std::uint64_t path)
{
    auto const found = std::lower_bound(rows.paths.begin(), rows.paths.end(), path);
    bool const is_there = found != rows.paths.end() && *found == path;
    return static_cast<std::size_t>((is_there ? found : rows.paths.end()) - rows.paths.begin());
}

bool same_bits(float a, float b)
{
    return (std::isnan(a) && std::isnan(b))
           || std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

}  // namespace

bool is_hdf5(std::filesystem::path const& path)
{
    constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
    std::array<char, 8> start{};
    std::ifstream file{path, std::ios::binary};
    return file.read(start.data(), start.size()) && start == signature;
}

bool stores_path(Result const& stored, std::uint64_t path)
{
    return worst_entry(stored, path) != nullptr
           || row_of(stored.rows, path) < stored.rows.paths.size();
}

std::vector<std::string> differences(Result const& stored, PathLedger const& ledger)
{
    std::vector<std::string> list;
    double const loss = ledger.outcomes[static_cast<std::size_t>(Column::loss)];
    WorstPath const* const worst = worst_entry(stored, ledger.path);
    if (worst != nullptr && worst->loss != loss)
        list.push_back(fmt::format("loss: {:.17g} stored, {:.17g} regenerated", worst->loss, loss));
    std::size_t const row = row_of(stored.rows, ledger.path);
    if (row == stored.rows.paths.size())
        return list;
    for (std::size_t c = 0; c < stored.rows.columns.size() && c < outcome_list.size(); ++c) {
        float const before = stored.rows.columns[c][row];
        auto const now = static_cast<float>(ledger.outcomes[c]);
        if (!same_bits(before, now))
            list.push_back(
                fmt::format("{}: {} stored, {} regenerated", outcome_list[c].name, before, now));
    }
    return list;
}

}  // namespace brink
