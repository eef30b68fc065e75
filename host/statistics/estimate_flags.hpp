// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "io/results/result.hpp"

namespace brink {

/// What a reader must know before trusting an estimate's error. `Estimate::flag` holds the names of
/// those that apply, joined by commas.
enum class EstimateFlag : std::uint8_t {
    no_observation,
    one_observation,
    no_variation,
    few_tail_paths,
    open_interval,
    heavy_tail,
    histogram_resolution,
    one_sided,
    infinite_left_out,
    overflow,
};

std::string_view flag_name(EstimateFlag flag);
/// A sentence for the reader.
std::string_view flag_reason(EstimateFlag flag);

/// Add the flag's name where it is not there yet.
void add_flag(Estimate& estimate, EstimateFlag flag);
bool has_flag(Estimate const& estimate, EstimateFlag flag);

}  // namespace brink
