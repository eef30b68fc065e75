// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "host/plan/run_shape.hpp"
#include "host/program/build_program.hpp"
#include "kernels/executor.hpp"

namespace brink {

/// Where paths run: `auto`, `cpu`, `cuda` or `cuda:0,2`.
struct DeviceChoice {
    enum class Kind : std::uint8_t { automatic, cpu, cuda };
    Kind kind{Kind::automatic};
    std::vector<int> cuda_devices;  ///< empty: all

    /// \throws std::invalid_argument with a sentence for the user
    static DeviceChoice parse(std::string const& text);
};

struct EngineOptions {
    DeviceChoice device;
    int threads{0};  ///< 0: all cores
};

/// What an engine has its CPU executor run; nothing where it runs elsewhere.
using CpuProgram =
    std::variant<std::monostate, ProgramInput<float> const*, ProgramInput<double> const*>;

/// A scenario's program on its executor, whatever the number type. Owns both.
class ScenarioEngine {
  public:
    virtual ~ScenarioEngine() = default;

    [[nodiscard]] virtual ExecutorInfo info() const = 0;
    /// As Executor::run.
    virtual void run(std::span<ChunkJob const> workload) = 0;
    /// As Executor::reduces and Executor::run_reduced.
    [[nodiscard]] virtual bool reduces() const = 0;
    virtual void run_reduced(std::span<ChunkJob const> workload, ReduceRequest const& request,
                             std::span<ChunkReduction> reductions) = 0;
    /// As Executor::trace.
    virtual void trace(std::uint64_t path, PathTrace& trace) = 0;
    /// [bytes]
    [[nodiscard]] virtual std::size_t workspace_bytes() const = 0;

    [[nodiscard]] virtual ProgramNames const& names() const = 0;
    [[nodiscard]] virtual RunShape const& shape() const = 0;
    [[nodiscard]] virtual double opening_value() const = 0;
    [[nodiscard]] virtual std::vector<std::string> const& warnings() const = 0;
    [[nodiscard]] virtual std::vector<std::string> const& assumptions() const = 0;
    [[nodiscard]] virtual std::vector<MatrixRepair> const& correlation_repairs() const = 0;
    /// Owner of each account, shape [accounts].
    [[nodiscard]] virtual std::vector<std::int32_t> owner_of_accounts() const = 0;
    /// Valid while the engine lives.
    [[nodiscard]] virtual CpuProgram cpu_program() const { return {}; }
};

/// Build the program and start the executor that the options name.
/// \return null where problems were added
/// \throws DeviceUnavailable
[[nodiscard]] std::unique_ptr<ScenarioEngine> make_engine(Scenario const& scenario,
                                                          EngineOptions const& options,
                                                          Problems& problems);

/// Whether the scenario builds, without starting anything. \return false where problems were added
[[nodiscard]] bool check_program(Scenario const& scenario, Problems& problems);

}  // namespace brink
