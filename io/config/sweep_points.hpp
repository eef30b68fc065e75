// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/sweep_config.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace brink {

/// One axis with every value it takes: of a grid each once, else one per point.
struct SweepAxis {
    std::string name;
    std::vector<std::string> keys;
    std::vector<SweepValue> values;

    /// Whether all values are numbers.
    [[nodiscard]] bool is_numeric() const;
};

struct SweepPoint {
    std::vector<std::size_t> places;  ///< shape [axes], which value of each axis
    std::vector<Setting> settings;    ///< what it replaces in the config, later ones win

    /// `volatility = 1.5, level = 0.8`.
    std::string label;
};

/// What a sweep comes to. Points of a grid are in C order: the last axis moves fastest.
struct SweepPoints {
    std::vector<SweepAxis> axes;
    std::vector<SweepPoint> points;
};

/// Number of points without making them; 0 where an axis has no values.
[[nodiscard]] std::uint64_t num_sweep_points(SweepConfig const& sweep);

/// Precondition: `check_sweep` added no problem. Values between two ends are rounded to 12 digits,
/// so that 0.1 is 0.1. A Latin hypercube puts one point into each of N equal parts of every axis,
/// at an even random place in it, parts of different axes matched at random (McKay, Beckman and
/// Conover, Technometrics 21, 1979); the same seed gives the same points everywhere.
[[nodiscard]] SweepPoints expand_sweep(SweepConfig const& sweep);

}  // namespace brink
