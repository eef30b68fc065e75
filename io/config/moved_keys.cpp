// SPDX-License-Identifier: Apache-2.0
#include "io/config/moved_keys.hpp"

#include "io/config/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace brink {
namespace {

using KeySteps = std::vector<std::string>;

bool begins_with(KeySteps const& steps, KeySteps const& first)
{
    return steps.size() >= first.size() && std::equal(first.begin(), first.end(), steps.begin());
}

/// A key as it is written first, and the axis that moves it.
struct MovedKey {
    std::string key;
    std::string axis;  ///< empty: of settings
    Where where;
};

/// Places of the config that something sets, by the steps to them.
class MovedKeys {
    std::map<KeySteps, MovedKey> keys_;

  public:
    /// The first of a place stays.
    void add(KeySteps const& steps, MovedKey const& key) { keys_.emplace(steps, key); }

    /// One that is the same place, holds it or is a part of it; `end()`: none.
    [[nodiscard]] auto find(KeySteps const& steps) const
    {
        for (std::size_t length = 1; length <= steps.size(); ++length) {
            KeySteps const first(steps.begin(),
                                 steps.begin() + static_cast<std::ptrdiff_t>(length));
            if (auto const found = keys_.find(first); found != keys_.end())
                return found;
        }
        auto const next = keys_.lower_bound(steps);
        return next != keys_.end() && begins_with(next->first, steps) ? next : keys_.end();
    }
    [[nodiscard]] auto begin() const { return keys_.begin(); }
    [[nodiscard]] auto end() const { return keys_.end(); }
};

/// How the key that is known spells what another stands for; empty where they are the same text.
std::string spelled(std::string const& key, KeySteps const& steps, KeySteps const& known_steps,
                    std::string const& known)
{
    if (steps == known_steps)
        return key == known ? std::string{} : fmt::format(", as {}", known);
    return steps.size() > known_steps.size() ? fmt::format(", with {}", known)
                                             : fmt::format(", in part: {}", known);
}

/// One key at a time, with what tells where it leads.
class KeyCheck {
    ConfigNode& root_;
    Problems& problems_;

  public:
    KeyCheck(ConfigNode& root, Problems& problems) : root_{root}, problems_{problems} {}

    [[nodiscard]] KeySteps steps_of(std::string const& key) const
    {
        return resolve_key(root_, key);
    }

    /// Say what sets the place of a key already. \return whether something does
    bool is_taken(MovedKeys const& keys, KeySteps const& steps, MovedKey const& key) const
    {
        auto const known = keys.find(steps);
        if (steps.empty() || known == keys.end())
            return false;
        std::string const text = spelled(key.key, steps, known->first, known->second.key);
        if (known->second.axis.empty())
            problems_.add(key.where, fmt::format("{} is set already{}", key.key, text),
                          "remove one of the two");
        else
            problems_.add(
                key.where,
                fmt::format("{} is moved by the axis \"{}\" already{}", key.key, known->second.axis,
                            text),
                known->second.axis == key.axis ? "remove one of the two" : "let one axis move it");
        return true;
    }

    void take(MovedKeys& keys, KeySteps const& steps, MovedKey const& key) const
    {
        if (!is_taken(keys, steps, key))
            keys.add(steps, key);
    }

    void take_once(std::vector<Setting> const& settings) const
    {
        MovedKeys keys;
        for (Setting const& setting : settings)
            take(keys, steps_of(setting.key), {setting.key, {}, setting.where});
    }

    /// The places that an axis moves, each once; values of one axis may set the same.
    [[nodiscard]] MovedKeys keys_of(SweepAxisConfig const& axis) const
    {
        MovedKeys keys;
        for (std::string const& key : axis.keys)
            take(keys, steps_of(key), {key, axis.name, axis.at("key")});
        for (SweepValue const& value : axis.values) {
            take_once(value.settings);
            for (Setting const& setting : value.settings)
                keys.add(steps_of(setting.key), {setting.key, axis.name, setting.where});
        }
        return keys;
    }
};

}  // namespace

void check_moved_keys(Scenario const& scenario, ConfigNode& root, Problems& problems)
{
    KeyCheck const check{root, problems};
    for (StressConfig const& stress : scenario.stresses)
        check.take_once(stress.set);
    if (!scenario.sweep)
        return;
    check.take_once(scenario.sweep->base);
    MovedKeys moved;
    for (SweepAxisConfig const& axis : scenario.sweep->axes) {
        MovedKeys const own = check.keys_of(axis);
        for (auto const& [steps, key] : own)
            static_cast<void>(check.is_taken(moved, steps, key));
        for (auto const& [steps, key] : own)
            moved.add(steps, key);
    }
}

}  // namespace brink
