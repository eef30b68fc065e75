// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/core/macros.hpp"

namespace brink {

/// Fields of many paths side by side: field f of lane l at `first[f * stride + l]`. On the CPU the
/// lanes of one pack (stride = lanes), on the device the threads in flight (stride = threads, first
/// already moved to the thread). Owner: the executor's workspace.
template<class T>
struct LaneFields {
    T* first{nullptr};
    std::int64_t stride{1};

    BRINK_FN T* field(std::int32_t f) const { return first + f * stride; }
    BRINK_FN T& at(std::int32_t f, std::int32_t lane) const { return first[f * stride + lane]; }
    BRINK_FN LaneFields from(std::int32_t f) const { return {first + f * stride, stride}; }
    BRINK_FN LaneFields lane(std::int32_t l) const { return {first + l, stride}; }
};

}  // namespace brink
