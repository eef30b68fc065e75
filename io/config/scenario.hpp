// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/market_config.hpp"
#include "io/config/venue_config.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The scenario as read: plain structs, one per config table, times in seconds and UTC. The reader
/// has checked references between tables; host checks what needs numerics (eigenvalues, memory)
/// when it builds the path program. Every struct remembers the file position of its keys.
namespace brink {

enum class Precision { float32, float64 };

struct RunConfig : Located {
    std::string name;
    UnixSeconds as_of{0};
    std::uint64_t seed{1};
    std::uint64_t paths{1'000'000};
    Seconds horizon{0};
    Seconds step{0};
    std::string numeraire{"USD"};
    Precision precision{Precision::float32};
    bool bridge{false};  ///< look for breaches between the steps too
};

enum class InstrumentKind { linear_perp, inverse_perp, linear_future, inverse_future, call, put };

[[nodiscard]] constexpr bool is_option(InstrumentKind kind)
{
    return kind == InstrumentKind::call || kind == InstrumentKind::put;
}
[[nodiscard]] constexpr bool is_inverse(InstrumentKind kind)
{
    return kind == InstrumentKind::inverse_perp || kind == InstrumentKind::inverse_future;
}
/// With an expiry: a future or an option.
[[nodiscard]] constexpr bool is_dated(InstrumentKind kind)
{
    return kind != InstrumentKind::linear_perp && kind != InstrumentKind::inverse_perp;
}

struct InstrumentConfig : Located {
    std::string name;
    std::string venue;
    InstrumentKind kind{InstrumentKind::linear_perp};
    std::string base;
    std::string quote;
    std::string settlement;   ///< default: quote (linear), base (inverse)
    double contract_size{1};  ///< base per contract (linear), quote per contract (inverse)
    double funding_rate_per_interval{0};  ///< long pays short when positive
    Seconds funding_interval{28'800};
    std::optional<ExecutionConfig> execution;  ///< else that of the base asset
    std::optional<UnixSeconds> expiry;         ///< dated contracts
    std::optional<double> strike;              ///< [quote per base] options
    double basis{0};  ///< dated contracts: annual growth from spot to the forward of the expiry
    std::optional<double> volatility;  ///< options: implied at t_0, annual; else that of the base
};

enum class DelayKind { fixed, uniform, exponential, lognormal };

/// fixed: a = delay; uniform: [a, b]; exponential: a = mean; lognormal: a = median, b = sigma of
/// ln.
struct DelayConfig : Located {
    DelayKind kind{DelayKind::fixed};
    double a{0};  ///< [s]
    double b{0};  ///< [s], or dimensionless sigma for lognormal
};

/// Weekly window (seconds from Monday 00:00 UTC, may wrap) or dated one (UnixSeconds).
struct WindowConfig : Located {
    bool weekly{false};
    std::int64_t from{0};
    std::int64_t until{0};
};

enum class ResponseAction { post, reduce, swap };

struct ResponseConfig : Located {
    ResponseAction action{ResponseAction::post};
    std::string asset;  ///< post: what is posted; swap: what is bought
    std::string from;   ///< swap: what is sold; reduce: instrument, empty = largest requirement
    double probability{1};
    DelayConfig delay;                  ///< post only; reduce and swap act at once
    std::vector<WindowConfig> outages;  ///< no request leaves inside one: it waits until the end
    double target_health{0};
    double fee{0};       ///< fraction of the amount, paid in it
    double slippage{0};  ///< fraction of the value, swap and reduce (beside spread and impact)
    std::optional<double> limit;  ///< largest amount per request: asset units; reduce: contracts
};

struct OwnerConfig : Located {
    std::string name;
    Amounts reserve;
    std::vector<ResponseConfig> response;
};

enum class MarginMode { cross, isolated };

struct PositionConfig : Located {
    std::string instrument;
    double size{0};                     ///< contracts, signed
    std::optional<double> entry_price;  ///< quote per base; none of an option
    std::optional<double> leverage;
    std::optional<double> margin;  ///< isolated: settlement asset held against this position
};

struct LoanConfig : Located {
    std::string asset;
    double amount{0};            ///< > 0, owed
    std::optional<double> rate;  ///< annual; else the venue's borrow rate
};

struct AccountConfig : Located {
    std::string name;
    std::string owner;
    std::string venue;
    MarginMode mode{MarginMode::cross};
    Amounts balances;
    std::vector<PositionConfig> positions;
    std::vector<LoanConfig> loans;
    std::uint64_t bands{0};          ///< in which the collateral lies; 0: as many as the venue says
    std::optional<double> band_top;  ///< [debt coin] upper edge of the first one
    bool named{true};                ///< false: from a book CSV
    std::map<std::string, std::string> groups;  ///< book CSV group columns
};

struct StatisticsConfig : Located {
    std::vector<std::string> levels{"0.95", "0.99", "0.999"};  ///< VaR and ES, decimals as written
    std::vector<std::string> quantiles{"0.01", "0.05", "0.5", "0.95", "0.99"};
    std::string tail_from{"0.95"};
    std::uint64_t fan_paths{65'536};         ///< of the book's fan
    std::uint64_t account_fan_paths{8'192};  ///< of each named account's fan
    std::uint32_t worst_paths{20};
    std::vector<double> exceedances;  ///< [numeraire] loss levels counted per account of a book
};

struct LimitConfig : Located {
    std::string statistic;  ///< `scope.outcome.statistic`
    double threshold{0};
    bool confident{false};  ///< breached only when the near end of the interval exceeds it
};

/// When a run ends before its last path.
struct StopConfig : Located {
    std::string deadline;  ///< an instant, or a time of day of the local clock; empty: none
};

enum class OutcomeColumns { none, tail, all };

struct OutputConfig : Located {
    OutcomeColumns outcomes{OutcomeColumns::tail};
    std::uint32_t compression{0};  ///< deflate level, 0 = none
    bool extendable{true};         ///< keeps what is needed to add paths
    std::uint64_t extend_to{0};    ///< up to so many, at least
};

/// One file that went into the scenario, with its text: what the scenario hash covers.
struct SourceFile {
    std::string path;  ///< as opened
    std::string role;  ///< "config", "include", "prices", "book", "history"
    std::string text;
};

struct Scenario {
    RunConfig run;
    MarketConfig market;
    std::vector<AssetConfig> assets;
    std::vector<InstrumentConfig> instruments;
    std::vector<VenueConfig> venues;
    std::vector<OwnerConfig> owners;
    std::vector<AccountConfig> accounts;  ///< inline first, then book rows
    std::vector<StressConfig> stresses;   ///< [[scenario]], each run beside the base
    std::optional<SweepConfig> sweep;     ///< points run beside the base
    StatisticsConfig statistics;
    std::vector<LimitConfig> limits;
    StopConfig stop;
    OutputConfig output;
    std::vector<SourceFile> sources;     ///< config first
    std::string canonical;               ///< effective config as canonical TOML text after --set
    std::vector<std::string> overrides;  ///< each `KEY=VALUE` of --set
};

}  // namespace brink
