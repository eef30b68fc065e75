// SPDX-License-Identifier: Apache-2.0
#include "io/results/hdf5_reader.hpp"

#include <fmt/format.h>

namespace brink::hdf5 {
namespace {

/// More than deflate can achieve (1,032 : 1).
constexpr std::uint64_t largest_compression = 1'100;

/// Strings that HDF5 allocated, given back at the end.
class OwnedStrings {
    std::vector<char*> pointers_;
    hid_t type_;
    hid_t space_;

  public:
    OwnedStrings(std::size_t size, hid_t type, hid_t space)
        : pointers_(size, nullptr), type_{type}, space_{space}
    {}
    OwnedStrings(OwnedStrings const&) = delete;
    OwnedStrings& operator=(OwnedStrings const&) = delete;
    ~OwnedStrings() { H5Dvlen_reclaim(type_, space_, H5P_DEFAULT, pointers_.data()); }

    [[nodiscard]] char** data() { return pointers_.data(); }
    [[nodiscard]] std::vector<std::string> copy() const
    {
        std::vector<std::string> strings;
        strings.reserve(pointers_.size());
        for (char const* const pointer : pointers_)
            strings.emplace_back(pointer == nullptr ? "" : pointer);
        return strings;
    }
};

void require_text(hid_t type, std::string const& what)
{
    if (checked(H5Tis_variable_str(type), what) <= 0)
        throw Error{what + ": not variable-length text"};
}

Attribute open_attribute(hid_t object, std::string const& name, std::string const& what)
{
    return {H5Aopen(object, name.c_str(), H5P_DEFAULT), what};
}

template<class T>
T scalar_attribute(hid_t object, std::string_view name)
{
    std::string const what = fmt::format("cannot read attribute '{}'", name);
    Attribute const attribute = open_attribute(object, std::string{name}, what);
    Dataspace const space{H5Aget_space(attribute.id()), what};
    if (H5Sget_simple_extent_npoints(space.id()) != 1)
        throw Error{what + ": not one value"};
    T value{};
    checked(H5Aread(attribute.id(), number_type<T>(), &value), what);
    return value;
}

template<class T>
std::vector<T> sized(std::vector<T> values, std::size_t size, std::string_view name)
{
    if (values.size() != size) {
        throw Error{fmt::format("'{}' has {} values where {} belong", name, values.size(), size)};
    }
    return values;
}

herr_t append_name(hid_t /*group*/, char const* name, H5L_info_t const* /*info*/, void* names)
{
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

}  // namespace

File open_for_reading(std::string const& path)
{
    silence_library();
    PropertyList const access{H5Pcreate(H5P_FILE_ACCESS), "cannot make file access properties"};
    checked(H5Pset_file_locking(access.id(), 0, 1), "cannot leave file locking out");
    checked(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "cannot set file closing");
    return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), "not a readable HDF5 file"};
}

GroupReader::GroupReader(hid_t parent, std::string_view name)
    : group_{H5Gopen2(parent, std::string{name}.c_str(), H5P_DEFAULT),
             fmt::format("cannot open group '{}'", name)},
      name_{name}
{
    Handle<&H5Fclose> const file{H5Iget_file_id(group_.id()), "cannot find the file of a group"};
    hsize_t bytes = 0;
    checked(H5Fget_filesize(file.id(), &bytes), "cannot read the size of the file");
    file_bytes_ = bytes;
}

bool GroupReader::has(std::string_view name) const
{
    return checked(H5Lexists(group_.id(), std::string{name}.c_str(), H5P_DEFAULT),
                   fmt::format("cannot look for '{}'", name))
           > 0;
}

bool GroupReader::has_attribute(std::string_view name) const
{
    return checked(H5Aexists(group_.id(), std::string{name}.c_str()),
                   fmt::format("cannot look for attribute '{}'", name))
           > 0;
}

std::vector<std::string> GroupReader::names() const
{
    std::vector<std::string> names;
    hsize_t start = 0;
    checked(H5Literate(group_.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &start, &append_name, &names),
            fmt::format("cannot list group '{}'", name_));
    return names;
}

std::string GroupReader::text_attribute(std::string_view name) const
{
    std::string const what = fmt::format("cannot read attribute '{}'", name);
    Attribute const attribute = open_attribute(group_.id(), std::string{name}, what);
    Datatype const type{H5Aget_type(attribute.id()), what};
    require_text(type.id(), what);
    Dataspace const space{H5Aget_space(attribute.id()), what};
    if (H5Sget_simple_extent_npoints(space.id()) != 1)
        throw Error{what + ": not one value"};
    Datatype const memory = string_type();
    OwnedStrings strings{1, memory.id(), space.id()};
    checked(H5Aread(attribute.id(), memory.id(), strings.data()), what);
    return strings.copy().front();
}

double GroupReader::number_attribute(std::string_view name) const
{
    return scalar_attribute<double>(group_.id(), name);
}

std::uint64_t GroupReader::count_attribute(std::string_view name) const
{
    return scalar_attribute<std::uint64_t>(group_.id(), name);
}

std::vector<std::int32_t> GroupReader::integer_attribute(std::string_view name) const
{
    std::string const what = fmt::format("cannot read attribute '{}'", name);
    Attribute const attribute = open_attribute(group_.id(), std::string{name}, what);
    Dataspace const space{H5Aget_space(attribute.id()), what};
    hssize_t const size = checked(H5Sget_simple_extent_npoints(space.id()), what);
    if (size > 1'024)
        throw Error{what + ": too many values"};
    std::vector<std::int32_t> values(static_cast<std::size_t>(size));
    checked(H5Aread(attribute.id(), number_type<std::int32_t>(), values.data()), what);
    return values;
}

Dataset GroupReader::open(std::string_view name) const
{
    return {H5Dopen2(group_.id(), std::string{name}.c_str(), H5P_DEFAULT),
            fmt::format("cannot open dataset '{}/{}'", name_, name)};
}

std::size_t GroupReader::num_values(Dataset const& dataset, std::string_view name) const
{
    std::string const what = fmt::format("cannot read dataset '{}/{}'", name_, name);
    Dataspace const space{H5Dget_space(dataset.id()), what};
    Datatype const type{H5Dget_type(dataset.id()), what};
    auto const numbers =
        static_cast<std::uint64_t>(checked(H5Sget_simple_extent_npoints(space.id()), what));
    std::uint64_t const bytes_each = H5Tget_size(type.id());
    if (bytes_each == 0 || numbers / largest_compression > file_bytes_ / bytes_each)
        throw Error{
            fmt::format("{}: it claims {} values, more than the file holds", what, numbers)};
    return numbers;
}

template<class T>
std::vector<T> GroupReader::read(std::string_view name) const
{
    Dataset const dataset = open(name);
    std::vector<T> values(num_values(dataset, name));
    checked(H5Dread(dataset.id(), number_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
            fmt::format("cannot read dataset '{}/{}'", name_, name));
    return values;
}

std::vector<std::string> GroupReader::strings(std::string_view name) const
{
    std::string const what = fmt::format("cannot read dataset '{}/{}'", name_, name);
    Dataset const dataset = open(name);
    Datatype const type{H5Dget_type(dataset.id()), what};
    require_text(type.id(), what);
    Dataspace const space{H5Dget_space(dataset.id()), what};
    Datatype const memory = string_type();
    OwnedStrings strings{num_values(dataset, name), memory.id(), space.id()};
    checked(H5Dread(dataset.id(), memory.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, strings.data()),
            what);
    return strings.copy();
}

std::vector<double> GroupReader::doubles(std::string_view name) const
{
    return read<double>(name);
}

std::vector<float> GroupReader::floats(std::string_view name) const
{
    return read<float>(name);
}

std::vector<std::uint64_t> GroupReader::counts(std::string_view name) const
{
    return read<std::uint64_t>(name);
}

std::vector<std::string> GroupReader::strings(std::string_view name, std::size_t size) const
{
    return sized(strings(name), size, name);
}

std::vector<double> GroupReader::doubles(std::string_view name, std::size_t size) const
{
    return sized(doubles(name), size, name);
}

std::vector<float> GroupReader::floats(std::string_view name, std::size_t size) const
{
    return sized(floats(name), size, name);
}

std::vector<std::uint64_t> GroupReader::counts(std::string_view name, std::size_t size) const
{
    return sized(counts(name), size, name);
}

std::vector<std::uint8_t> GroupReader::bytes(std::string_view name, std::size_t size) const
{
    return sized(read<std::uint8_t>(name), size, name);
}

template<class T>
std::vector<T> GroupReader::read(std::string_view name, std::size_t first, std::size_t count) const
{
    std::vector<T> values(count);
    if (count == 0)
        return values;
    Dataset const dataset = open(name);
    std::string const attempt = fmt::format("cannot read dataset '{}/{}'", name_, name);
    if (first + count > num_values(dataset, name))
        throw Error{attempt + ": it is too short"};
    Dataspace const space{H5Dget_space(dataset.id()), attempt};
    hsize_t const start = first;
    hsize_t const size = count;
    checked(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, &start, nullptr, &size, nullptr),
            attempt);
    Dataspace const memory{H5Screate_simple(1, &size, nullptr), attempt};
    checked(H5Dread(dataset.id(), number_type<T>(), memory.id(), space.id(), H5P_DEFAULT,
                    values.data()),
            attempt);
    return values;
}

std::vector<double> GroupReader::doubles(std::string_view name, std::size_t first,
                                         std::size_t count) const
{
    return read<double>(name, first, count);
}

std::vector<float> GroupReader::floats(std::string_view name, std::size_t first,
                                       std::size_t count) const
{
    return read<float>(name, first, count);
}

}  // namespace brink::hdf5
