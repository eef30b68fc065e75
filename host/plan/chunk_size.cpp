// SPDX-License-Identifier: Apache-2.0
#include "host/plan/chunk_size.hpp"

#include <algorithm>

namespace brink {
namespace {

/// a * b, or more than `chunk_work` where that is exceeded.
std::uint64_t multiply(std::uint64_t a, std::uint64_t b)
{
    b = std::max<std::uint64_t>(b, 1);
    return a > chunk_work / b ? chunk_work + 1 : a * b;
}

}  // namespace

std::uint64_t chunk_size(std::uint64_t accounts, std::uint64_t assets, std::uint64_t steps)
{
    std::uint64_t paths = largest_chunk;
    while (paths > smallest_chunk
           && multiply(multiply(multiply(paths, accounts), assets), steps) > chunk_work)
        paths /= 2;
    return paths;
}

}  // namespace brink
