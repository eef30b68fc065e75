// SPDX-License-Identifier: Apache-2.0
#include "io/results/hdf5_virtual.hpp"

#include <limits>

namespace brink::hdf5 {
namespace {

constexpr char const* attempt = "cannot describe a virtual dataset";

/// HDF5 takes `%b` in the name of a file for the number of a block.
std::string escaped(std::string const& file)
{
    std::string name;
    for (char const c : file)
        name += c == '%' ? "%%" : std::string(1, c);
    return name;
}

Dataspace selection(hsize_t size, hsize_t first, hsize_t count)
{
    Dataspace space{H5Screate_simple(1, &size, nullptr), attempt};
    checked(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, &first, nullptr, &count, nullptr),
            attempt);
    return space;
}

}  // namespace

PropertyList virtual_layout(std::vector<VirtualPiece> const& pieces)
{
    PropertyList layout{H5Pcreate(H5P_DATASET_CREATE), attempt};
    checked(H5Pset_obj_track_times(layout.id(), 0), attempt);
    float const missing = std::numeric_limits<float>::quiet_NaN();
    checked(H5Pset_fill_value(layout.id(), number_type<float>(), &missing), attempt);
    hsize_t total = 0;
    for (VirtualPiece const& piece : pieces)
        total += piece.count;
    hsize_t first = 0;
    for (VirtualPiece const& piece : pieces) {
        checked(H5Pset_virtual(layout.id(), selection(total, first, piece.count).id(),
                               escaped(piece.file).c_str(), piece.dataset.c_str(),
                               selection(piece.size, piece.first, piece.count).id()),
                attempt);
        first += piece.count;
    }
    return layout;
}

void allow_virtual_datasets(hid_t object)
{
    Handle<&H5Fclose> const file{H5Iget_file_id(object), attempt};
    checked(H5Fset_libver_bounds(file.id(), H5F_LIBVER_V18, H5F_LIBVER_V110), attempt);
}

}  // namespace brink::hdf5
