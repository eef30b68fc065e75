// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "io/results/json.hpp"
#include "io/results/part_file.hpp"

namespace brink {

/// `shard 3/8`; of a part that was merged, `shards 2 to 4 of 8`.
[[nodiscard]] std::string shard_text(PartFile const& part);

/// Paths of the part that were run.
[[nodiscard]] std::uint64_t paths_done(PartFile const& part);

/// Whether the scenario has a sweep, of which perhaps no point is done.
[[nodiscard]] bool has_sweep(PartFile const& part);

/// For a person: what the part is of, how far it is, and who made it.
[[nodiscard]] std::string part_text(PartFile const& part);

/// The same with the provenance in full, and the ledger of its chunks.
[[nodiscard]] Json part_json(PartFile const& part);

}  // namespace brink
