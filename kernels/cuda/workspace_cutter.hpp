// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/path/workspace.hpp"

namespace brink {

/// Cuts a block of memory into the scratch of `threads` threads: field f of thread t at
/// `first[f * threads + t]`, so that neighbouring threads touch neighbouring words.
class WorkspaceCutter {
    std::byte* first_;
    std::int64_t threads_;
    std::size_t offset_{0};

    template<class U>
    BRINK_HD LaneFields<U> fields(std::int64_t num_fields)
    {
        LaneFields<U> const cut{reinterpret_cast<U*>(first_ + offset_), threads_};
        offset_ += (static_cast<std::size_t>(num_fields * threads_) * sizeof(U) + 255) / 256 * 256;
        return cut;
    }

  public:
    BRINK_HD WorkspaceCutter(std::byte* first, std::int64_t threads)
        : first_{first}, threads_{threads}
    {}

    /// What events touch.
    template<class T>
    BRINK_HD void cut_far(Workspace<T>& w, Program<T> const& program, int padded_assets)
    {
        w.record = fields<double>(program.record_fields);
        w.price = fields<double>(padded_assets);
        w.multiplier = fields<double>(padded_assets + 1);
        w.bridge = fields<T>(program.bridge.size == 0 ? 0 : 2 * padded_assets);
    }
    /// What the hot way touches at every step.
    template<class T>
    BRINK_HD void cut_near(Workspace<T>& w, Program<T> const& program)
    {
        w.carry = fields<double>(program.carry_fields);
        w.mirror = fields<T>(program.mirror_fields);
        w.market = fields<T>(program.market_fields);
        w.masks = fields<std::uint32_t>(MaskLayout{program}.size(program.accounts.size));
    }

    /// Bytes cut so far.
    BRINK_HD std::size_t bytes() const { return offset_; }
};

}  // namespace brink
