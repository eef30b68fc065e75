// SPDX-License-Identifier: Apache-2.0
#include "host/run/existing_output.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "io/results/number_text.hpp"
#include "io/results/result_file.hpp"
#include "io/results/result_schema.hpp"

namespace brink {
namespace {

std::string quoted(std::filesystem::path const& path)
{
    return fmt::format("'{}'", path.string());
}

std::string describe_difference(Provenance const& existing, EffectiveValues const& values)
{
    auto const difference = find_difference(existing.hashed_keys, values);
    if (!difference)
        return "the configs agree; arithmetic, precision or numerics version differ";
    return fmt::format("first differing key {}: {} there, {} here", difference->key,
                       difference->first, difference->second);
}

/// Why a file of another scenario cannot be replaced or gone on with.
std::string other_scenario(std::filesystem::path const& path, Provenance const& existing,
                           RunTarget const& target)
{
    return fmt::format(
        "{} holds another scenario: hash {} there, {} here; {} (--force replaces it)", quoted(path),
        existing.scenario_hash, target.hash, describe_difference(existing, *target.values));
}

std::string shard_text(Shard const& shard)
{
    return fmt::format("shard {}/{}", shard.number, shard.count);
}

ExistingReport look_at_part(RunTarget const& target)
{
    PartFile const part = read_part(target.output);
    std::string const file = quoted(target.output);
    if (part.provenance.scenario_hash != target.hash)
        return {ExistingOutput::other, other_scenario(target.output, part.provenance, target)};
    Shard const there{part.shard, part.num_shards};
    if (!target.shard)
        return {ExistingOutput::other,
                fmt::format("{} holds {} of the same scenario, not a result; write it elsewhere, "
                            "or brink merge all shards (--force replaces it)",
                            file, shard_text(there))};
    if (there.number != target.shard->number || there.count != target.shard->count
        || part.last_shard != part.shard || part.provenance.paths != target.paths)
        return {ExistingOutput::other,
                fmt::format("{} holds {} of {} paths of the same scenario, not {} of {} (--force "
                            "replaces it)",
                            file, shard_text(there), count_text(part.provenance.paths),
                            shard_text(*target.shard), count_text(target.paths))};
    return {ExistingOutput::complete,
            fmt::format("{} is complete: {} of the same scenario and {} paths; nothing to do", file,
                        shard_text(there), count_text(target.paths))};
}

ExistingReport look_at_result(RunTarget const& target)
{
    Provenance const existing = read_provenance(target.output);
    std::string const file = quoted(target.output);
    if (existing.scenario_hash != target.hash)
        return {ExistingOutput::other, other_scenario(target.output, existing, target)};
    if (target.shard)
        return {ExistingOutput::other,
                fmt::format("{} holds the result of all paths of the same scenario, not {} "
                            "(--force replaces it)",
                            file, shard_text(*target.shard))};
    if (existing.paths == target.paths)
        return {ExistingOutput::complete,
                fmt::format("{} is complete: same scenario and {} paths; nothing to do", file,
                            count_text(target.paths))};
    if (existing.paths > target.paths)
        return {ExistingOutput::larger,
                fmt::format("{} has {} paths of the same scenario, more than the {} asked for; "
                            "left as it is",
                            file, count_text(existing.paths), count_text(target.paths))};
    return {ExistingOutput::smaller,
            fmt::format("{} has {} paths of the same scenario", file, count_text(existing.paths))};
}

}  // namespace

ExistingReport look_at_existing(RunTarget const& target)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(target.output, ignored))
        return {};  // a folder or a device is refused with everything else that cannot be written
    return read_filetype(target.output) == part_filetype ? look_at_part(target)
                                                         : look_at_result(target);
}

std::filesystem::path checkpoint_path(std::filesystem::path const& output)
{
    std::filesystem::path path = output;
    return path += ".checkpoint";
}

void remove_checkpoint(std::filesystem::path const& output)
{
    std::error_code ignored;  // what is left is told apart by the result beside it
    std::filesystem::remove(checkpoint_path(output), ignored);
}

void remove_leftover(RunTarget const& target)
{
    std::filesystem::path const path = checkpoint_path(target.output);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return;
    try {
        PartFile const part = read_part(path);
        if (part.provenance.scenario_hash == target.hash && part.provenance.paths == target.paths)
            remove_checkpoint(target.output);
    } catch (FileError const&) {
        // What cannot be read is nobody's but the user's.
    }
}

std::optional<PartFile> read_checkpoint(RunTarget const& target)
{
    std::filesystem::path const path = checkpoint_path(target.output);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return std::nullopt;
    std::optional<PartFile> part;
    try {
        part = read_part(path);
    } catch (FileError const& error) {
        if (error.code() != ExitCode::data)
            throw;
        spdlog::warn("{}; the run starts anew", error.what());
        return std::nullopt;
    }
    if (part->provenance.scenario_hash != target.hash)
        throw FileError{ExitCode::data, other_scenario(path, part->provenance, target)};
    Shard const here = target.shard.value_or(Shard{});
    if (part->shard != here.number || part->num_shards != here.count)
        throw FileError{
            ExitCode::data,
            fmt::format("{} is on the way to {}, not to {} (--force starts anew)", quoted(path),
                        shard_text({part->shard, part->num_shards}), shard_text(here))};
    return part;
}

}  // namespace brink
