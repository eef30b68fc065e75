// SPDX-License-Identifier: Apache-2.0
#include "io/results/content_seal.hpp"
#include "io/results/hdf5_output.hpp"
#include "io/results/private_file.hpp"
#include "io/results/result_file.hpp"
#include "io/results/result_groups.hpp"

#include <system_error>

namespace brink {
namespace {

[[noreturn]] void fail(std::filesystem::path const& path, int error)
{
    throw FileError{ExitCode::io, path.string() + ": cannot write the result: "
                                      + std::generic_category().message(error)};
}

/// Stop at the first group after a failed write: what HDF5 believes to be in the file is not there.
void stop_on_failure(hdf5::OutputFile const& file, std::filesystem::path const& path)
{
    if (file.error_number() != 0)
        fail(path, file.error_number());
}

void write_groups(hdf5::OutputFile const& file, Result const& result, int deflate_level,
                  std::filesystem::path const& path)
{
    hdf5::GroupWriter const root{file.id(), "/", deflate_level};
    write_provenance(root, result.provenance);
    write_statistics(root, result);
    stop_on_failure(file, path);
    write_histograms(root, result);
    stop_on_failure(file, path);
    write_fans(root, result);
    stop_on_failure(file, path);
    write_account_table(root, result.account_table, result.provenance.numeraire);
    stop_on_failure(file, path);
    write_path_tables(root, result);
    write_correlation_repairs(root, result.correlation_repairs);
    write_regimes(root, result.regimes);
    stop_on_failure(file, path);
    write_sweep(root, result.sweep);
    stop_on_failure(file, path);
}

}  // namespace

void write_result(std::filesystem::path const& path, Result const& result,
                  WritePolicy const& policy)
{
    PrivateFile private_file{path};
    hdf5::OutputFile file{private_file.descriptor()};
    try {
        write_groups(file, result, policy.deflate_level, path);
        file.close();
    } catch (hdf5::Error const&) {
        stop_on_failure(file, path);  // the disk, where that was the reason
        throw;
    }
    stop_on_failure(file, path);
    if (int const error = append_seal(private_file.descriptor()); error != 0)
        fail(path, error);
    private_file.commit();
}

}  // namespace brink
