// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/sweep_share.hpp"

#include <map>
#include <string>

namespace brink {

std::vector<std::size_t> first_alike(std::vector<ScenarioDigest> const& digests)
{
    std::vector<std::size_t> firsts;
    std::map<std::string, std::size_t> seen;
    for (std::size_t p = 0; p < digests.size(); ++p)
        firsts.push_back(seen.emplace(digests[p].scenario, p).first->second);
    return firsts;
}

std::vector<std::size_t> run_order(std::vector<ScenarioDigest> const& digests)
{
    std::vector<std::size_t> const firsts = first_alike(digests);
    std::vector<std::vector<std::size_t>> groups;
    std::map<std::string, std::size_t> group_of;
    for (std::size_t p = 0; p < digests.size(); ++p) {
        if (firsts[p] != p)
            continue;
        auto const [group, is_new] = group_of.emplace(digests[p].market, groups.size());
        if (is_new)
            groups.emplace_back();
        groups[group->second].push_back(p);
    }
    std::vector<std::size_t> order;
    for (std::vector<std::size_t> const& group : groups)
        order.insert(order.end(), group.begin(), group.end());
    return order;
}

SweepShare share_of(std::vector<ScenarioDigest> const& digests, Shard shard)
{
    SweepShare share;
    std::vector<std::size_t> const order = run_order(digests);
    PathRange const range = range_of(shard, order.size(), 1);
    std::vector<bool> has(digests.size());
    for (std::uint64_t i = range.first; i < range.end; ++i) {
        std::size_t const point = order[i];
        bool const is_same =
            !share.groups.empty()
            && digests[share.groups.back().front()].market == digests[point].market;
        if (!is_same)
            share.groups.emplace_back();
        share.groups.back().push_back(point);
        has[point] = true;
    }
    share.runs = range.end - range.first;
    for (std::size_t const first : first_alike(digests))
        share.points += has[first] ? 1 : 0;
    return share;
}

std::uint64_t shard_with(std::uint64_t place, std::uint64_t runs, std::uint64_t count)
{
    // The first K with runs * K / count > place.
    return ((place + 1) * count + runs - 1) / runs;
}

}  // namespace brink
