// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hdf5.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

/// A small RAII layer over the HDF5 C API. Not thread-safe, as the library itself.
namespace brink::hdf5 {

/// What was attempted, with the text of HDF5's error stack from the outermost call inwards.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Stop HDF5 from printing its error stack to stderr; call before the first use in a function.
void silence_library();

/// \throw Error with HDF5's error stack, which is then cleared
[[noreturn]] void throw_error(std::string_view attempt);

/// Pass through an identifier or status that is not negative. \throw Error otherwise
template<class Status>
Status checked(Status status, std::string_view attempt)
{
    if (status < 0)
        throw_error(attempt);
    return status;
}

/// Owner of one HDF5 identifier, closed at the end of its life.
template<herr_t (*close_identifier)(hid_t)>
class Handle {
    hid_t id_{H5I_INVALID_HID};

  public:
    Handle() = default;
    /// \throw Error where `id` is not valid
    Handle(hid_t id, std::string_view attempt) : id_{checked(id, attempt)} {}
    Handle(Handle&& other) noexcept : id_{std::exchange(other.id_, H5I_INVALID_HID)} {}
    Handle& operator=(Handle&& other) noexcept
    {
        std::swap(id_, other.id_);
        return *this;
    }
    ~Handle()
    {
        if (id_ >= 0)
            close_identifier(id_);
    }

    [[nodiscard]] hid_t id() const { return id_; }

    /// Close now and report a failure, which the destructor cannot.
    void close(std::string_view attempt)
    {
        checked(close_identifier(std::exchange(id_, H5I_INVALID_HID)), attempt);
    }
};

using File = Handle<&H5Fclose>;
using Group = Handle<&H5Gclose>;
using Dataset = Handle<&H5Dclose>;
using Attribute = Handle<&H5Aclose>;
using Dataspace = Handle<&H5Sclose>;
using Datatype = Handle<&H5Tclose>;
using PropertyList = Handle<&H5Pclose>;

/// Variable-length UTF-8 string.
[[nodiscard]] Datatype string_type();

/// Type in memory and in the file of a C++ number (the machine is little-endian IEEE).
template<class T>
hid_t number_type() = delete;
template<>
inline hid_t number_type<double>()
{
    return H5T_IEEE_F64LE;
}
template<>
inline hid_t number_type<float>()
{
    return H5T_IEEE_F32LE;
}
template<>
inline hid_t number_type<std::uint64_t>()
{
    return H5T_STD_U64LE;
}
template<>
inline hid_t number_type<std::int32_t>()
{
    return H5T_STD_I32LE;
}
template<>
inline hid_t number_type<std::uint8_t>()
{
    return H5T_STD_U8LE;
}

}  // namespace brink::hdf5
