// SPDX-License-Identifier: Apache-2.0
#include "io/config/include_resolver.hpp"

#include "io/config/alternatives.hpp"
#include "io/config/text_file.hpp"
#include "io/config/toml_parser.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace brink {
namespace {

void merge_table(ConfigNode& own, ConfigNode included);

/// Element of an array of tables whose `identity` key has the text `name`.
ConfigNode* element_named(ConfigNode::Array& elements, std::string_view identity,
                          std::string const& name)
{
    auto const found =
        std::find_if(elements.begin(), elements.end(), [&](ConfigNode const& element) {
            return !name.empty() && element.text_of(identity) == name;
        });
    return found == elements.end() ? nullptr : &*found;
}

void merge_rows(ConfigNode::Array& own, ConfigNode::Array included, std::string_view identity)
{
    for (ConfigNode& row : included) {
        if (ConfigNode* const same = element_named(own, identity, row.text_of(identity)))
            merge_table(*same, std::move(row));
        else
            own.push_back(std::move(row));
    }
}

/// Own schedules take their instruments away from the included ones.
void merge_schedules(ConfigNode::Array& own, ConfigNode::Array included)
{
    std::vector<std::string> taken;
    for (ConfigNode const& schedule : own)
        if (ConfigNode const* const names = schedule.find("instruments"); names && names->array())
            for (ConfigNode const& name : *names->array())
                taken.push_back(name.text() ? *name.text() : "");
    auto const is_taken = [&](ConfigNode const& name) {
        return name.text() && std::find(taken.begin(), taken.end(), *name.text()) != taken.end();
    };
    for (ConfigNode& schedule : included) {
        ConfigNode* const names = schedule.find("instruments");
        if (names && names->array())
            std::erase_if(*names->array(), is_taken);
        if (!names || !names->array() || !names->array()->empty())
            own.push_back(std::move(schedule));
    }
}

void merge_entry(ConfigNode& own, ConfigEntry included)
{
    ConfigNode* const same = own.find(included.key);
    if (same == nullptr) {
        own.table()->push_back(std::move(included));
    } else if (same->table() && included.node.table() && included.key != "correlation") {
        merge_table(*same, std::move(included.node));
    } else if (same->array() && included.node.array()) {
        if (included.key == "collateral" || included.key == "borrow")
            merge_rows(*same->array(), std::move(*included.node.array()), "asset");
        else if (included.key == "schedules")
            merge_schedules(*same->array(), std::move(*included.node.array()));
    }
}

void merge_table(ConfigNode& own, ConfigNode included)
{
    if (own.table() == nullptr || included.table() == nullptr)
        return;
    for (ConfigEntry const& entry : *own.table())
        drop_alternatives(included, entry.key);
    for (ConfigEntry& entry : *included.table())
        merge_entry(own, std::move(entry));
}

/// One run over the includes of a scenario.
class IncludeResolver {
    std::vector<SourceFile>& sources_;
    Problems& problems_;

  public:
    IncludeResolver(std::vector<SourceFile>& sources, Problems& problems)
        : sources_{sources}, problems_{problems}
    {}

    /// `open`: the files that are being included right now, outermost first.
    void merge_into(ConfigNode& table, std::vector<std::string> const& open)
    {
        ConfigNode const* const include = table.find("include");
        if (include == nullptr)
            return;
        std::vector<ConfigNode> names;
        if (include->array() != nullptr)
            names = *include->array();
        else
            names.push_back(*include);
        for (auto name = names.rbegin(); name != names.rend(); ++name)
            if (name->text() != nullptr)
                if (auto included = load(*name, open))
                    merge_table(table, std::move(*included));
    }

  private:
    std::optional<ConfigNode> load(ConfigNode const& name, std::vector<std::string> open)
    {
        bool const from_option = name.where.line == 0;
        std::string const path =
            relative_to_file(*name.text(), from_option ? open.back() : name.where.file);
        if (is_open(path, open)) {
            open.push_back(path);
            problems_.add(name.where,
                          fmt::format("files include each other: {}", fmt::join(open, " -> ")),
                          "remove one of these includes");
            return std::nullopt;
        }
        auto text = read_text_file(path, name.where, problems_);
        if (!text)
            return std::nullopt;
        auto parsed = parse_toml(*text, path, problems_);
        sources_.push_back({path, "include", std::move(*text)});
        if (!parsed)
            return std::nullopt;
        assign_keys(*parsed, name.where.key.substr(0, name.where.key.rfind(".include")));
        open.push_back(path);
        merge_into(*parsed, open);
        parsed->take("include");
        return parsed;
    }

    static bool is_open(std::string const& path, std::vector<std::string> const& open)
    {
        std::error_code error;
        return std::any_of(open.begin(), open.end(), [&](std::string const& other) {
            return path == other || std::filesystem::equivalent(path, other, error);
        });
    }
};

/// Tables of the scenario that lack a key get it from the market file's asset of the same name.
void give_asset_defaults(ConfigNode& root, ConfigNode defaults)
{
    ConfigNode* const assets = root.find("asset");
    if (assets == nullptr || assets->array() == nullptr || defaults.array() == nullptr)
        return;
    for (ConfigNode& asset : *assets->array())
        if (ConfigNode* const given =
                element_named(*defaults.array(), "name", asset.text_of("name")))
            merge_table(asset, *given);
}

}  // namespace

void resolve_includes(ConfigNode& root, std::string const& file, std::vector<SourceFile>& sources,
                      Problems& problems)
{
    IncludeResolver resolver{sources, problems};
    if (ConfigNode* const market = root.find("market"); market && market->table()) {
        resolver.merge_into(*market, {file});
        give_asset_defaults(root, market->take("asset"));
    }
    if (ConfigNode* const venues = root.find("venue"); venues && venues->array())
        for (ConfigNode& venue : *venues->array())
            resolver.merge_into(venue, {file});
}

}  // namespace brink
