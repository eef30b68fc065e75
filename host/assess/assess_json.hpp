// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/account_report.hpp"

#include <nlohmann/json.hpp>

namespace brink {

/// The keys are the members of AccountReport. Missing prices and an infinite health are null.
[[nodiscard]] nlohmann::ordered_json to_json(AccountReport const& account);

/// `{"BTC": 61000, ...}`
[[nodiscard]] nlohmann::ordered_json to_json(std::vector<AssetPrice> const& prices);

}  // namespace brink
