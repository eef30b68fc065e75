// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_file.hpp"
#include "io/results/result_groups.hpp"
#include "io/results/result_schema.hpp"
#include "io/results/sealed_file.hpp"
#include "io/results/state_group.hpp"

namespace brink {

void write_result(std::filesystem::path const& path, Result const& result,
                  WritePolicy const& policy)
{
    write_result(
        path, {}, [&]() -> Result const& { return result; }, policy);
}

void write_result(std::filesystem::path const& path, std::vector<SavedRun> const& saved,
                  std::function<Result const&()> const& make_result, WritePolicy const& policy)
{
    write_sealed(path, [&](hid_t file, std::function<void()> const& check) {
        hdf5::GroupWriter const root{file, "/", policy.deflate_level};
        write_saved_runs(root, "state", saved);
        check();
        Result const& result = make_result();
        write_provenance(root, result.provenance, result_filetype);
        write_statistics(root, result);
        check();
        write_histograms(root, result);
        check();
        write_fans(root, result);
        check();
        write_account_table(root, result.account_table, result.provenance.numeraire);
        check();
        write_path_tables(root, result);
        write_correlation_repairs(root, result.correlation_repairs);
        write_regimes(root, result.regimes);
        check();
    });
}

}  // namespace brink
