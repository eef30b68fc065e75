// SPDX-License-Identifier: Apache-2.0
#include "host/plan/memory_limits.hpp"

#include <sys/resource.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string>

namespace brink {
namespace {

/// The number in a file of one number; nothing for "max" or where it cannot be read.
std::optional<std::size_t> number_in(std::filesystem::path const& path)
{
    std::ifstream file{path};
    std::size_t value = 0;
    if (file >> value)
        return value;
    return std::nullopt;
}

/// [bytes] of cached files in a group's usage that the system gives back when memory is short.
std::size_t reclaimable(std::filesystem::path const& statistics)
{
    std::ifstream file{statistics};
    std::string key;
    std::size_t bytes = 0;
    std::size_t cached = 0;
    while (file >> key >> bytes)
        if (key == "inactive_file" || key == "total_inactive_file")
            cached = bytes;  // the total over subgroups comes last
    return cached;
}

std::size_t room_between(std::filesystem::path const& limit, std::filesystem::path const& usage)
{
    auto const most = number_in(limit);
    auto const used = number_in(usage);
    if (!most || !used)
        return no_limit;
    std::size_t const cached = reclaimable(limit.parent_path() / "memory.stat");
    std::size_t const in_use = *used - std::min(*used, cached);
    return *most - std::min(*most, in_use);
}

/// [bytes] MemAvailable.
std::size_t system_memory()
{
    std::ifstream file{"/proc/meminfo"};
    std::string key;
    std::size_t kibibytes = 0;
    std::string unit;
    while (file >> key >> kibibytes) {
        std::getline(file, unit);
        if (key == "MemAvailable:")
            return kibibytes * 1024;
    }
    return no_limit;
}

std::size_t address_space()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return no_limit;
    return limit.rlim_cur;
}

/// Folders of this process' control groups: `hierarchy:controllers:/path` per line.
std::size_t own_control_groups()
{
    std::filesystem::path const mount{"/sys/fs/cgroup"};
    std::size_t room = std::min(control_group_room(mount), control_group_room(mount / "memory"));
    std::ifstream file{"/proc/self/cgroup"};
    for (std::string line; std::getline(file, line);) {
        std::size_t const second = line.find(':', line.find(':') + 1);
        if (second == std::string::npos)
            continue;
        std::string const path = line.substr(std::min(second + 2, line.size()));
        room = std::min(
            {room, control_group_room(mount / path), control_group_room(mount / "memory" / path)});
    }
    return room;
}

}  // namespace

std::size_t control_group_room(std::filesystem::path const& root)
{
    return std::min(room_between(root / "memory.max", root / "memory.current"),
                    room_between(root / "memory.limit_in_bytes", root / "memory.usage_in_bytes"));
}

std::size_t available_memory()
{
    return std::min({system_memory(), own_control_groups(), address_space()});
}

std::size_t free_room(std::filesystem::path const& folder)
{
    std::error_code ignored;
    std::filesystem::path nearest = std::filesystem::absolute(folder, ignored);
    while (!nearest.empty() && nearest != nearest.root_path()
           && !std::filesystem::exists(nearest, ignored))
        nearest = nearest.parent_path();
    struct statvfs room {};
    if (::statvfs(nearest.c_str(), &room) != 0)
        return no_limit;
    return static_cast<std::size_t>(room.f_bavail) * room.f_frsize;
}

}  // namespace brink
