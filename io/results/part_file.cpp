// SPDX-License-Identifier: Apache-2.0
#include "io/results/part_file.hpp"

#include "io/results/result_groups.hpp"
#include "io/results/result_schema.hpp"
#include "io/results/sealed_file.hpp"
#include "io/results/state_group.hpp"

#include <limits>

namespace brink {
namespace {

constexpr std::uintmax_t any_size = std::numeric_limits<std::uintmax_t>::max();

}  // namespace

void write_part(std::filesystem::path const& path, PartFile const& part, WritePolicy const& policy)
{
    write_sealed(path, [&](hid_t file, std::function<void()> const& check) {
        hdf5::GroupWriter const root{file, "/", policy.deflate_level};
        write_provenance(root, part.provenance, part_filetype);
        hdf5::write_attribute(file, "part_kind", part.kind);
        hdf5::write_attribute(file, "shard", part.shard);
        hdf5::write_attribute(file, "last_shard", part.last_shard);
        hdf5::write_attribute(file, "num_shards", part.num_shards);
        hdf5::write_attribute(file, "first_path", part.first_path);
        hdf5::write_attribute(file, "end_path", part.end_path);
        hdf5::write_attribute(file, "num_points", part.num_points);
        check();
        write_saved_runs(root, "runs", part.runs);
        check();
        write_sweep(root, part.sweep);
        check();
    });
}

PartFile read_part(std::filesystem::path const& path)
{
    PartFile part;
    read_sealed(path, any_size, [&](auto const& file, std::string_view filetype) {
        if (filetype != part_filetype)
            throw hdf5::Error{"a brink result, but not the part of a run"};
        hdf5::GroupReader const root{file->id(), "/"};
        part.provenance = read_provenance(root);
        part.kind = root.text_attribute("part_kind");
        part.shard = root.count_attribute("shard");
        part.last_shard = root.count_attribute("last_shard");
        part.num_shards = root.count_attribute("num_shards");
        part.first_path = root.count_attribute("first_path");
        part.end_path = root.count_attribute("end_path");
        if (root.has_attribute("num_points"))  // earlier parts lack it
            part.num_points = root.count_attribute("num_points");
        part.runs = read_saved_runs(file, "/runs");
        part.sweep = read_sweep(root);
    });
    return part;
}

std::vector<SavedRun> read_saved_runs(std::filesystem::path const& path)
{
    std::vector<SavedRun> runs;
    read_sealed(path, any_size, [&](auto const& file, std::string_view /*filetype*/) {
        if (hdf5::GroupReader{file->id(), "/"}.has("state"))
            runs = read_saved_runs(file, "/state");
    });
    return runs;
}

std::string read_filetype(std::filesystem::path const& path)
{
    std::string found;
    read_sealed(path, 0,
                [&](auto const& /*file*/, std::string_view filetype) { found = filetype; });
    return found;
}

}  // namespace brink
