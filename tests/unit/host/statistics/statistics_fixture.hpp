// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/statistics/estimate_flags.hpp"
#include "host/statistics/outcome_statistics.hpp"

namespace brink::test {

inline constexpr double inf = std::numeric_limits<double>::infinity();
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

inline DecimalLevel level(char const* text)
{
    return DecimalLevel::parse(text).value();
}

inline std::vector<DecimalLevel> levels(std::vector<char const*> const& texts)
{
    std::vector<DecimalLevel> list;
    for (char const* const text : texts)
        list.push_back(level(text));
    return list;
}

/// Specification of a loss with everything asked for.
inline OutcomeSpec loss_spec(std::uint64_t path_cap)
{
    OutcomeSpec spec;
    spec.name = "loss";
    spec.levels = levels({"0.95", "0.99"});
    spec.quantiles = levels({"0.05", "0.5", "0.99"});
    spec.path_cap = path_cap;
    spec.num_worst = 5;
    return spec;
}

/// Feed a column chunk by chunk, with the current cut as a run would.
inline void feed(OutcomeStatistics& statistics, std::vector<double> const& values,
                 std::uint32_t chunk_paths = 65'536, std::vector<std::uint8_t> const& invalid = {})
{
    ChunkSummariser summarise;
    for (std::size_t first = 0, chunk = 0; first < values.size(); first += chunk_paths, ++chunk) {
        ChunkColumn column;
        column.chunk_idx = chunk;
        column.first_path = first;
        column.num_paths =
            static_cast<std::uint32_t>(std::min<std::size_t>(chunk_paths, values.size() - first));
        column.values = values.data() + first;
        column.marks = invalid.empty() ? nullptr : invalid.data() + first;
        OutcomeSpec const& spec = statistics.spec();
        statistics.merge(summarise(spec.kind, spec.num_worst, column, statistics.cut()));
    }
}

inline Estimate named(std::vector<Estimate> const& list, std::string const& name)
{
    for (Estimate const& estimate : list)
        if (estimate.name == name)
            return estimate;
    throw std::out_of_range("no statistic '" + name + "'");
}

}  // namespace brink::test
