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

WorstPath const* worst_entry(ScopeResult const& scope, std::uint64_t path)
{
    for (WorstPath const& worst : scope.worst_paths)
        if (worst.path == path)
            return &worst;
    return nullptr;
}

bool starts_as_hdf5(std::filesystem::path const& path)
{
    constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
    std::array<char, 8> start{};
    std::ifstream file{path, std::ios::binary};
    return file.read(start.data(), start.size()) && start == signature;
}

/// The lists of worst paths rank the book by the loss of its owners, accounts by their own.
void compare_worst(ScopeResult const& stored, PathLedger const& ledger,
                   std::vector<Difference>& list)
{
    WorstPath const* const worst = worst_entry(stored, ledger.path);
    auto const& scopes = ledger.names.scopes;
    auto const scope = std::find(scopes.begin(), scopes.end(), stored.scope);
    if (worst == nullptr || scope == scopes.end())
        return;
    Column const column = scope == scopes.begin() ? Column::loss : Column::loss_account;
    double const loss = ledger.outcome(static_cast<std::size_t>(scope - scopes.begin()), column);
    if (worst->loss != loss)
        list.push_back({*scope, std::string{outcome_list[static_cast<std::size_t>(column)].name},
                        worst->loss, loss});
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

bool names_result(std::filesystem::path const& path)
{
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return extension == ".h5" || extension == ".hdf5" || extension == ".nc" || starts_as_hdf5(path);
}

bool stores_path(Result const& stored, std::uint64_t path)
{
    return std::any_of(
               stored.scopes.begin(), stored.scopes.end(),
               [path](ScopeResult const& scope) { return worst_entry(scope, path) != nullptr; })
           || row_of(stored.rows, path) < stored.rows.paths.size();
}

Result result_under(Result const& stored, std::string const& scope)
{
    Result result;
    result.provenance = stored.provenance;
    for (ScopeResult const& entry : stored.scopes)
        if (entry.scope == scope) {
            result.scopes.push_back(entry);
            result.scopes.back().scope = "book";
        }
    return result;
}

std::vector<Difference> differences(Result const& stored, PathLedger const& ledger)
{
    std::vector<Difference> list;
    for (ScopeResult const& scope : stored.scopes)
        compare_worst(scope, ledger, list);
    std::size_t const row = row_of(stored.rows, ledger.path);
    if (row == stored.rows.paths.size())
        return list;
    for (std::size_t c = 0; c < stored.rows.columns.size() && c < outcome_list.size(); ++c) {
        float const before = stored.rows.columns[c][row];
        auto const now = static_cast<float>(ledger.outcomes[c]);
        if (!same_bits(before, now))
            list.push_back({"book", std::string{outcome_list[c].name}, before, now});
    }
    return list;
}

}  // namespace brink
