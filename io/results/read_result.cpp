// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_file.hpp"
#include "io/results/result_groups.hpp"
#include "io/results/result_schema.hpp"
#include "io/results/sealed_file.hpp"

#include <limits>

namespace brink {
namespace {

namespace fs = std::filesystem;

/// Up to this size a reader of the provenance alone checks the whole file too.
constexpr std::uintmax_t cheap_bytes = std::uintmax_t{64} << 20;

void require_result(std::string_view filetype)
{
    if (filetype != result_filetype)
        throw hdf5::Error{
            "it is the part of a run, not a result (run the same command again to go on with a "
            "checkpoint; brink merge makes a result of all shards)"};
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
    Result result;
    read_sealed(path, std::numeric_limits<std::uintmax_t>::max(),
                [&](auto const& file, std::string_view filetype) {
                    require_result(filetype);
                    result = read_groups({file->id(), "/"});
                });
    return result;
}

Provenance read_provenance(fs::path const& path)
{
    Provenance provenance;
    read_sealed(path, cheap_bytes, [&](auto const& file, std::string_view filetype) {
        require_result(filetype);
        provenance = read_provenance(hdf5::GroupReader{file->id(), "/"});
    });
    return provenance;
}

SweepResult read_sweep(fs::path const& path)
{
    SweepResult sweep;
    read_sealed(path, std::numeric_limits<std::uintmax_t>::max(),
                [&](auto const& file, std::string_view filetype) {
                    require_result(filetype);
                    sweep = read_sweep(hdf5::GroupReader{file->id(), "/"});
                });
    return sweep;
}

}  // namespace brink
