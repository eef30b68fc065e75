// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/path/program.hpp"
#include "models/path/workspace.hpp"

namespace brink {

/// Cuts a block of device memory into the scratch of all threads in flight: field f of thread t at
/// `first[f * threads + t]`, so that neighbouring threads touch neighbouring words.
class WorkspaceCutter {
    std::byte* first_;
    std::int64_t threads_;

    template<class U>
    LaneFields<U> fields(std::size_t& offset, std::int64_t num_fields) const
    {
        LaneFields<U> cut{reinterpret_cast<U*>(first_ + offset), threads_};
        offset += (static_cast<std::size_t>(num_fields * threads_) * sizeof(U) + 255) / 256 * 256;
        return cut;
    }

    template<class T>
    Workspace<T> cut(Program<T> const& program, int padded_assets, std::size_t& offset) const
    {
        Workspace<T> w;
        w.record = fields<double>(offset, program.record_fields);
        w.mirror = fields<T>(offset, program.mirror_fields);
        w.carry = fields<double>(offset, 2 * program.carry_slots.size);
        w.price = fields<double>(offset, padded_assets);
        w.multiplier = fields<double>(offset, 1);
        w.masks = fields<std::uint32_t>(offset, MaskLayout{program}.size(program.accounts.size));
        return w;
    }

  public:
    WorkspaceCutter(std::byte* first, std::int64_t threads) : first_{first}, threads_{threads} {}

    template<class T>
    Workspace<T> cut(Program<T> const& program, int padded_assets) const
    {
        std::size_t offset = 0;
        return cut(program, padded_assets, offset);
    }
    template<class T>
    std::size_t bytes(Program<T> const& program, int padded_assets) const
    {
        std::size_t offset = 0;
        static_cast<void>(cut(program, padded_assets, offset));
        return offset;
    }
};

}  // namespace brink
