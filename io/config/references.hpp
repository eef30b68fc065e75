// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/problem.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace brink {

/// The names of one kind of thing, to check references against.
class References {
    std::string kind_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::size_t> index_;

  public:
    template<class T>
    References(std::string kind, std::vector<T> const& items) : kind_{std::move(kind)}
    {
        for (T const& item : items)
            add(item.name);
    }

    References(std::string kind, std::vector<std::string> const& names) : kind_{std::move(kind)}
    {
        for (std::string const& name : names)
            add(name);
    }

    [[nodiscard]] bool contains(std::string const& name) const { return index_.contains(name); }
    /// Place of `name` among the items; `contains(name)` must hold.
    [[nodiscard]] std::size_t index_of(std::string const& name) const { return index_.at(name); }
    [[nodiscard]] std::vector<std::string> const& names() const { return names_; }

    /// Whether `name` is known; where not, a problem with the nearest known name is added.
    bool require(std::string const& name, Where const& where, Problems& problems) const;

  private:
    void add(std::string const& name);
};

/// Labels are at most 64 visible characters without quotes.
void check_label(std::string const& label, Where const& where, Problems& problems);

/// Names are labels without slashes; they become keys, scopes and datasets.
void check_name(std::string const& name, Where const& where, Problems& problems);

/// Every name legal and used once.
template<class T>
void check_names(std::vector<T> const& items, std::string_view kind, Problems& problems);

/// Report that `kind` `name` is already defined at `first`.
void report_duplicate(std::string_view kind, std::string const& name, Where const& where,
                      Where const& first, Problems& problems);

template<class T>
void check_names(std::vector<T> const& items, std::string_view kind, Problems& problems)
{
    std::unordered_map<std::string, Where> first;
    for (T const& item : items) {
        if (item.name.empty())
            continue;  // reported as missing already
        check_name(item.name, item.at("name"), problems);
        auto const [found, is_new] = first.emplace(item.name, item.at("name"));
        if (!is_new)
            report_duplicate(kind, item.name, item.at("name"), found->second, problems);
    }
}

}  // namespace brink
