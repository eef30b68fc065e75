// SPDX-License-Identifier: Apache-2.0
#include "host/program/group_builder.hpp"

#include <map>
#include <utility>

namespace brink {

std::size_t build_groups(Scenario const& scenario, std::size_t most, ProgramDraft& draft)
{
    std::map<std::pair<std::string, std::string>, std::vector<std::int32_t>> accounts_of;
    for (std::size_t a = 0; a < draft.accounts.size(); ++a)
        for (auto const& label : scenario.accounts[draft.accounts[a].config_idx].groups)
            accounts_of[label].push_back(static_cast<std::int32_t>(a));
    for (auto const& [label, accounts] : accounts_of) {
        if (draft.groups.size() == most)
            break;
        draft.groups.push_back({label.first + '=' + label.second, accounts});
    }
    return accounts_of.size() - draft.groups.size();
}

}  // namespace brink
