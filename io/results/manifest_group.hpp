// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_reader.hpp"
#include "io/results/hdf5_writer.hpp"
#include "io/results/manifest.hpp"

namespace brink {

/// Root attributes of the manifest, and its tables in /provenance.
void write_manifest(hdf5::GroupWriter const& root, hdf5::GroupWriter& provenance,
                    Manifest const& manifest);
/// What a file of schema version 1.1 or earlier does not have stays empty.
[[nodiscard]] Manifest read_manifest(hdf5::GroupReader const& root,
                                     hdf5::GroupReader const& provenance);

}  // namespace brink
