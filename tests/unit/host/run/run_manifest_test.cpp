// SPDX-License-Identifier: Apache-2.0
#include "host/run/run_manifest.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "host/program/sha256.hpp"

namespace brink::test {
namespace {

TEST(Sha256, GivesTheDigestsOfTheStandard)
{
    // FIPS 180-4, examples of the National Institute of Standards and Technology.
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(SchedulerVariables, AreThoseThatNameTheJobAndNoOthers)
{
    ::setenv("SLURM_ARRAY_TASK_ID", "7", 1);
    ::setenv("PBS_JOBID", "", 1);
    ::setenv("SLURM_API_TOKEN", "secret", 1);

    auto const variables = scheduler_variables();

    EXPECT_EQ(variables.at("SLURM_ARRAY_TASK_ID"), "7");
    EXPECT_FALSE(variables.contains("PBS_JOBID"));
    EXPECT_FALSE(variables.contains("SLURM_API_TOKEN"));
    for (char const* name : {"SLURM_ARRAY_TASK_ID", "PBS_JOBID", "SLURM_API_TOKEN"})
        ::unsetenv(name);
}

TEST(RestartCount, CountsStartsAfterTheFirst)
{
    EXPECT_EQ(restart_count({}), 0);
    EXPECT_EQ(restart_count({{"SLURM_RESTART_COUNT", "3"}}), 3);
    EXPECT_EQ(restart_count({{"AWS_BATCH_JOB_ATTEMPT", "1"}}), 0);
    EXPECT_EQ(restart_count({{"AIRFLOW_CTX_TRY_NUMBER", "4"}}), 3);
    EXPECT_EQ(restart_count({{"AIRFLOW_CTX_TRY_NUMBER", "0"}}), 0);
    EXPECT_EQ(restart_count({{"SLURM_RESTART_COUNT", "2x"}}), 0);
}

TEST(OpenManifest, DescribesInputsBuildAndMachine)
{
    Scenario scenario;
    scenario.sources = {{"a.toml", "config", "abc"}, {"venue.toml", "include", ""}};
    Plan plan;
    plan.threads = 2;

    Manifest const manifest = open_manifest(scenario, plan);

    ASSERT_EQ(manifest.inputs.size(), 2);
    EXPECT_EQ(manifest.inputs[0].path, "a.toml");
    EXPECT_EQ(manifest.inputs[0].role, "config");
    EXPECT_EQ(manifest.inputs[0].bytes, 3);
    EXPECT_EQ(manifest.inputs[0].sha256, sha256("abc"));
    EXPECT_EQ(manifest.threads, 2);
    EXPECT_NE(manifest.build_flags.find("-ffp-contract=off"), std::string::npos);
    EXPECT_TRUE(manifest.system.starts_with("Linux ")) << manifest.system;
    EXPECT_GT(manifest.peak_memory_bytes, 1 << 20);
}

}  // namespace
}  // namespace brink::test
