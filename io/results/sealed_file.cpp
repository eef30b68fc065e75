// SPDX-License-Identifier: Apache-2.0
#include "io/results/sealed_file.hpp"

#include "io/results/content_seal.hpp"
#include "io/results/file_error.hpp"
#include "io/results/private_file.hpp"
#include "io/results/result_schema.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <cerrno>
#include <new>
#include <string>
#include <system_error>
#include <vector>

namespace brink {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_writing(fs::path const& path, int error)
{
    throw FileError{ExitCode::io, path.string() + ": cannot write the result: "
                                      + std::generic_category().message(error)};
}

void require_readable(fs::path const& path)
{
    std::error_code error;
    bool const folder = fs::is_directory(path, error);
    if (!folder && ::access(path.c_str(), R_OK) == 0)
        return;
    std::string const reason = std::generic_category().message(folder ? EISDIR : errno);
    throw FileError{ExitCode::no_input,
                    fmt::format("{}: cannot read it: {}", path.string(), reason)};
}

/// Refuse a file whose content is not what was written; one that another program changed passes.
void require_undamaged(fs::path const& path, std::uintmax_t largest_bytes)
{
    try {
        if (fs::file_size(path) > largest_bytes || check_seal(path) != Seal::damaged)
            return;
    } catch (std::system_error const& error) {
        throw FileError{ExitCode::io, fmt::format("{}: cannot read it: {}", path.string(),
                                                  error.code().message())};
    }
    throw FileError{ExitCode::data,
                    fmt::format("{}: the file is damaged: its content does not match its checksum",
                                path.string())};
}

std::string require_schema(hdf5::GroupReader const& root)
{
    std::string const filetype =
        root.has_attribute("filetype") ? root.text_attribute("filetype") : std::string{};
    if (filetype != result_filetype && filetype != part_filetype)
        throw hdf5::Error{"an HDF5 file, but not a brink result (no such filetype)"};
    std::vector<std::int32_t> const version = root.integer_attribute("schema_version");
    if (version.size() == 2 && version[0] == result_schema_major)
        return filetype;
    std::string const found =
        version.size() == 2 ? fmt::format("{}.{}", version[0], version[1]) : "unknown";
    throw hdf5::Error{fmt::format(
        "its schema version is {}, this program reads {}.x (use the brink that wrote it, or run "
        "its config again)",
        found, result_schema_major)};
}

}  // namespace

void write_sealed(fs::path const& path,
                  std::function<void(hid_t file, std::function<void()> const& check)> const& write)
{
    PrivateFile private_file{path};
    hdf5::OutputFile file{private_file.descriptor()};
    // What HDF5 believes to be in the file after a failed write is not there.
    auto const check = [&] {
        if (file.error_number() != 0)
            fail_writing(path, file.error_number());
    };
    try {
        write(file.id(), check);
        file.close();
    } catch (hdf5::Error const&) {
        check();  // the disk, where that was the reason
        throw;
    }
    check();
    if (int const error = append_seal(private_file.descriptor()); error != 0)
        fail_writing(path, error);
    private_file.commit();
}

void read_sealed(fs::path const& path, std::uintmax_t largest_checked,
                 std::function<void(std::shared_ptr<hdf5::File> const& file,
                                    std::string_view filetype)> const& read)
{
    require_readable(path);
    require_undamaged(path, largest_checked);
    try {
        auto const file = std::make_shared<hdf5::File>(hdf5::open_for_reading(path.string()));
        read(file, require_schema({file->id(), "/"}));
    } catch (hdf5::Error const& error) {
        throw FileError{ExitCode::data, fmt::format("{}: {}", path.string(), error.what())};
    } catch (std::bad_alloc const&) {
        throw FileError{ExitCode::unavailable,
                        fmt::format("{}: not enough memory to read it", path.string())};
    }
}

}  // namespace brink
