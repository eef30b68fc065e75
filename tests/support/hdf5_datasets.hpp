// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "io/results/hdf5_reader.hpp"

namespace brink::test {

/// The bytes of a dataset's values; texts end with a zero.
inline std::string dataset_bytes(hid_t file, char const* name)
{
    hdf5::Dataset const dataset{H5Dopen2(file, name, H5P_DEFAULT), name};
    hdf5::Dataspace const space{H5Dget_space(dataset.id()), name};
    hdf5::Datatype const type{H5Dget_type(dataset.id()), name};
    auto const values = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.id()));
    std::string bytes(values * H5Tget_size(type.id()), '\0');
    if (values == 0 || H5Tget_class(type.id()) == H5T_REFERENCE)
        return bytes;
    hdf5::checked(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()),
                  name);
    if (H5Tis_variable_str(type.id()) <= 0)
        return bytes;
    std::vector<char*> texts(values);
    std::memcpy(texts.data(), bytes.data(), bytes.size());
    std::string joined;
    for (char const* const text : texts)
        joined += std::string{text == nullptr ? "" : text} + '\0';
    H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, bytes.data());
    return joined;
}

/// Every dataset of a result by its path, but those that tell of its making.
inline std::map<std::string, std::string> datasets_in(std::filesystem::path const& path)
{
    using Datasets = std::map<std::string, std::string>;
    hdf5::File const file = hdf5::open_for_reading(path.string());
    Datasets datasets;
    auto const visit = [](hid_t root, char const* name, H5O_info_t const* info, void* data) {
        if (info->type == H5O_TYPE_DATASET && !std::string{name}.starts_with("provenance/"))
            static_cast<Datasets*>(data)->emplace(name, dataset_bytes(root, name));
        return herr_t{0};
    };
    hdf5::checked(
        H5Ovisit2(file.id(), H5_INDEX_NAME, H5_ITER_INC, visit, &datasets, H5O_INFO_BASIC),
        "cannot list the datasets");
    return datasets;
}

}  // namespace brink::test
