// SPDX-License-Identifier: Apache-2.0
#include "host/run/scenario_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/run/stop_signal.hpp"

namespace brink {
namespace {

/// Least compiled asset count that holds `assets`; 0: none does.
int padded_count(std::vector<int> const& counts, std::uint64_t assets)
{
    for (int const count : counts)
        if (static_cast<std::uint64_t>(count) >= assets)
            return count;
    return 0;
}

template<class T>
ProgramInput<T> make_input(BuiltProgram<T> const& built, int padded_assets)
{
    return {built.tables.view(), built.market, padded_assets, built.tables.bytes(),
            &stop_requested};
}

template<class T>
std::unique_ptr<Executor<T>> start_cuda(BuiltProgram<T> const& built, DeviceChoice const& choice)
{
    auto const assets = built.names.assets.size();
    int const padded = padded_count(cuda_asset_counts(), assets);
    if (padded == 0 && !cuda_asset_counts().empty())
        throw DeviceUnavailable{fmt::format(
            "the CUDA kernels of this build hold {} assets at most, the scenario has {}",
            cuda_asset_counts().back(), assets)};
    return make_cuda_executor<T>(make_input(built, padded), choice.cuda_devices);
}

template<class T>
std::unique_ptr<Executor<T>> start_executor(BuiltProgram<T> const& built,
                                            EngineOptions const& options)
{
    using Kind = DeviceChoice::Kind;
    bool const fits_gpu = padded_count(cuda_asset_counts(), built.names.assets.size()) > 0;
    bool const use_cuda =
        options.device.kind == Kind::cuda
        || (options.device.kind == Kind::automatic && fits_gpu && !cuda_devices().empty());
    if (use_cuda)
        return start_cuda(built, options.device);
    return make_cpu_executor<T>(make_input(built, built.padded_assets), options.threads);
}

template<class T>
class BuiltEngine final : public ScenarioEngine {
    BuiltProgram<T> built_;
    RunShape shape_;
    std::unique_ptr<Executor<T>> executor_;  ///< refers to built_

  public:
    BuiltEngine(Scenario const& scenario, BuiltProgram<T> built, EngineOptions const& options)
        : built_{std::move(built)},
          shape_{shape_of(scenario, built_)},
          executor_{start_executor(built_, options)}
    {}
    BuiltEngine(BuiltEngine const&) = delete;
    BuiltEngine& operator=(BuiltEngine const&) = delete;
    ~BuiltEngine() override = default;

    ExecutorInfo info() const override { return executor_->info(); }
    void run(std::span<ChunkJob const> workload) override { executor_->run(workload); }
    bool reduces() const override { return executor_->reduces(); }
    void run_reduced(std::span<ChunkJob const> workload, ReduceRequest const& request,
                     std::span<ChunkReduction> reductions) override
    {
        executor_->run_reduced(workload, request, reductions);
    }
    void trace(std::uint64_t path, PathTrace& trace) override { executor_->trace(path, trace); }
    std::size_t workspace_bytes() const override { return executor_->workspace_bytes(); }
    ProgramNames const& names() const override { return built_.names; }
    RunShape const& shape() const override { return shape_; }
    double opening_value() const override { return built_.opening_value; }
    std::vector<std::string> const& warnings() const override { return built_.warnings; }
    std::vector<MatrixRepair> const& correlation_repairs() const override
    {
        return built_.correlation_repairs;
    }
    std::vector<std::string> const& assumptions() const override { return built_.assumptions; }
    std::vector<std::int32_t> owner_of_accounts() const override
    {
        Program<T> const program = built_.tables.view();
        std::vector<std::int32_t> owners;
        for (Account<T> const& account : program.tables[program.accounts])
            owners.push_back(account.owner);
        return owners;
    }
};

template<class T>
std::unique_ptr<ScenarioEngine> build_engine(Scenario const& scenario, EngineOptions const& options,
                                             Problems& problems)
{
    auto built = build_program<T>(scenario, problems);
    if (!built)
        return nullptr;
    return std::make_unique<BuiltEngine<T>>(scenario, std::move(*built), options);
}

}  // namespace

std::unique_ptr<ScenarioEngine> make_engine(Scenario const& scenario, EngineOptions const& options,
                                            Problems& problems)
{
    return scenario.run.precision == Precision::float64
               ? build_engine<double>(scenario, options, problems)
               : build_engine<float>(scenario, options, problems);
}

bool check_program(Scenario const& scenario, Problems& problems)
{
    return scenario.run.precision == Precision::float64
               ? build_program<double>(scenario, problems).has_value()
               : build_program<float>(scenario, problems).has_value();
}

}  // namespace brink
