// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_handle.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace brink::hdf5 {

/// Open for reading without a lock: many readers, also where the file system has no locks.
/// \throw Error where this is not an HDF5 file or a truncated one
[[nodiscard]] File open_for_reading(std::string const& path);

/// One group of a file. Every read checks kind and size, and throws Error naming the dataset.
class GroupReader {
    Group group_;
    std::string name_;          ///< for messages
    std::uint64_t file_bytes_;  ///< a dataset that claims far more than the file holds is corrupt

    Dataset open(std::string_view name) const;
    std::size_t num_values(Dataset const& dataset, std::string_view name) const;
    template<class T>
    std::vector<T> read(std::string_view name) const;
    template<class T>
    std::vector<T> read(std::string_view name, std::size_t first, std::size_t count) const;

  public:
    GroupReader(hid_t parent, std::string_view name);

    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] bool has_attribute(std::string_view name) const;
    /// Names of the links in order of creation.
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] GroupReader group(std::string_view name) const { return {group_.id(), name}; }

    [[nodiscard]] std::string text_attribute(std::string_view name) const;
    [[nodiscard]] double number_attribute(std::string_view name) const;
    [[nodiscard]] std::uint64_t count_attribute(std::string_view name) const;
    [[nodiscard]] std::vector<std::int32_t> integer_attribute(std::string_view name) const;

    [[nodiscard]] std::vector<std::string> strings(std::string_view name) const;
    [[nodiscard]] std::vector<double> doubles(std::string_view name) const;
    [[nodiscard]] std::vector<float> floats(std::string_view name) const;
    [[nodiscard]] std::vector<std::uint64_t> counts(std::string_view name) const;

    /// As above with the number of values that other datasets imply.
    [[nodiscard]] std::vector<std::string> strings(std::string_view name, std::size_t size) const;
    [[nodiscard]] std::vector<double> doubles(std::string_view name, std::size_t size) const;
    [[nodiscard]] std::vector<float> floats(std::string_view name, std::size_t size) const;
    [[nodiscard]] std::vector<std::uint64_t> counts(std::string_view name, std::size_t size) const;
    [[nodiscard]] std::vector<std::uint8_t> bytes(std::string_view name, std::size_t size) const;

    /// Values [first, first + count) of a one-dimensional array.
    [[nodiscard]] std::vector<double> doubles(std::string_view name, std::size_t first,
                                              std::size_t count) const;
    [[nodiscard]] std::vector<float> floats(std::string_view name, std::size_t first,
                                            std::size_t count) const;
};

}  // namespace brink::hdf5
