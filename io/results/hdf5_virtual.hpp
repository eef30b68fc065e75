// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_handle.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace brink::hdf5 {

/// Consecutive values of a one-dimensional dataset of another file.
struct VirtualPiece {
    std::string file;  ///< relative to the folder of the file that is written
    std::string dataset;
    std::uint64_t size{0};   ///< of the dataset
    std::uint64_t first{0};  ///< of the piece in it
    std::uint64_t count{0};
};

/// How a dataset of floats is created whose values are these pieces, one behind the other. Where a
/// file cannot be read HDF5 gives NaN without an error.
[[nodiscard]] PropertyList virtual_layout(std::vector<VirtualPiece> const& pieces);

/// Allow what virtual datasets need, the format of HDF5 1.10, in a file of the format of 1.8.
void allow_virtual_datasets(hid_t object);

}  // namespace brink::hdf5
