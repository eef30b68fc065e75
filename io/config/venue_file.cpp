// SPDX-License-Identifier: Apache-2.0
#include "io/config/venue_file.hpp"

#include "io/config/config_tables.hpp"
#include "io/config/include_resolver.hpp"
#include "io/config/table_reader.hpp"
#include "io/config/venue_evidence.hpp"

#include <filesystem>

namespace brink {

VenueConfig read_venue_file(std::string const& path, Problems& problems)
{
    std::filesystem::path const file{path};
    Where const where{path, 1, 1, "venue[0].include"};
    ConfigNode venue{ConfigNode::Table{}, {path, 1, 1, "venue[0]"}};
    venue.set("name", {file.stem().string(), {path, 1, 1, "venue[0].name"}});
    venue.set("include", {file.filename().string(), where});
    ConfigNode root{ConfigNode::Table{}, {path, 1, 1, {}}};
    root.set("venue", {ConfigNode::Array{std::move(venue)}, {path, 1, 1, "venue"}});

    std::vector<SourceFile> sources;
    std::size_t const before = problems.problems().size();
    resolve_includes(root, (file.parent_path() / "").string(), sources, problems);
    VenueConfig config;
    if (problems.problems().size() != before)
        return config;
    TableReader reader{root.find("venue")->array()->front(), config, problems};
    visit_keys(reader, config);
    reader.finish();
    check_evidence(config, problems);
    return config;
}

}  // namespace brink
