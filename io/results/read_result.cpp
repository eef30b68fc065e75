// SPDX-License-Identifier: Apache-2.0
#include "io/results/content_seal.hpp"
#include "io/results/result_file.hpp"
#include "io/results/result_groups.hpp"
#include "io/results/result_schema.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <cerrno>
#include <limits>
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

/// Up to this size a reader of the provenance alone checks the whole file too.
constexpr std::uintmax_t cheap_bytes = std::uintmax_t{64} << 20;

/// Refuse a file whose content is not what was written; one that another program changed passes.
void require_undamaged(fs::path const& path, std::uintmax_t largest_bytes)
{
    try {
        if (fs::file_size(path) > largest_bytes || check_seal(path) != Seal::damaged)
            return;
    } catch (std::system_error const& error) {
        throw FileError{ExitCode::io, fmt::format("{}: cannot read the result: {}", path.string(),
                                                  error.code().message())};
    }
    throw FileError{ExitCode::data,
                    fmt::format("{}: the file is damaged: its content does not match its checksum",
                                path.string())};
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

/// Open `path`, check that it is an undamaged result and hand its root group to `read`.
/// \param largest_checked [B] files beyond are read without a look at their checksum
template<class Read>
auto read_file(fs::path const& path, std::uintmax_t largest_checked, Read const& read)
{
    require_readable(path);
    require_undamaged(path, largest_checked);
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
    result.regimes = read_regimes(root);
    result.sweep = read_sweep(root);
    result.correlation_repairs = read_correlation_repairs(root, result.regimes.names);
    return result;
}

}  // namespace

Result read_result(fs::path const& path)
{
    return read_file(path, std::numeric_limits<std::uintmax_t>::max(), &read_groups);
}

Provenance read_provenance(fs::path const& path)
{
    return read_file(path, cheap_bytes,
                     [](hdf5::GroupReader const& root) { return read_provenance(root); });
}

}  // namespace brink
