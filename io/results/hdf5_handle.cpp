// SPDX-License-Identifier: Apache-2.0
#include "io/results/hdf5_handle.hpp"

namespace brink::hdf5 {
namespace {

herr_t append_entry(unsigned /*depth*/, H5E_error2_t const* entry, void* text)
{
    std::string& stack = *static_cast<std::string*>(text);
    if (entry->desc != nullptr && *entry->desc != '\0') {
        stack += stack.empty() ? "" : "; ";
        stack += entry->desc;
    }
    return 0;
}

}  // namespace

void silence_library()
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

void throw_error(std::string_view attempt)
{
    std::string stack;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, &append_entry, &stack);
    H5Eclear2(H5E_DEFAULT);
    std::string message{attempt};
    if (!stack.empty())
        message += " (HDF5: " + stack + ")";
    throw Error{message};
}

Datatype string_type()
{
    Datatype type{H5Tcopy(H5T_C_S1), "cannot make a string type"};
    checked(H5Tset_size(type.id(), H5T_VARIABLE), "cannot make a variable-length string type");
    checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), "cannot make a UTF-8 string type");
    return type;
}

}  // namespace brink::hdf5
