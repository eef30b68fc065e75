// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_file.hpp"
#include "io/results/result_groups.hpp"
#include "io/results/result_schema.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <cerrno>
#include <new>
#include <system_error>

namespace brink {
namespace {

namespace fs = std::filesystem;

void require_readable(fs::path const& path)
{
    std::error_code error;
    bool const folder = fs::is_directory(path, error);
    if (!folder && ::access(path.c_str(), R_OK) == 0)
        return;
    std::string const reason = std::generic_category().message(folder ? EISDIR : errno);
    throw FileError{ExitCode::no_input,
                    fmt::format("{}: cannot read the result: {}", path.string(), reason)};
}

void require_result(hdf5::GroupReader const& root)
{
    if (!root.has_attribute("filetype") || root.text_attribute("filetype") != result_filetype)
        throw hdf5::Error{"an HDF5 file, but not a brink result (no such filetype)"};
    std::vector<std::int32_t> const version = root.integer_attribute("schema_version");
    if (version.size() == 2 && version[0] == result_schema_major)
        return;
    std::string const found =
        version.size() == 2 ? fmt::format("{}.{}", version[0], version[1]) : "unknown";
    throw hdf5::Error{fmt::format(
        "its schema version is {}, this program reads {}.x (use the brink that wrote it, or run "
        "its config again)",
        found, result_schema_major)};
}

/// Open `path`, check that it is a result and hand its root group to `read`.
template<class Read>
auto read_file(fs::path const& path, Read const& read)
{
    require_readable(path);
    try {
        hdf5::File const file = hdf5::open_for_reading(path.string());
        hdf5::GroupReader const root{file.id(), "/"};
        require_result(root);
        return read(root);
    } catch (hdf5::Error const& error) {
        throw FileError{ExitCode::data, fmt::format("{}: {}", path.string(), error.what())};
    } catch (std::bad_alloc const&) {
        throw FileError{ExitCode::unavailable,
                        fmt::format("{}: not enough memory to read it", path.string())};
    }
}

Result read_groups(hdf5::GroupReader const& root)
{
    Result result;
    result.provenance = read_provenance(root);
    result.scopes = read_statistics(root);
    read_histograms(root, result.scopes);
    read_fans(root, result.scopes);
    result.account_table = read_account_table(root);
    read_path_tables(root, result);
    return result;
}

}  // namespace

Result read_result(fs::path const& path)
{
    return read_file(path, &read_groups);
}

Provenance read_provenance(fs::path const& path)
{
    return read_file(path, [](hdf5::GroupReader const& root) { return read_provenance(root); });
}

}  // namespace brink
