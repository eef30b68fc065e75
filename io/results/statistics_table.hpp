// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// The statistics of all scopes as one labelled table in C order, the shape in which they are
/// stored. A cell whose statistic the outcome has not is NaN and not `computed`.
struct StatisticsTable {
    std::vector<std::string> scopes, outcomes, statistics;  ///< the axes: all that occur
    std::vector<double> value, se, lo, hi;                  ///< [scopes][outcomes][statistics]
    std::vector<double> difference, difference_se;          ///< [scopes][outcomes][statistics]
    std::vector<std::uint64_t> n_tail;                      ///< [scopes][outcomes][statistics]
    std::vector<std::uint8_t> computed;  ///< [scopes][outcomes][statistics], 0 or 1
    std::vector<std::string> flag;       ///< [scopes][outcomes][statistics]
    std::vector<std::uint64_t> count;    ///< [scopes][outcomes]
    std::vector<std::uint8_t> reported;  ///< [scopes][outcomes], 0 or 1
    std::vector<std::string> unit;       ///< [outcomes]

    /// Whether a cell has a difference.
    [[nodiscard]] bool has_differences() const;
    [[nodiscard]] std::size_t pairs() const { return scopes.size() * outcomes.size(); }
    [[nodiscard]] std::size_t cells() const { return pairs() * statistics.size(); }
    /// Give every column the size that the axes ask for.
    void resize();
};

/// \throw std::invalid_argument where a name occurs twice or an outcome has two units
[[nodiscard]] StatisticsTable tabulate(std::vector<ScopeResult> const& scopes);

/// The inverse, histograms and fans left empty. \pre every column has the size of its axes
[[nodiscard]] std::vector<ScopeResult> scopes_of(StatisticsTable const& table);

/// `es_0.99` is kind `es` at level 0.99; `mean` is its own kind, at no level (NaN).
struct StatisticName {
    std::string kind;
    double level{not_available};

    explicit StatisticName(std::string const& name);
};

/// Add the names of `list` that `all` lacks, each behind its predecessor in `list` (the first ones
/// before their successor, at the end where there is none), so that lists that agree in order stay
/// in order.
void merge_names(std::vector<std::string>& all, std::vector<std::string> const& list);

/// Position of `name` in `names`, or their number.
[[nodiscard]] std::size_t index_of(std::vector<std::string> const& names, std::string_view name);

}  // namespace brink
