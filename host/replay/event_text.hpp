// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "host/replay/path_ledger.hpp"

namespace brink {

[[nodiscard]] std::string event_name(EventKind kind);

/// Asset, instrument, action of the policy or venue that an event is about; empty where none.
[[nodiscard]] std::string item_name(PathLedger const& ledger, EventRow const& event);

/// What the numbers of an event are. Those that its kind does not have are absent.
struct EventFields {
    std::optional<double> health, nav;
    std::optional<double> amount;  ///< coins, or contracts (> 0: of a long)
    std::optional<double> price;   ///< average of the trade, quote per base or [numeraire]
    std::optional<double> value;   ///< [numeraire] at mark
    std::optional<double> fee, slippage, forfeited;  ///< [numeraire]
};
[[nodiscard]] EventFields event_fields(EventRow const& event);

/// Three digits, or "inf".
[[nodiscard]] std::string health_text(double health);

/// An event as a sentence, in the numeraire where no coin is named.
[[nodiscard]] std::string event_text(PathLedger const& ledger, EventRow const& event);

}  // namespace brink
