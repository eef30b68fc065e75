// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/manifest.hpp"
#include "io/results/outcomes.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

/// What a run leaves behind, as plain structs. host/ fills them; io/results writes and reads them
/// and knows nothing of how they were made. docs/output-format.md lists every dataset.
namespace brink {

inline constexpr double not_available = std::numeric_limits<double>::quiet_NaN();

/// One statistic with its error. `lo`, `hi`: 95 % confidence interval.
struct Estimate {
    std::string name;  ///< mean, sd, prob, var_0.99, es_0.99, q_0.5
    double value{not_available};
    double se{not_available};
    double lo{not_available};
    double hi{not_available};
    std::uint64_t n_tail{0};  ///< observations the statistic rests on (events, tail values, count)
    std::string flag;         ///< empty, or why the error must not be trusted
    /// From the same statistic of the run it stands beside, on the same random numbers: of stress
    /// scenarios and points of a sweep; with the standard error of the paired difference.
    double difference{not_available};
    double difference_se{not_available};
};

/// Histogram over bins of unequal width; `edges` has one more entry than `counts`.
struct Histogram {
    std::vector<double> edges;
    std::vector<std::uint64_t> counts;
};

struct OutcomeResult {
    std::string outcome;  ///< a name of outcome_list
    std::string unit;
    std::uint64_t count{0};  ///< observations (times: paths with the event)
    std::vector<Estimate> statistics;
    Histogram histogram;  ///< empty for flags
};

/// Quantiles over the first `paths` path ids at each recorded assessment.
struct Fan {
    std::string quantity;  ///< "health"
    std::uint64_t paths{0};
    std::vector<double> times;                   ///< [s] since t_0, shape [times]
    std::vector<std::string> levels;             ///< decimals, shape [levels]
    std::vector<std::vector<double>> quantiles;  ///< [levels][times]
    std::vector<std::vector<double>> lo, hi;     ///< 95 % intervals, as quantiles
};

struct WorstPath {
    std::uint64_t path{0};
    double loss{0};
};

struct ScopeResult {
    std::string scope;  ///< `book`, `account:<id>`, `group:<column>=<value>`, `regime:<name>`
    std::vector<OutcomeResult> outcomes;
    std::vector<Fan> fans;
    std::vector<WorstPath> worst_paths{};  ///< descending loss (accounts: loss_account)
};

/// Moments and counts per account of a book too large for full statistics.
struct AccountTable {
    std::vector<std::string> accounts;                    ///< shape [accounts]
    std::vector<std::string> outcomes;                    ///< shape [outcomes]
    std::vector<std::vector<double>> mean, sd, se;        ///< [outcomes][accounts]
    std::vector<std::vector<std::uint64_t>> events;       ///< [outcomes][accounts], values != 0
    std::vector<double> exceedance_levels;                ///< of loss
    std::vector<std::vector<std::uint64_t>> exceedances;  ///< [levels][accounts]
};

/// The part of a shard that holds rows of a view.
struct ViewPart {
    std::string file;             ///< relative to the folder of the view
    std::uint64_t bytes{0};       ///< by its seal
    std::uint64_t checksum{0};    ///< by its seal
    std::uint64_t whole_rows{0};  ///< rows of its whole chunks
    std::uint64_t rest_rows{0};   ///< and of the short chunk behind them

    bool operator==(ViewPart const&) const = default;
};

/// float32 columns per kept path id, outcomes in the order of outcome_list, scope book.
struct OutcomeRows {
    std::string kept;                         ///< "none", "tail", "all"
    std::vector<std::uint64_t> paths;         ///< ascending path ids, shape [rows]
    std::vector<std::vector<float>> columns;  ///< [outcomes][rows]
    /// Of a view: where the rows of all paths lie, by path id. `paths` and `columns` are empty
    /// then: nobody reads rows through a view who has not looked at its parts (view_parts.hpp).
    std::vector<ViewPart> parts{};

    [[nodiscard]] bool is_view() const { return !parts.empty(); }
};

/// Mean of each part of the loss of the book [numeraire]; they add up to the mean loss.
struct LossParts {
    std::vector<std::string> names;
    std::vector<double> means, se;
};

/// A correlation matrix that was not positive semidefinite and the one used in its place.
struct MatrixRepair {
    std::string regime;                              ///< whose matrix; empty: the market's
    std::string method;                              ///< "higham"
    std::vector<std::string> assets;                 ///< shape [assets]
    std::vector<std::vector<double>> written, used;  ///< [assets][assets]
    double smallest_eigenvalue{0};                   ///< of the written one
    double frobenius_distance{0};
    double largest_change{0};  ///< of an entry, absolute
};

/// How often the market is in each of its regimes.
struct RegimeTable {
    std::vector<std::string> names;
    std::vector<Estimate> occupancy;  ///< mean share of a path's steps that the regime governs
    std::vector<Estimate> visited;    ///< prob: it governs a step of the path
};

/// An axis of a sweep: of a grid each of its values once, else one per point.
struct SweepAxisResult {
    std::string name;
    std::vector<std::string> keys;    ///< config keys that it moves
    std::vector<std::string> labels;  ///< as written
    std::vector<double> numbers;      ///< shape [labels]; empty where one is no number
};

struct SweepPointResult {
    std::string scenario_hash;  ///< of the point as a run of its own; empty: it was not run
    std::uint64_t paths{0};
    std::uint64_t invalid_paths{0};
    std::vector<ScopeResult> scopes;  ///< those of the sweep, statistics only

    [[nodiscard]] bool is_run() const { return !scenario_hash.empty(); }
};

/// The points of a sweep: of a grid in C order over its axes, the last one fastest.
struct SweepResult {
    std::string kind;  ///< grid, zip, latin_hypercube; empty: no sweep
    std::string base;  ///< what differences are against: keys set, or empty for the config itself
    std::vector<SweepAxisResult> axes;
    std::vector<std::string> scopes;
    std::vector<SweepPointResult> points;

    /// Points that were run.
    [[nodiscard]] std::size_t num_run() const
    {
        std::size_t count = 0;
        for (SweepPointResult const& point : points)
            count += point.is_run() ? 1 : 0;
        return count;
    }
};

struct Provenance {
    std::string name, brink_version, brink_commit;
    std::string seed;              ///< decimal, 64 bits
    std::string config;            ///< text in full
    std::string effective_config;  ///< canonical, after --set
    std::string scenario_hash;     ///< hex
    std::map<std::string, std::string>
        hashed_keys;                             ///< key -> value as hashed, to name a difference
    std::string arithmetic;                      ///< strict-cpu, strict-cuda
    std::string backend;                         ///< cpu, cuda
    std::string devices;                         ///< human text
    std::string precision;                       ///< float, double
    std::string as_of, started, finished, host;  ///< ISO-8601 UTC; host name
    std::string numeraire;
    double seconds{0};       ///< of the run itself
    std::uint64_t paths{0};  ///< simulated
    std::uint64_t invalid_paths{0};
    std::uint64_t chunk_paths{0};  ///< paths per chunk
    std::uint64_t steps{0}, accounts{0}, assets{0};
    double step_seconds{0}, opening_value{0};  ///< opening nav + reserve [numeraire]
    std::vector<std::string> warnings, assumptions, overrides;
    std::vector<std::string> limits_breached;
    Manifest manifest;
};

struct Result {
    Provenance provenance;
    std::vector<ScopeResult> scopes;
    AccountTable account_table;
    OutcomeRows rows;
    LossParts parts;
    std::vector<MatrixRepair> correlation_repairs;
    RegimeTable regimes;
    SweepResult sweep;
    /// Exact tail values kept per book outcome, so that an extension or a merge stays exact.
    std::map<std::string, std::vector<double>> tails;
};

}  // namespace brink
