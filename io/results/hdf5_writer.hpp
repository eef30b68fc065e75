// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/hdf5_handle.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brink::hdf5 {

/// What a variable's numbers mean, written as attributes.
struct Description {
    std::string_view long_name;
    std::string_view units{};    ///< empty: no attribute (text, or differing by outcome)
    bool nan_is_missing{false};  ///< writes `_FillValue` = NaN
};

/// Write attributes of an object.
void write_attribute(hid_t object, std::string_view name, std::string_view text);
void write_attribute(hid_t object, std::string_view name, double value);
void write_attribute(hid_t object, std::string_view name, std::uint64_t value);
void write_attribute(hid_t object, std::string_view name, std::span<std::int32_t const> values);

/// One group in netCDF-4 conventions: every axis of a variable is a dimension of the group, which
/// is a coordinate (with values) or a bare dimension (with a size only).
class GroupWriter {
    struct Dimension {
        Dataset scale;
        hsize_t size;
    };

    Group group_;
    int deflate_level_;  ///< 0: not compressed
    std::map<std::string, Dimension, std::less<>> dimensions_;

    Dimension const& dimension(std::string_view name) const;
    Dataset create(std::string_view name, hid_t type, std::span<hsize_t const> sizes) const;
    Dataset create_variable(std::string_view name, hid_t type,
                            std::span<std::string_view const> axes, std::size_t values,
                            Description const& description);
    void describe_variable(Dataset const& dataset, std::string_view name,
                           std::span<std::string_view const> axes, Description const& description);
    void add_coordinate(std::string_view name, Dataset scale, hsize_t size,
                        Description const& description);

  public:
    using Axes = std::vector<std::string_view>;

    /// Create the group `name` in `parent`, or open the root group for "/".
    /// \param deflate_level 0 to 9, of arrays of more than 4,096 numbers
    GroupWriter(hid_t parent, std::string_view name, int deflate_level);

    [[nodiscard]] hid_t id() const { return group_.id(); }
    [[nodiscard]] GroupWriter group(std::string_view name) const;

    void dimension(std::string_view name, std::size_t size);
    template<class T>
    void coordinate(std::string_view name, std::vector<T> const& values,
                    Description const& description);
    void coordinate(std::string_view name, std::vector<std::string> const& values,
                    Description const& description);

    /// Write an array in C order whose axes were declared before; the number of values must fit.
    template<class T>
    void variable(std::string_view name, Axes const& axes, std::vector<T> const& values,
                  Description const& description);
    void variable(std::string_view name, Axes const& axes, std::vector<std::string> const& values,
                  Description const& description);

    /// Floats along one axis that lie in other files, as `virtual_layout` says.
    void virtual_variable(std::string_view name, std::string_view axis, PropertyList const& layout,
                          Description const& description);

    /// A one-dimensional array of its own, along the bare dimension `<name>_row`, from pieces that
    /// lie apart in memory. Nothing is written where all are empty.
    template<class T>
    void pieces(std::string_view name, std::vector<std::span<T const>> const& pieces,
                Description const& description);
    /// The same from one piece.
    template<class T>
    void array(std::string_view name, std::vector<T> const& values, Description const& description)
    {
        pieces(name, std::vector<std::span<T const>>{values}, description);
    }
};

}  // namespace brink::hdf5
