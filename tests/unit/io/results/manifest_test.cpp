// SPDX-License-Identifier: Apache-2.0
#include "io/results/provenance_page.hpp"
#include "io/results/result_file.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/io/results/sample_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

namespace brink::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Manifest, OfAnOlderFileIsEmpty)
{
    TemporaryFolder const folder;
    std::string const path = folder / "old.h5";
    write_result(path, sample_result());
    hid_t const file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    Manifest const full = sample_result().provenance.manifest;
    visit_manifest(full, [&](std::string_view name, auto const&) {
        EXPECT_GE(H5Adelete(file, std::string{name}.c_str()), 0) << name;
    });
    for (char const* name : {"input_role", "scheduler_variable", "resumed_instant"})
        EXPECT_GE(H5Ldelete(file, (std::string{"provenance/"} + name).c_str(), H5P_DEFAULT), 0);
    H5Fclose(file);

    Provenance const back = read_provenance(path);

    EXPECT_EQ(back.seed, sample_result().provenance.seed);
    EXPECT_EQ(back.manifest.compiler, "");
    EXPECT_EQ(back.manifest.threads, 0);
    EXPECT_TRUE(back.manifest.inputs.empty());
    EXPECT_TRUE(back.manifest.scheduler.empty());
    EXPECT_TRUE(back.manifest.resumed.empty());
    EXPECT_THAT(provenance_text(back), Not(HasSubstr("built with")));
}

TEST(ProvenancePage, SaysWhereAResultComesFrom)
{
    std::string const page = provenance_text(sample_result().provenance);

    for (char const* line :
         {"scenario     3f2a91bc77de0011\n", "seed         18446744073709551615\n",
          "paths        1,000,000 in chunks of 65,536, 1 invalid\n",
          "set          run.paths = 1000000\n",
          "program      brink 0.1.0, commit 0123456789abcdef\n",
          "built with   GNU 12.2.0, Release\n", "flags        -O3 -DNDEBUG\n",
          "system       Linux 6.1.0 x86_64\n", "memory       286.1 MiB at its peak\n",
          "scheduler    SLURM_JOB_ID=42\n             SLURM_RESTART_COUNT=1\n", "restarts     1\n",
          "resumed      2024-10-25T06:00:01Z on node-2, 8 chunks done\n",
          "24 bytes  config  Fonds.toml\n"})
        EXPECT_THAT(page, HasSubstr(line));
}

}  // namespace
}  // namespace brink::test
