// SPDX-License-Identifier: Apache-2.0
#include "io/config/scenario_reader.hpp"

#include "io/config/canonical.hpp"
#include "io/config/config_tables.hpp"
#include "io/config/data_files.hpp"
#include "io/config/history_loader.hpp"
#include "io/config/include_resolver.hpp"
#include "io/config/moved_keys.hpp"
#include "io/config/overrides.hpp"
#include "io/config/scenario_checks.hpp"
#include "io/config/scenario_scales.hpp"
#include "io/config/table_reader.hpp"
#include "io/config/text_file.hpp"
#include "io/config/toml_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace brink {
namespace {

/// `[limits] book.loss.es_0.99 = 1` without quotes is nested tables in TOML; make it one key.
void flatten_limits(ConfigNode& limits, ConfigNode& from, std::string const& prefix)
{
    for (ConfigEntry& entry : *from.table()) {
        std::string const key = prefix.empty() ? entry.key : prefix + '.' + entry.key;
        if (entry.node.table() != nullptr)
            flatten_limits(limits, entry.node, key);
        else
            limits.set(key, std::move(entry.node));
    }
}

void normalise_limits(ConfigNode& root)
{
    ConfigNode* const written = root.find("limits");
    if (written == nullptr || written->table() == nullptr)
        return;
    ConfigNode flat{ConfigNode::Table{}, written->where};
    flatten_limits(flat, *written, "");
    *written = std::move(flat);
}

/// Which options are applied: those that name files to include, or all others.
enum class OverridePass { includes, values };

/// Apply the options that find their place; the others stay in the list.
void apply_overrides(ConfigNode& root, std::vector<Override>& options, OverridePass pass)
{
    std::erase_if(options, [&](Override const& option) {
        bool const names_include = option.steps.back() == "include";
        return names_include == (pass == OverridePass::includes)
               && apply_override(root, option).empty();
    });
}

std::string place_text(Where const& where)
{
    return fmt::format("{}:{}:{}:{}", where.file, where.line, where.column, where.key);
}

/// Pass on what was found, with two corrections: problems of CSV contents have another exit code,
/// and a value that could not be read (the first `num_read` problems) is not judged a second time.
void hand_over(Problems const& found, std::size_t num_read, std::vector<SourceFile> const& sources,
               Problems& problems)
{
    auto const is_data = [&](std::string const& file) {
        return std::any_of(sources.begin(), sources.end(), [&](SourceFile const& source) {
            return source.path == file && (source.role == "prices" || source.role == "book");
        });
    };
    std::unordered_set<std::string> unread;
    for (std::size_t i = 0; i < found.problems().size(); ++i) {
        Problem const& problem = found.problems()[i];
        if (i < num_read)
            unread.insert(place_text(problem.where));
        else if (unread.contains(place_text(problem.where)))
            continue;
        bool const data = problem.code == ExitCode::config && is_data(problem.where.file);
        problems.add(problem.where, problem.reason, problem.suggestion,
                     data ? ExitCode::data : problem.code);
    }
    for (Problem const& warning : found.warnings())
        problems.warn(warning.where, warning.reason, warning.suggestion);
}

void report_unplaced(ConfigNode& root, std::vector<Override> const& options, Problems& problems)
{
    for (Override const& option : options)
        if (std::string reason = apply_override(root, option); !reason.empty())
            problems.add(place_of_option(option), std::move(reason));
}

Scenario read_tree(ConfigNode& root, std::vector<Override> options,
                   std::vector<SourceFile>& sources, Problems& problems)
{
    Scenario scenario;
    Located located;
    root.get_or_add("run", root.where);  // its missing keys are reported one by one
    assign_keys(root, "");
    TableReader reader{root, located, problems};
    visit_front(reader, scenario);
    load_prices(root, scenario, sources, problems);
    load_books(root, sources, problems);
    apply_overrides(root, options, OverridePass::values);
    report_unplaced(root, options, problems);
    assign_keys(root, "");
    visit_rest(reader, scenario);
    reader.finish();
    load_history(scenario, sources, problems);
    return scenario;
}

}  // namespace

ReadResult read_scenario_text(std::string const& text, std::string const& file,
                              std::vector<std::string> const& overrides, Problems& problems)
{
    ReadResult result;
    Problems found;
    std::size_t num_read = 0;
    std::vector<SourceFile> sources{{file, "config", text}};
    std::vector<Override> options = parse_overrides(overrides, found);
    if (auto root = parse_toml(text, file, found)) {
        apply_overrides(*root, options, OverridePass::includes);
        assign_keys(*root, "");
        resolve_includes(*root, file, sources, found);
        normalise_limits(*root);
        apply_overrides(*root, options, OverridePass::values);
        result.scenario = read_tree(*root, std::move(options), sources, found);
        result.scenario.sources = sources;
        result.scenario.overrides = overrides;
        num_read = found.problems().size();
        complete_scenario(result.scenario);
        ConfigNode const effective = effective_tree(result.scenario);
        result.scenario.canonical = canonical_text(effective);
        result.effective = flat_values(effective);
        apply_scales(result.scenario, found);
        check_scenario(result.scenario, found);
        check_moved_keys(result.scenario, *root, found);
    }
    hand_over(found, num_read, sources, problems);
    return result;
}

ReadResult read_with(ReadResult const& base, std::vector<Setting> const& settings,
                     Problems& problems)
{
    SourceFile const& config = base.scenario.sources.front();
    std::vector<std::string> overrides = base.scenario.overrides;
    for (Setting const& setting : settings)
        overrides.push_back(setting.option());
    return read_scenario_text(config.text, config.path, overrides, problems);
}

ReadResult read_scenario(std::string const& path, std::vector<std::string> const& overrides,
                         Problems& problems)
{
    auto const text = read_text_file(path, {path, 0, 0, {}}, problems);
    return text ? read_scenario_text(*text, path, overrides, problems) : ReadResult{};
}

}  // namespace brink
