// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_output.hpp"
#include "io/results/hdf5_reader.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

namespace brink {

/// Write an HDF5 file under a private name and rename it when all of it, with its seal, is on the
/// disk.
/// \param write called once; calls `check` between groups, which stops at the first failed write
/// \throw FileError 73, 74; whatever `write` throws where the disk was not the reason
void write_sealed(std::filesystem::path const& path,
                  std::function<void(hid_t file, std::function<void()> const& check)> const& write);

/// Open a file of brink's that is there, undamaged and of a schema version that this program knows,
/// and hand it on. What HDF5 refuses becomes a FileError.
/// \param largest_checked [B] files beyond are read without a look at their checksum
/// \throw FileError 66, 65, 74; 69 where memory is short
void read_sealed(
    std::filesystem::path const& path, std::uintmax_t largest_checked,
    std::function<void(std::shared_ptr<hdf5::File> const& file, std::string_view filetype)> const&
        read);

}  // namespace brink
