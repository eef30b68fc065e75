// SPDX-License-Identifier: Apache-2.0
#include "io/market_data/price_snapshot.hpp"

#include "io/config/duration.hpp"
#include "io/config/instant.hpp"
#include "io/config/spelling.hpp"
#include "io/market_data/csv.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace brink {
namespace {

constexpr std::array<std::string_view, 3> columns{"asset", "price", "time"};

/// Positions of the three columns; a missing one is a problem.
std::optional<std::array<std::size_t, 3>> find_columns(CsvTable const& table, Problems& problems)
{
    std::array<std::size_t, 3> found{};
    bool complete = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto const at = table.column_of(columns[i]);
        complete = complete && at.has_value();
        found[i] = at.value_or(0);
        if (!at)
            problems.add(
                {table.file, std::max(table.header_line, 1), 1, std::string{columns[i]}},
                "column is missing",
                fmt::format(
                    "the header is asset,price,time; known here: {}",
                    table.header.empty() ? "none" : fmt::format("{}", table.header.front())),
                ExitCode::data);
    }
    return complete ? std::optional{found} : std::nullopt;
}

void add_price(PriceSnapshot& snapshot, CsvTable const& table, CsvRow const& row,
               std::array<std::size_t, 3> const& at, Problems& problems)
{
    std::string const& asset = row.cells[at[0]].text;
    auto const price = read_csv_number(table, row, at[1], problems);
    if (price && !(*price > 0))
        problems.add(table.where(row, at[1]),
                     fmt::format("must be > 0, is {} for {}", row.cells[at[1]].text, asset), "",
                     ExitCode::data);
    auto const time = parse_instant(row.cells[at[2]].text);
    if (!time)
        problems.add(table.where(row, at[2]),
                     fmt::format("\"{}\" is not a time in UTC", row.cells[at[2]].text),
                     "write 2025-06-30T23:55:00Z", ExitCode::data);
    if (asset.empty())
        problems.add(table.where(row, at[0]), "names no asset", "", ExitCode::data);
    // A price that was refused is replaced, so that it is refused once only.
    SnapshotPrice const entry{price && *price > 0 ? *price : 1, time.value_or(0),
                              table.where(row, at[1]), table.where(row, at[2])};
    auto const [found, is_new] = snapshot.prices.emplace(asset, entry);
    if (!is_new)
        problems.add(table.where(row, at[0]), fmt::format("asset \"{}\" has two prices", asset),
                     fmt::format("first at {}:{}", table.file, found->second.where.line),
                     ExitCode::data);
}

}  // namespace

PriceSnapshot parse_price_snapshot(std::string_view text, std::string const& file,
                                   Problems& problems)
{
    PriceSnapshot snapshot{file, {}};
    CsvTable const table = parse_csv(text, file, problems);
    auto const at = find_columns(table, problems);
    if (!at)
        return snapshot;
    for (CsvRow const& row : table.rows)
        add_price(snapshot, table, row, *at, problems);
    return snapshot;
}

SnapshotPrice const* price_at(PriceSnapshot const& snapshot, std::string const& asset,
                              UnixSeconds as_of, Seconds max_age, Problems& problems)
{
    auto const found = snapshot.prices.find(asset);
    if (found == snapshot.prices.end()) {
        std::vector<std::string> known;
        for (auto const& [name, price] : snapshot.prices)
            known.push_back(name);
        problems.add({snapshot.file, 1, 1, "asset"}, fmt::format("has no price of {}", asset),
                     advise(asset, known, "asset"), ExitCode::data);
        return nullptr;
    }
    SnapshotPrice const& price = found->second;
    auto const age = static_cast<Seconds>(as_of - price.time);
    if (age < 0)
        problems.add(
            price.time_where,
            fmt::format("the price of {} is of {}, later than run.as_of {}", asset,
                        format_instant(price.time), format_instant(as_of)),
            "a price from the future is a look-ahead: move as_of, or take an earlier price",
            ExitCode::data);
    else if (age > max_age)
        problems.add(
            price.time_where,
            fmt::format("the price of {} is {} old at run.as_of {}; {} is the most", asset,
                        format_duration(age), format_instant(as_of), format_duration(max_age)),
            "take a fresher price, or raise market.prices_max_age", ExitCode::data);
    return &price;
}

}  // namespace brink
