// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace brink {

/// One key with a value, as `--set KEY=VALUE` takes them.
struct Setting {
    std::string key;    ///< dotted
    std::string value;  ///< TOML
    Where where;

    [[nodiscard]] std::string option() const { return key + '=' + value; }
};

/// One value of an axis: a TOML value for its keys, or settings of its own under a name.
struct SweepValue {
    std::string name;               ///< of settings; else empty
    std::string text;               ///< TOML; empty where there are settings
    std::vector<Setting> settings;  ///< what the name stands for
    std::optional<double> number;   ///< where the value is one
    Where where;

    /// As people read it: the name, a text without its quotes, else the TOML text.
    [[nodiscard]] std::string label() const;
};

enum class SweepKind { grid, zip, latin_hypercube };
enum class AxisScale { linear, log };

/// What one axis moves, and through which values: a list, or an interval.
struct SweepAxisConfig : Located {
    std::string name;               ///< dimension of the result; filled where it is not written
    std::vector<std::string> keys;  ///< all get the value; none where values have settings
    std::vector<SweepValue> values;
    std::optional<double> from, to;
    std::uint64_t count{0};  ///< of values from `from` to `to`; latin_hypercube: none
    AxisScale scale{AxisScale::linear};
};

/// Many points, each the config with some keys replaced, on the same random numbers.
struct SweepConfig : Located {
    SweepKind kind{SweepKind::grid};
    std::uint64_t points{0};          ///< latin_hypercube
    std::uint64_t seed{0};            ///< latin_hypercube; run.seed where it is not written
    std::vector<std::string> scopes;  ///< whose statistics are kept of each point; none: the book
    std::vector<Setting> base;  ///< of the point that differences are against; none: the config
    std::vector<SweepAxisConfig> axes;
};

/// Points of a sweep at most.
inline constexpr std::uint64_t most_sweep_points = 10'000;

}  // namespace brink
