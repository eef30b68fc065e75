// SPDX-License-Identifier: Apache-2.0
#include "host/run/existing_result.hpp"

#include <fmt/format.h>

#include "io/results/number_text.hpp"
#include "io/results/result_file.hpp"

namespace brink {
namespace {

std::string describe_difference(Provenance const& existing, EffectiveValues const& values)
{
    std::string const key = first_difference(existing.hashed_keys, values);
    if (key.empty())
        return "the configs agree; arithmetic, precision or numerics version differ";
    auto const value_in = [&](EffectiveValues const& from) {
        auto const found = from.find(key);
        return found == from.end() ? std::string{"absent"} : found->second;
    };
    return fmt::format("first differing key {}: {} there, {} here", key,
                       value_in(existing.hashed_keys), value_in(values));
}

}  // namespace

ExistingReport look_at_existing(std::filesystem::path const& path, std::string const& hash,
                                EffectiveValues const& values, std::uint64_t paths)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return {};  // a folder or a device is refused with everything else that cannot be written
    Provenance const existing = read_provenance(path);
    std::string const file = fmt::format("'{}'", path.string());
    if (existing.scenario_hash != hash)
        return {
            ExistingResult::other,
            fmt::format("{} holds another scenario: hash {} there, {} here; {} (--force "
                        "replaces it)",
                        file, existing.scenario_hash, hash, describe_difference(existing, values))};
    if (existing.paths == paths)
        return {ExistingResult::complete,
                fmt::format("{} is complete: same scenario and {} paths; nothing to do", file,
                            count_text(paths))};
    if (existing.paths > paths)
        return {ExistingResult::larger,
                fmt::format("{} has {} paths of the same scenario, more than the {} asked for; "
                            "left as it is",
                            file, count_text(existing.paths), count_text(paths))};
    return {ExistingResult::smaller,
            fmt::format("{} has {} paths of the same scenario; running all {} anew", file,
                        count_text(existing.paths), count_text(paths))};
}

}  // namespace brink
