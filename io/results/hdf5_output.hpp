// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_handle.hpp"

#include <string_view>

namespace brink::hdf5 {

/// A new HDF5 file written through a descriptor that somebody else owns, by an own file driver.
///
/// HDF5 1.10 cannot recover from a disk that fills up: the file never closes, and the process
/// crashes when the library shuts down. The driver therefore remembers the first failed write and
/// swallows what follows, so that everything closes in order; `check` reports the failure.
/// The driver neither locks nor flushes.
class OutputFile {
  public:
    /// What the driver shares with this object.
    struct Sink {
        int descriptor;    ///< open for reading and writing, empty
        int error_number;  ///< errno of the first failed operation, 0: none
    };

    /// \param descriptor outlives this object
    explicit OutputFile(int descriptor);
    OutputFile(OutputFile const&) = delete;
    OutputFile& operator=(OutputFile const&) = delete;

    [[nodiscard]] hid_t id() const { return file_.id(); }
    /// errno of the first failed write, 0 where all succeeded so far
    [[nodiscard]] int error_number() const { return sink_.error_number; }
    /// Write what is buffered and close the HDF5 file, not the descriptor. \throw Error
    void close();

  private:
    Sink sink_;
    File file_;
};

}  // namespace brink::hdf5
