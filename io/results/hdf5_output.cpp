// SPDX-License-Identifier: Apache-2.0
#include "io/results/hdf5_output.hpp"

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace brink::hdf5 {
namespace {

using Sink = OutputFile::Sink;

/// HDF5's view of an open file; `base` comes first, as the library demands.
struct DriverFile {
    H5FD_t base;
    Sink* sink;
    haddr_t end_allocated;  ///< [B] end of the address space in use
    haddr_t end_written;    ///< [B]
};

DriverFile& driver_file(H5FD_t* file)
{
    return *reinterpret_cast<DriverFile*>(file);
}

DriverFile const& driver_file(H5FD_t const* file)
{
    return *reinterpret_cast<DriverFile const*>(file);
}

H5FD_t* driver_open(char const* /*name*/, unsigned /*flags*/, hid_t access, haddr_t /*limit*/)
{
    auto* const sink = *static_cast<Sink* const*>(H5Pget_driver_info(access));
    auto* const file = static_cast<DriverFile*>(std::calloc(1, sizeof(DriverFile)));
    if (file == nullptr)
        return nullptr;
    file->sink = sink;
    return &file->base;
}

herr_t driver_close(H5FD_t* file)
{
    std::free(file);
    return 0;
}

herr_t driver_query(H5FD_t const* /*file*/, unsigned long* features)
{
    *features = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE
                | H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

haddr_t driver_end_allocated(H5FD_t const* file, H5FD_mem_t /*type*/)
{
    return driver_file(file).end_allocated;
}

herr_t driver_set_end_allocated(H5FD_t* file, H5FD_mem_t /*type*/, haddr_t address)
{
    driver_file(file).end_allocated = address;
    return 0;
}

haddr_t driver_end_of_file(H5FD_t const* file, H5FD_mem_t /*type*/)
{
    return driver_file(file).end_written;
}

/// Bytes beyond the end of the file read as zero.
herr_t driver_read(H5FD_t* file, H5FD_mem_t /*type*/, hid_t /*transfer*/, haddr_t address,
                   std::size_t size, void* buffer)
{
    Sink& sink = *driver_file(file).sink;
    auto* bytes = static_cast<char*>(buffer);
    while (size > 0) {
        ssize_t const got = ::pread(sink.descriptor, bytes, size, static_cast<off_t>(address));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && sink.error_number == 0)
            sink.error_number = errno;
        if (got <= 0) {
            std::memset(bytes, 0, size);
            return 0;
        }
        bytes += got;
        address += static_cast<haddr_t>(got);
        size -= static_cast<std::size_t>(got);
    }
    return 0;
}

herr_t driver_write(H5FD_t* file, H5FD_mem_t /*type*/, hid_t /*transfer*/, haddr_t address,
                    std::size_t size, void const* buffer)
{
    DriverFile& self = driver_file(file);
    self.end_written = std::max(self.end_written, address + size);
    auto const* bytes = static_cast<char const*>(buffer);
    while (size > 0 && self.sink->error_number == 0) {
        ssize_t const put =
            ::pwrite(self.sink->descriptor, bytes, size, static_cast<off_t>(address));
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            self.sink->error_number = put < 0 ? errno : ENOSPC;
            break;
        }
        bytes += put;
        address += static_cast<haddr_t>(put);
        size -= static_cast<std::size_t>(put);
    }
    return 0;
}

/// Readers expect the file to reach the end of the allocated space, written or not.
herr_t driver_truncate(H5FD_t* file, hid_t /*transfer*/, hbool_t /*closing*/)
{
    DriverFile& self = driver_file(file);
    if (self.sink->error_number == 0
        && ::ftruncate(self.sink->descriptor, static_cast<off_t>(self.end_allocated)) != 0) {
        self.sink->error_number = errno;
    }
    self.end_written = self.end_allocated;
    return 0;
}

H5FD_class_t driver_class()
{
    H5FD_class_t driver{};
#if H5_VERSION_GE(1, 14, 0)
    driver.version = H5FD_CLASS_VERSION;
    driver.value = static_cast<H5FD_class_value_t>(512);  // from the range left to anybody
#endif
    driver.name = "brink_output";
    driver.maxaddr = (haddr_t{1} << 62) - 1;
    driver.fc_degree = H5F_CLOSE_STRONG;
    driver.fapl_size = sizeof(Sink*);
    driver.open = &driver_open;
    driver.close = &driver_close;
    driver.query = &driver_query;
    driver.get_eoa = &driver_end_allocated;
    driver.set_eoa = &driver_set_end_allocated;
    driver.get_eof = &driver_end_of_file;
    driver.read = &driver_read;
    driver.write = &driver_write;
    driver.truncate = &driver_truncate;
    H5FD_mem_t const map[] = H5FD_FLMAP_DICHOTOMY;
    std::copy(std::begin(map), std::end(map), std::begin(driver.fl_map));
    return driver;
}

/// Registered for the life of the process, once; HDF5 keeps a copy.
hid_t output_driver()
{
    static H5FD_class_t const driver = driver_class();
    static hid_t const id = checked(H5FDregister(&driver), "cannot register the file driver");
    return id;
}

/// No object times: two writers of the same data produce the same bytes. The format of HDF5 1.8,
/// which every reader in use knows, is the first whose metadata carry checksums.
File create_file(Sink* sink)
{
    silence_library();
    PropertyList access{H5Pcreate(H5P_FILE_ACCESS), "cannot make file access properties"};
    checked(H5Pset_driver(access.id(), output_driver(), static_cast<void const*>(&sink)),
            "cannot set the file driver");
    checked(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18),
            "cannot set the format version");
    PropertyList creation{H5Pcreate(H5P_FILE_CREATE), "cannot make file creation properties"};
    checked(
        H5Pset_link_creation_order(creation.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
        "cannot keep the order of groups");
    checked(H5Pset_obj_track_times(creation.id(), 0), "cannot leave object times out");
    hid_t const file = H5Fcreate("result", H5F_ACC_TRUNC, creation.id(), access.id());
    return {file, "cannot create the HDF5 file"};
}

}  // namespace

OutputFile::OutputFile(int descriptor) : sink_{descriptor, 0}, file_{create_file(&sink_)} {}

void OutputFile::close()
{
    file_.close("cannot close the HDF5 file");
}

}  // namespace brink::hdf5
