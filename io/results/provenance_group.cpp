// SPDX-License-Identifier: Apache-2.0
#include "io/results/manifest_group.hpp"
#include "io/results/result_groups.hpp"
#include "io/results/result_schema.hpp"

#include <fmt/format.h>
#include <array>

namespace brink {
namespace {

/// A column of texts along the bare dimension `<name>_row` (a dimension and a variable that is not
/// its coordinate must not share a name).
void write_list(hdf5::GroupWriter& group, std::string_view name,
                std::vector<std::string> const& list, std::string_view long_name)
{
    if (list.empty())
        return;
    std::string const row = fmt::format("{}_row", name);
    group.dimension(row, list.size());
    group.variable(name, {row}, list, {.long_name = long_name});
}

void write_hashed_keys(hdf5::GroupWriter& group, std::map<std::string, std::string> const& pairs)
{
    if (pairs.empty())
        return;
    std::vector<std::string> keys;
    std::vector<std::string> values;
    for (auto const& [key, value] : pairs) {
        keys.push_back(key);
        values.push_back(value);
    }
    group.coordinate("hashed_key", keys, {.long_name = "key that the scenario hash covers"});
    group.variable("hashed_value", {"hashed_key"}, values, {.long_name = "its value as hashed"});
}

std::map<std::string, std::string> read_hashed_keys(hdf5::GroupReader const& group)
{
    std::map<std::string, std::string> pairs;
    if (!group.has("hashed_key"))
        return pairs;
    std::vector<std::string> const keys = group.strings("hashed_key");
    std::vector<std::string> const values = group.strings("hashed_value", keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i)
        pairs.emplace(keys[i], values[i]);
    return pairs;
}

/// Reads one attribute into a member by the member's type.
struct AttributeReader {
    hdf5::GroupReader const& root;

    void operator()(std::string_view name, std::string& text) const
    {
        text = root.text_attribute(name);
    }
    void operator()(std::string_view name, double& number) const
    {
        number = root.number_attribute(name);
    }
    void operator()(std::string_view name, std::uint64_t& count) const
    {
        count = root.count_attribute(name);
    }
};

}  // namespace

void write_provenance(hdf5::GroupWriter const& root, Provenance const& provenance,
                      std::string_view filetype)
{
    std::array const version{result_schema_major, result_schema_minor};
    hdf5::write_attribute(root.id(), "filetype", filetype);
    hdf5::write_attribute(root.id(), "schema_version", version);
    hdf5::write_attribute(root.id(), "Conventions", "NetCDF-4, brink-result-1");
    visit_provenance(provenance, [&](std::string_view name, auto const& member) {
        hdf5::write_attribute(root.id(), name, member);
    });
    hdf5::GroupWriter group = root.group("provenance");
    visit_provenance_lists(
        provenance, [&](std::string_view name, auto const& list, std::string_view long_name) {
            write_list(group, name, list, long_name);
        });
    write_hashed_keys(group, provenance.hashed_keys);
    write_manifest(root, group, provenance.manifest);
}

Provenance read_provenance(hdf5::GroupReader const& root)
{
    Provenance provenance;
    visit_provenance(provenance, AttributeReader{root});
    hdf5::GroupReader const group = root.group("provenance");
    visit_provenance_lists(provenance, [&](std::string_view name, auto& list, std::string_view) {
        if (group.has(name))
            list = group.strings(name);
    });
    provenance.hashed_keys = read_hashed_keys(group);
    provenance.manifest = read_manifest(root, group);
    return provenance;
}

}  // namespace brink
