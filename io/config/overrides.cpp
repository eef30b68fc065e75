// SPDX-License-Identifier: Apache-2.0
#include "io/config/overrides.hpp"

#include "io/config/alternatives.hpp"
#include "io/config/instrument_names.hpp"
#include "io/config/spelling.hpp"
#include "io/config/toml_parser.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

namespace brink {
namespace {

using Steps = std::span<std::string const>;

constexpr std::array<std::string_view, 4> identities{"name", "asset", "instrument", "action"};

struct Halves {
    std::string key, value;
};

/// Key and value around the first equals sign outside of quotes; nothing without one.
std::optional<Halves> split_option(std::string const& option)
{
    bool quoted = false;
    for (std::size_t i = 0; i < option.size(); ++i) {
        quoted = quoted != (option[i] == '"');
        if (option[i] == '=' && !quoted)
            return Halves{option.substr(0, i), option.substr(i + 1)};
    }
    return std::nullopt;
}

std::optional<std::size_t> as_index(std::string const& step)
{
    std::size_t index = 0;
    auto const result = std::from_chars(step.data(), step.data() + step.size(), index);
    bool const whole = result.ec == std::errc{} && result.ptr == step.data() + step.size();
    return whole ? std::optional{index} : std::nullopt;
}

std::string full_name_of(ConfigNode const& element)
{
    return full_name(element.text_of("venue"), element.text_of("name"));
}

bool is_called(ConfigNode const& element, std::string const& name)
{
    if (!element.text_of("venue").empty() && full_name_of(element) == name)
        return true;
    for (std::string_view const identity : identities)
        if (element.text_of(identity) == name)
            return true;
    ConfigNode const* const instruments = element.find("instruments");
    if (instruments == nullptr || instruments->array() == nullptr)
        return false;
    auto const& names = *instruments->array();
    return std::any_of(names.begin(), names.end(),
                       [&](ConfigNode const& node) { return node.text() && *node.text() == name; });
}

std::vector<std::string> names_of(ConfigNode::Array const& elements)
{
    std::vector<std::string> names;
    for (ConfigNode const& element : elements)
        for (std::string_view const identity : identities)
            if (std::string name = element.text_of(identity); !name.empty()) {
                names.push_back(std::move(name));
                break;
            }
    return names;
}

struct Found {
    ConfigNode* element{nullptr};
    std::size_t steps{0};             ///< how many steps its name takes: names may contain dots
    std::vector<std::string> others;  ///< full names, where several instruments have the name
};

/// Where one instrument follows another of its name, what tells them apart.
std::vector<std::string> full_names_of(std::vector<ConfigNode*> const& elements)
{
    std::vector<std::string> names;
    for (ConfigNode const* const element : elements)
        if (!element->text_of("venue").empty() && !element->text_of("kind").empty())
            names.push_back(full_name_of(*element));
    return names;
}

Found find_element(ConfigNode::Array& elements, Steps steps)
{
    if (auto const index = as_index(steps.front()); index && *index < elements.size())
        return {&elements[*index], 1, {}};
    for (std::size_t length = 1; length <= steps.size(); ++length) {
        std::string const name = fmt::format("{}", fmt::join(steps.first(length), "."));
        std::vector<ConfigNode*> called;
        for (ConfigNode& element : elements)
            if (is_called(element, name))
                called.push_back(&element);
        if (auto names = full_names_of(called); names.size() > 1)
            return {nullptr, 0, std::move(names)};
        if (!called.empty())
            return {called.front(), length, {}};
    }
    return {};
}

std::string place(ConfigNode& node, Steps steps, ConfigNode const& value)
{
    if (steps.empty()) {
        node = value;
        return {};
    }
    if (auto* const elements = node.array()) {
        Found const found = find_element(*elements, steps);
        if (found.element != nullptr)
            return place(*found.element, steps.subspan(found.steps), value);
        if (!found.others.empty())
            return fmt::format("\"{}\" trades at several venues; write one of {}", steps.front(),
                               fmt::join(found.others, ", "));
        return fmt::format("\"{}\" is not among the {} elements here; {}", steps.front(),
                           elements->size(), advise(steps.front(), names_of(*elements), "name"));
    }
    if (node.table() == nullptr)
        return fmt::format("the key goes on after a value that is {}", describe_type(node));
    drop_alternatives(node, steps.front());
    return place(node.get_or_add(steps.front(), value.where), steps.subspan(1), value);
}

}  // namespace

std::vector<std::string> key_steps(std::string_view key)
{
    std::vector<std::string> steps{""};
    bool quoted = false;  // quotes keep dots together; brackets are steps too
    bool after_bracket = false;
    for (char const c : key) {
        bool const separates = !quoted && (c == '.' || c == '[' || c == ']');
        if (c == '"') {
            quoted = !quoted;
        } else if (!separates) {
            if (after_bracket)
                return {};
            steps.back() += c;
        } else if (c == ']') {
            after_bracket = true;
        } else {
            if (steps.back().empty())
                return {};
            steps.emplace_back();
            after_bracket = false;
        }
    }
    return quoted || steps.back().empty() ? std::vector<std::string>{} : steps;
}

std::vector<Override> parse_overrides(std::vector<std::string> const& options, Problems& problems)
{
    std::vector<Override> overrides;
    for (std::string const& option : options) {
        auto const halves = split_option(option);
        Where const where{"--set " + option, 0, 0, halves ? halves->key : option};
        if (!halves) {
            bool const is_open = option.find('=') != std::string::npos;
            problems.add(where,
                         is_open ? "needs the form KEY=VALUE: a quote of the key is not closed"
                                 : "needs the form KEY=VALUE",
                         "such as --set run.paths=1000");
            continue;
        }
        std::vector<std::string> steps = key_steps(halves->key);
        if (steps.empty()) {
            problems.add(where, "is not a dotted key", "such as asset.BTC.volatility");
            continue;
        }
        if (steps.front() == "limits" && steps.size() > 2)
            steps = {"limits", fmt::format("{}", fmt::join(steps.begin() + 1, steps.end(), "."))};
        auto value = parse_toml_value(halves->value);
        if (!value) {
            problems.add(where, "the value is neither TOML nor a single word",
                         "quote it for TOML: --set 'run.name=\"a b\"'");
            continue;
        }
        value->where = where;
        overrides.push_back({std::move(steps), std::move(*value), option});
    }
    return overrides;
}

std::string apply_override(ConfigNode& root, Override const& option)
{
    return place(root, option.steps, option.value);
}

std::vector<std::string> resolve_key(ConfigNode& root, std::string_view key)
{
    std::vector<std::string> const written = key_steps(key);
    std::vector<std::string> resolved;
    ConfigNode* node = &root;
    for (Steps rest{written}; !rest.empty();) {
        std::size_t taken = 1;
        std::string step = rest.front();
        ConfigNode::Array* const elements = node == nullptr ? nullptr : node->array();
        if (elements != nullptr) {
            Found const found = find_element(*elements, rest);
            node = found.element;
            if (node != nullptr) {
                taken = found.steps;
                step = fmt::format("{}", node - elements->data());
            }
        } else if (node != nullptr) {
            node = node->find(step);
        }
        resolved.push_back(std::move(step));
        rest = rest.subspan(taken);
    }
    return resolved;
}

Where place_of_option(Override const& option)
{
    return option.value.where;
}

}  // namespace brink
