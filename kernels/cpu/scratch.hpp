// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>

namespace brink {

struct ScratchDelete {
    void operator()(std::byte* p) const { ::operator delete (p, std::align_val_t{64}); }
};
/// Uninitialised memory of one thread, aligned to 64.
using Scratch = std::unique_ptr<std::byte, ScratchDelete>;

inline Scratch allocate_scratch(std::size_t bytes)
{
    return Scratch{static_cast<std::byte*>(
        ::operator new (std::max<std::size_t>(bytes, 64), std::align_val_t{64}))};
}

}  // namespace brink
