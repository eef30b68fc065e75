// SPDX-License-Identifier: Apache-2.0
#include "host/run/run_manifest.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>

#include "brink/version.hpp"
#include "host/program/sha256.hpp"

namespace brink {
namespace {

/// What is recorded of the environment, and nothing else.
constexpr std::array scheduler_names{
    // Slurm
    "SLURM_CLUSTER_NAME", "SLURM_JOB_ID", "SLURM_JOB_NAME", "SLURM_JOB_PARTITION",
    "SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID", "SLURM_JOB_NODELIST", "SLURM_STEP_ID",
    "SLURM_PROCID", "SLURM_RESTART_COUNT",
    // PBS Professional, OpenPBS, Torque
    "PBS_JOBID", "PBS_JOBNAME", "PBS_QUEUE", "PBS_ARRAY_ID", "PBS_ARRAY_INDEX", "PBS_ARRAYID",
    // LSF
    "LSB_JOBID", "LSB_JOBNAME", "LSB_JOBINDEX", "LSB_QUEUE", "LSB_RESTART",
    // Grid Engine; its job id has this short name
    "JOB_ID", "SGE_TASK_ID", "SGE_CLUSTER_NAME",
    // Kubernetes; the last three where the manifest hands them in
    "JOB_COMPLETION_INDEX", "POD_NAME", "POD_NAMESPACE", "NODE_NAME",
    // AWS Batch
    "AWS_BATCH_JOB_ID", "AWS_BATCH_JQ_NAME", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ATTEMPT",
    // Airflow
    "AIRFLOW_CTX_DAG_ID", "AIRFLOW_CTX_DAG_RUN_ID", "AIRFLOW_CTX_TASK_ID", "AIRFLOW_CTX_TRY_NUMBER",
    "AIRFLOW_CTX_EXECUTION_DATE", "AIRFLOW_CTX_LOGICAL_DATE"};

/// A variable that counts starts, and what it says at the first one.
struct StartCounter {
    std::string_view name;
    std::uint64_t first;
};
constexpr std::array start_counters{StartCounter{"SLURM_RESTART_COUNT", 0},
                                    StartCounter{"AWS_BATCH_JOB_ATTEMPT", 1},
                                    StartCounter{"AIRFLOW_CTX_TRY_NUMBER", 1}};

std::string system_text()
{
    struct utsname names {};
    if (::uname(&names) != 0)
        return {};
    return fmt::format("{} {} {}", names.sysname, names.release, names.machine);
}

std::string cpu_model()
{
    std::ifstream file{"/proc/cpuinfo"};
    for (std::string line; std::getline(file, line);) {
        std::size_t const colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos)
            return line.substr(colon + 2);
    }
    return {};
}

std::vector<InputFile> describe_inputs(std::vector<SourceFile> const& sources)
{
    std::vector<InputFile> inputs;
    for (SourceFile const& source : sources)
        inputs.push_back({source.role, source.path, source.text.size(), sha256(source.text)});
    return inputs;
}

}  // namespace

std::map<std::string, std::string> scheduler_variables()
{
    std::map<std::string, std::string> variables;
    for (char const* const name : scheduler_names)
        if (char const* const value = std::getenv(name); value != nullptr && *value != '\0')
            variables.emplace(name, value);
    return variables;
}

std::uint64_t restart_count(std::map<std::string, std::string> const& scheduler_variables)
{
    std::uint64_t restarts = 0;
    for (StartCounter const& counter : start_counters) {
        auto const found = scheduler_variables.find(std::string{counter.name});
        if (found == scheduler_variables.end())
            continue;
        std::string const& text = found->second;
        std::uint64_t count = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error == std::errc{} && end == text.data() + text.size() && count > counter.first)
            restarts = std::max(restarts, count - counter.first);
    }
    return restarts;
}

std::uint64_t peak_memory_bytes()
{
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts in KiB
}

Manifest open_manifest(Scenario const& scenario, Plan const& plan)
{
    Manifest manifest;
    manifest.compiler = build_compiler;
    manifest.build_type = build_type;
    manifest.build_flags = build_flags;
    manifest.system = system_text();
    manifest.cpu = cpu_model();
    manifest.threads = static_cast<std::uint64_t>(plan.threads);
    manifest.inputs = describe_inputs(scenario.sources);
    manifest.scheduler = scheduler_variables();
    manifest.restarts = restart_count(manifest.scheduler);
    manifest.peak_memory_bytes = peak_memory_bytes();
    return manifest;
}

}  // namespace brink
