// SPDX-License-Identifier: Apache-2.0
#include "io/results/hdf5_writer.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>
#include <algorithm>
#include <limits>

namespace brink::hdf5 {
namespace {

/// Name that netCDF-4 gives to the scale of a dimension without values.
constexpr std::string_view bare_dimension =
    "This is a netCDF dimension but not a netCDF variable.{:10}";
constexpr hsize_t small_array = 4'096;     ///< [numbers] never compressed
constexpr hsize_t chunk_numbers = 65'536;  ///< of a compressed array

Dataspace scalar_space()
{
    return {H5Screate(H5S_SCALAR), "cannot make a scalar dataspace"};
}

Dataspace array_space(std::span<hsize_t const> sizes)
{
    return {H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
            "cannot make a dataspace"};
}

void write_attribute(hid_t object, std::string_view name, hid_t type, Dataspace const& space,
                     void const* data)
{
    std::string const key{name};
    std::string const attempt = "cannot write attribute '" + key + "'";
    Attribute const attribute{
        H5Acreate2(object, key.c_str(), type, space.id(), H5P_DEFAULT, H5P_DEFAULT), attempt};
    checked(H5Awrite(attribute.id(), type, data), attempt);
}

/// HDF5 strings end at a NUL: text with one would come back shorter.
void refuse_nul(std::string_view name, std::string_view text)
{
    if (text.find('\0') != std::string_view::npos)
        throw Error{fmt::format("'{}' holds a NUL character, which HDF5 text cannot", name)};
}

void describe(hid_t dataset, Description const& description)
{
    hdf5::write_attribute(dataset, "long_name", description.long_name);
    if (!description.units.empty())
        hdf5::write_attribute(dataset, "units", description.units);
}

PropertyList creation_properties(std::span<hsize_t const> sizes, hid_t type, int deflate_level)
{
    PropertyList properties{H5Pcreate(H5P_DATASET_CREATE), "cannot make dataset properties"};
    checked(H5Pset_obj_track_times(properties.id(), 0), "cannot leave object times out");
    hsize_t numbers = 1;
    for (hsize_t const size : sizes)
        numbers *= size;
    bool const text = checked(H5Tis_variable_str(type), "cannot inspect a type") > 0;
    if (deflate_level == 0 || text || numbers <= small_array)
        return properties;
    // Whole rows of the last axes, as many as fit: statistics are read by outcome and scope.
    std::vector<hsize_t> chunk(sizes.begin(), sizes.end());
    hsize_t room = chunk_numbers;
    for (std::size_t axis = chunk.size(); axis-- > 0;) {
        chunk[axis] = std::min(chunk[axis], room);
        room = std::max<hsize_t>(room / chunk[axis], 1);
    }
    checked(H5Pset_chunk(properties.id(), static_cast<int>(chunk.size()), chunk.data()),
            "cannot set chunks");
    checked(H5Pset_shuffle(properties.id()), "cannot set the shuffle filter");
    checked(H5Pset_deflate(properties.id(), static_cast<unsigned>(deflate_level)),
            "cannot set compression");
    return properties;
}

void write_strings(Dataset const& dataset, std::string_view name,
                   std::vector<std::string> const& values)
{
    std::vector<char const*> pointers;
    pointers.reserve(values.size());
    for (std::string const& value : values) {
        refuse_nul(name, value);
        pointers.push_back(value.c_str());
    }
    checked(
        H5Dwrite(dataset.id(), string_type().id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
        fmt::format("cannot write '{}'", name));
}

/// The attribute that says that NaN is no value.
template<class T>
void mark_missing(Dataset const& dataset)
{
    T const missing = std::numeric_limits<T>::quiet_NaN();
    hsize_t const one = 1;
    write_attribute(dataset.id(), "_FillValue", number_type<T>(), array_space({&one, 1}), &missing);
}

template<class T>
void write_numbers(Dataset const& dataset, std::string_view name, std::vector<T> const& values)
{
    checked(H5Dwrite(dataset.id(), number_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
            fmt::format("cannot write '{}'", name));
}

}  // namespace

void write_attribute(hid_t object, std::string_view name, std::string_view text)
{
    refuse_nul(name, text);
    std::string const value{text};
    char const* const pointer = value.c_str();
    write_attribute(object, name, string_type().id(), scalar_space(), &pointer);
}

void write_attribute(hid_t object, std::string_view name, double value)
{
    write_attribute(object, name, number_type<double>(), scalar_space(), &value);
}

void write_attribute(hid_t object, std::string_view name, std::uint64_t value)
{
    write_attribute(object, name, number_type<std::uint64_t>(), scalar_space(), &value);
}

void write_attribute(hid_t object, std::string_view name, std::span<std::int32_t const> values)
{
    hsize_t const size = values.size();
    write_attribute(object, name, number_type<std::int32_t>(), array_space({&size, 1}),
                    values.data());
}

GroupWriter::GroupWriter(hid_t parent, std::string_view name, int deflate_level)
    : deflate_level_{deflate_level}
{
    std::string const attempt = fmt::format("cannot create group '{}'", name);
    if (name == "/") {
        group_ = Group{H5Gopen2(parent, "/", H5P_DEFAULT), attempt};
        return;
    }
    PropertyList const creation{H5Pcreate(H5P_GROUP_CREATE), attempt};
    checked(
        H5Pset_link_creation_order(creation.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
        attempt);
    checked(H5Pset_obj_track_times(creation.id(), 0), attempt);
    hid_t const id =
        H5Gcreate2(parent, std::string{name}.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT);
    group_ = Group{id, attempt};
}

GroupWriter GroupWriter::group(std::string_view name) const
{
    return {id(), name, deflate_level_};
}

Dataset GroupWriter::create(std::string_view name, hid_t type, std::span<hsize_t const> sizes) const
{
    PropertyList const properties = creation_properties(sizes, type, deflate_level_);
    hid_t const dataset = H5Dcreate2(id(), std::string{name}.c_str(), type, array_space(sizes).id(),
                                     H5P_DEFAULT, properties.id(), H5P_DEFAULT);
    return {dataset, fmt::format("cannot create dataset '{}'", name)};
}

void GroupWriter::dimension(std::string_view name, std::size_t size)
{
    hsize_t const sizes[] = {size};
    Dataset scale = create(name, H5T_IEEE_F32BE, sizes);
    checked(H5DSset_scale(scale.id(), fmt::format(bare_dimension, size).c_str()),
            fmt::format("cannot make dimension '{}'", name));
    dimensions_.emplace(name, Dimension{std::move(scale), size});
}

void GroupWriter::add_coordinate(std::string_view name, Dataset scale, hsize_t size,
                                 Description const& description)
{
    checked(H5DSset_scale(scale.id(), std::string{name}.c_str()),
            fmt::format("cannot make coordinate '{}'", name));
    describe(scale.id(), description);
    dimensions_.emplace(name, Dimension{std::move(scale), size});
}

template<class T>
void GroupWriter::coordinate(std::string_view name, std::vector<T> const& values,
                             Description const& description)
{
    hsize_t const sizes[] = {values.size()};
    Dataset scale = create(name, number_type<T>(), sizes);
    write_numbers(scale, name, values);
    add_coordinate(name, std::move(scale), values.size(), description);
}

void GroupWriter::coordinate(std::string_view name, std::vector<std::string> const& values,
                             Description const& description)
{
    hsize_t const sizes[] = {values.size()};
    Dataset scale = create(name, string_type().id(), sizes);
    write_strings(scale, name, values);
    add_coordinate(name, std::move(scale), values.size(), description);
}

GroupWriter::Dimension const& GroupWriter::dimension(std::string_view name) const
{
    auto const found = dimensions_.find(name);
    if (found == dimensions_.end())
        throw Error{fmt::format("axis '{}' is not declared", name)};
    return found->second;
}

Dataset GroupWriter::create_variable(std::string_view name, hid_t type,
                                     std::span<std::string_view const> axes, std::size_t values,
                                     Description const& description)
{
    std::vector<hsize_t> sizes;
    hsize_t expected = 1;
    for (std::string_view const axis : axes) {
        sizes.push_back(dimension(axis).size);
        expected *= sizes.back();
    }
    if (expected != values)
        throw Error{fmt::format("'{}' has {} values, its axes hold {}", name, values, expected)};
    Dataset dataset = create(name, type, sizes);
    describe_variable(dataset, name, axes, description);
    return dataset;
}

void GroupWriter::describe_variable(Dataset const& dataset, std::string_view name,
                                    std::span<std::string_view const> axes,
                                    Description const& description)
{
    describe(dataset.id(), description);
    for (unsigned axis = 0; axis < axes.size(); ++axis) {
        checked(H5DSattach_scale(dataset.id(), dimension(axes[axis]).scale.id(), axis),
                fmt::format("cannot attach '{}' to '{}'", axes[axis], name));
    }
}

template<class T>
void GroupWriter::variable(std::string_view name, Axes const& axes, std::vector<T> const& values,
                           Description const& description)
{
    Dataset const dataset =
        create_variable(name, number_type<T>(), axes, values.size(), description);
    if (description.nan_is_missing)
        mark_missing<T>(dataset);
    write_numbers(dataset, name, values);
}

void GroupWriter::virtual_variable(std::string_view name, std::string_view axis,
                                   PropertyList const& layout, Description const& description)
{
    Dataset const dataset{H5Dcreate2(id(), std::string{name}.c_str(), number_type<float>(),
                                     array_space({&dimension(axis).size, 1}).id(), H5P_DEFAULT,
                                     layout.id(), H5P_DEFAULT),
                          fmt::format("cannot create dataset '{}'", name)};
    describe_variable(dataset, name, {&axis, 1}, description);
    if (description.nan_is_missing)
        mark_missing<float>(dataset);
}

void GroupWriter::variable(std::string_view name, Axes const& axes,
                           std::vector<std::string> const& values, Description const& description)
{
    Dataset const dataset =
        create_variable(name, string_type().id(), axes, values.size(), description);
    write_strings(dataset, name, values);
}

template<class T>
void GroupWriter::pieces(std::string_view name, std::vector<std::span<T const>> const& pieces,
                         Description const& description)
{
    std::size_t total = 0;
    for (std::span<T const> const& piece : pieces)
        total += piece.size();
    if (total == 0)
        return;
    std::string const row = fmt::format("{}_row", name);
    dimension(row, total);
    Dataset const dataset = create_variable(name, number_type<T>(), Axes{row}, total, description);
    std::string const attempt = fmt::format("cannot write '{}'", name);
    Dataspace const file_space{H5Dget_space(dataset.id()), attempt};
    hsize_t first = 0;
    for (std::span<T const> const& piece : pieces) {
        if (piece.empty())
            continue;
        hsize_t const size = piece.size();
        checked(
            H5Sselect_hyperslab(file_space.id(), H5S_SELECT_SET, &first, nullptr, &size, nullptr),
            attempt);
        checked(H5Dwrite(dataset.id(), number_type<T>(), array_space({&size, 1}).id(),
                         file_space.id(), H5P_DEFAULT, piece.data()),
                attempt);
        first += size;
    }
}

template void GroupWriter::pieces(std::string_view, std::vector<std::span<double const>> const&,
                                  Description const&);
template void GroupWriter::pieces(std::string_view, std::vector<std::span<float const>> const&,
                                  Description const&);
template void GroupWriter::pieces(std::string_view,
                                  std::vector<std::span<std::uint64_t const>> const&,
                                  Description const&);
template void GroupWriter::pieces(std::string_view,
                                  std::vector<std::span<std::uint8_t const>> const&,
                                  Description const&);
template void GroupWriter::coordinate(std::string_view, std::vector<double> const&,
                                      Description const&);
template void GroupWriter::coordinate(std::string_view, std::vector<std::uint64_t> const&,
                                      Description const&);
template void GroupWriter::variable(std::string_view, Axes const&, std::vector<double> const&,
                                    Description const&);
template void GroupWriter::variable(std::string_view, Axes const&, std::vector<float> const&,
                                    Description const&);
template void GroupWriter::variable(std::string_view, Axes const&,
                                    std::vector<std::uint64_t> const&, Description const&);
template void GroupWriter::variable(std::string_view, Axes const&, std::vector<std::uint8_t> const&,
                                    Description const&);

}  // namespace brink::hdf5
