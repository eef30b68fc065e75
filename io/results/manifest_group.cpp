// SPDX-License-Identifier: Apache-2.0
#include "io/results/manifest_group.hpp"

namespace brink {
namespace {

using Texts = std::vector<std::string>;
using Counts = std::vector<std::uint64_t>;

void write_scheduler(hdf5::GroupWriter& group, std::map<std::string, std::string> const& variables)
{
    if (variables.empty())
        return;
    Texts names;
    Texts values;
    for (auto const& [name, value] : variables) {
        names.push_back(name);
        values.push_back(value);
    }
    group.coordinate("scheduler_variable", names,
                     {.long_name = "environment variable by which a scheduler names the job"});
    group.variable("scheduler_value", {"scheduler_variable"}, values, {.long_name = "its value"});
}

void write_inputs(hdf5::GroupWriter& group, std::vector<InputFile> const& inputs)
{
    if (inputs.empty())
        return;
    Texts roles;
    Texts paths;
    Texts digests;
    Counts bytes;
    for (InputFile const& input : inputs) {
        roles.push_back(input.role);
        paths.push_back(input.path);
        bytes.push_back(input.bytes);
        digests.push_back(input.sha256);
    }
    group.dimension("input_row", inputs.size());
    group.variable("input_role", {"input_row"}, roles, {.long_name = "what an input file is"});
    group.variable("input_path", {"input_row"}, paths, {.long_name = "its name, as opened"});
    group.variable("input_bytes", {"input_row"}, bytes, {.long_name = "its size", .units = "byte"});
    group.variable("input_sha256", {"input_row"}, digests, {.long_name = "SHA-256 of it, hex"});
}

void write_resumed(hdf5::GroupWriter& group, std::vector<Resumption> const& resumed)
{
    if (resumed.empty())
        return;
    Texts instants;
    Texts hosts;
    Counts chunks;
    for (Resumption const& resumption : resumed) {
        instants.push_back(resumption.instant);
        hosts.push_back(resumption.host);
        chunks.push_back(resumption.chunks);
    }
    group.dimension("resumed_row", resumed.size());
    group.variable("resumed_instant", {"resumed_row"}, instants,
                   {.long_name = "when an interrupted run went on, UTC"});
    group.variable("resumed_host", {"resumed_row"}, hosts, {.long_name = "where it went on"});
    group.variable("resumed_chunks", {"resumed_row"}, chunks,
                   {.long_name = "chunks done by then", .units = "1"});
}

std::map<std::string, std::string> read_scheduler(hdf5::GroupReader const& group)
{
    std::map<std::string, std::string> variables;
    if (!group.has("scheduler_variable"))
        return variables;
    Texts const names = group.strings("scheduler_variable");
    Texts const values = group.strings("scheduler_value", names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        variables.emplace(names[i], values[i]);
    return variables;
}

std::vector<InputFile> read_inputs(hdf5::GroupReader const& group)
{
    std::vector<InputFile> inputs;
    if (!group.has("input_role"))
        return inputs;
    Texts const roles = group.strings("input_role");
    Texts const paths = group.strings("input_path", roles.size());
    Counts const bytes = group.counts("input_bytes", roles.size());
    Texts const digests = group.strings("input_sha256", roles.size());
    for (std::size_t i = 0; i < roles.size(); ++i)
        inputs.push_back({roles[i], paths[i], bytes[i], digests[i]});
    return inputs;
}

std::vector<Resumption> read_resumed(hdf5::GroupReader const& group)
{
    std::vector<Resumption> resumed;
    if (!group.has("resumed_instant"))
        return resumed;
    Texts const instants = group.strings("resumed_instant");
    Texts const hosts = group.strings("resumed_host", instants.size());
    Counts const chunks = group.counts("resumed_chunks", instants.size());
    for (std::size_t i = 0; i < instants.size(); ++i)
        resumed.push_back({instants[i], hosts[i], chunks[i]});
    return resumed;
}

/// Reads one attribute into a member by the member's type, where the file has it.
struct ManifestReader {
    hdf5::GroupReader const& root;

    void operator()(std::string_view name, std::string& text) const
    {
        if (root.has_attribute(name))
            text = root.text_attribute(name);
    }
    void operator()(std::string_view name, std::uint64_t& count) const
    {
        if (root.has_attribute(name))
            count = root.count_attribute(name);
    }
};

}  // namespace

void write_manifest(hdf5::GroupWriter const& root, hdf5::GroupWriter& provenance,
                    Manifest const& manifest)
{
    visit_manifest(manifest, [&](std::string_view name, auto const& member) {
        hdf5::write_attribute(root.id(), name, member);
    });
    write_inputs(provenance, manifest.inputs);
    write_scheduler(provenance, manifest.scheduler);
    write_resumed(provenance, manifest.resumed);
}

Manifest read_manifest(hdf5::GroupReader const& root, hdf5::GroupReader const& provenance)
{
    Manifest manifest;
    visit_manifest(manifest, ManifestReader{root});
    manifest.inputs = read_inputs(provenance);
    manifest.scheduler = read_scheduler(provenance);
    manifest.resumed = read_resumed(provenance);
    return manifest;
}

}  // namespace brink
