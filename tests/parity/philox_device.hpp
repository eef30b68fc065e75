// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/rng/philox.hpp"

namespace brink::test {

/// One draw: what the words are a function of.
struct PhiloxDraw {
    RandomKey key;
    std::uint64_t path;
    std::uint32_t replicate;
    DrawPosition at;
};

using FourWords = std::array<std::uint32_t, 4>;

/// Words of the current device: by our rounds, and by cuRAND's device function.
struct DeviceWords {
    std::vector<FourWords> ours, curand;
};

/// Synchronous, on the default stream.
DeviceWords philox_on_device(std::vector<PhiloxDraw> const& draws);

}  // namespace brink::test
