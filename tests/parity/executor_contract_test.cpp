// SPDX-License-Identifier: Apache-2.0
// What host/run relies on, whatever runs the paths.
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/parity/backend.hpp"
#include "tests/parity/parity_scenarios.hpp"
#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

class ExecutorContract : public testing::TestWithParam<test::Backend> {
  protected:
    test::ScenarioRunner<float> runner_{test::one_asset_text("float")};

    std::size_t rows() const
    {
        return static_cast<std::size_t>(runner_.program().num_scopes) * num_columns;
    }

    std::unique_ptr<Executor<float>> make() const
    {
        return test::make_executor(GetParam(), runner_.input());
    }

    /// Paths [first, first + count) in one job.
    std::vector<double> run(Executor<float>& executor, std::uint64_t first,
                            std::int64_t count) const
    {
        std::vector<double> columns(rows() * static_cast<std::size_t>(count));
        ChunkJob const job{first, count, {.columns = columns.data(), .paths = count}};
        executor.run({&job, 1});
        return columns;
    }

    static void expect_same_bits(double a, double b)
    {
        ASSERT_EQ(std::bit_cast<std::uint64_t>(a), std::bit_cast<std::uint64_t>(b));
    }
};

TEST_P(ExecutorContract, SaysWhoComputes)
{
    BRINK_REQUIRE_BACKEND(GetParam());
    ExecutorInfo const info = make()->info();

    EXPECT_EQ(info.backend, test::backend_name(GetParam()));
    EXPECT_EQ(info.arithmetic, "strict-" + test::backend_name(GetParam()));
    EXPECT_FALSE(info.devices.empty());
    EXPECT_GE(info.parallel_paths, 1);
}

TEST_P(ExecutorContract, OutcomesDoNotDependOnHowPathsAreCutIntoChunks)
{
    BRINK_REQUIRE_BACKEND(GetParam());
    auto const executor = make();
    // Not a multiple of a device block (128), of a pack, or of a launch.
    constexpr std::int64_t paths = 64 * 11 + 37;
    std::vector<double> const whole = run(*executor, 0, paths);

    std::vector<double> parts(rows() * paths, std::numeric_limits<double>::infinity());
    std::vector<ChunkJob> jobs;
    for (std::int64_t first = 0; first < paths; first += 192)
        jobs.push_back({static_cast<std::uint64_t>(first),
                        std::min<std::int64_t>(192, paths - first),
                        {.columns = parts.data() + first, .paths = paths}});
    std::swap(jobs.front(), jobs.back());
    executor->run(jobs);

    for (std::size_t i = 0; i < whole.size(); ++i)
        expect_same_bits(whole[i], parts[i]);
}

TEST_P(ExecutorContract, WritesItsPathsAndNothingElse)
{
    BRINK_REQUIRE_BACKEND(GetParam());
    constexpr std::int64_t row = 300, first = 7, count = 130;
    constexpr double untouched = -12345.0;
    std::vector<double> columns(rows() * row, untouched);

    ChunkJob const job{640, count, {.columns = columns.data() + first, .paths = row}};
    make()->run({&job, 1});

    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto const path = static_cast<std::int64_t>(i) % row;
        ASSERT_EQ(columns[i] == untouched, path < first || path >= first + count) << i;
    }
}

TEST_P(ExecutorContract, APathIsTheSameWhateverRunsBesideIt)
{
    BRINK_REQUIRE_BACKEND(GetParam());
    auto const executor = make();
    std::vector<double> const many = run(*executor, 0, 1024);
    std::vector<double> const one = run(*executor, 960, 1);

    for (std::size_t row = 0; row < rows(); ++row)
        expect_same_bits(many[row * 1024 + 960], one[row]);
}

TEST_P(ExecutorContract, RunsPathIdsBeyondThirtyTwoBits)
{
    BRINK_REQUIRE_BACKEND(GetParam());
    auto const executor = make();
    std::vector<double> const low = run(*executor, 64, 64);
    std::vector<double> const high = run(*executor, (std::uint64_t{1} << 40) + 64, 64);

    int different = 0;
    for (std::size_t i = 0; i < 64; ++i)
        different += low[i] != high[i] ? 1 : 0;
    EXPECT_EQ(different, 64);
}

TEST_P(ExecutorContract, FillsTheFanOfTheFirstPathsOnly)
{
    BRINK_REQUIRE_BACKEND(GetParam());
    Program<float> const program = runner_.program();
    constexpr std::int64_t paths = 256, fan_paths = 200;
    std::vector<double> columns(rows() * paths);
    std::vector<float> fan(static_cast<std::size_t>(program.fan_times * fan_paths), -1.0F);

    ChunkJob const job{
        0, paths, {.columns = columns.data(), .paths = paths, .fan = {fan.data(), fan_paths}}};
    make()->run({&job, 1});

    auto const lowest = static_cast<std::size_t>(Column::min_health) * paths;
    for (std::size_t path = 0; path < fan_paths; ++path) {
        float least = std::numeric_limits<float>::infinity();
        for (std::size_t t = 0; t < static_cast<std::size_t>(program.fan_times); ++t)
            least = std::min(least, fan[t * fan_paths + path]);
        ASSERT_NE(least, -1.0F);
        // The column also knows the steps between fan times and the health right after events.
        ASSERT_LE(columns[lowest + path], static_cast<double>(least) * (1 + 1e-6) + 1e-6);
    }
}

/// With one account, its fan is the book's.
TEST_P(ExecutorContract, FillsTheFanOfANamedAccount)
{
    BRINK_REQUIRE_BACKEND(GetParam());
    Program<float> const program = runner_.program();
    ASSERT_EQ(program.accounts.size, 1);
    ASSERT_EQ(program.num_scopes, 2);
    constexpr std::int64_t paths = 256, fan_paths = 100;
    std::vector<double> columns(rows() * paths);
    auto const values = static_cast<std::size_t>(program.fan_times * fan_paths);
    std::vector<float> book(values, -1.0F), account(values, -2.0F);

    ChunkJob const job{0,
                       paths,
                       {.columns = columns.data(),
                        .paths = paths,
                        .fan = {book.data(), fan_paths},
                        .account_fans = {account.data(), fan_paths}}};
    make()->run({&job, 1});

    EXPECT_EQ(account, book);
}

TEST_P(ExecutorContract, AnEmptyWorkloadIsDoneAtOnce)
{
    BRINK_REQUIRE_BACKEND(GetParam());
    EXPECT_NO_THROW(make()->run({}));
}

INSTANTIATE_TEST_SUITE_P(Backends, ExecutorContract,
                         testing::Values(test::Backend::cpu, test::Backend::cuda),
                         [](auto const& test) { return test::backend_name(test.param); });

TEST(CudaDevices, AreListedOrTheirAbsenceIsExplained)
{
    EXPECT_EQ(cuda_devices().empty(), !cuda_status().empty());
}

TEST(CudaDevices, AskingForOneThatIsNotThereIsRefusedWithAReason)
{
    test::ScenarioRunner<float> const runner{test::one_asset_text("float")};
    int const beyond = 4096;
    try {
        static_cast<void>(make_cuda_executor(runner.input(), {beyond}));
        FAIL() << "an executor on GPU 4096";
    } catch (DeviceUnavailable const& error) {
        EXPECT_GT(std::string{error.what()}.size(), 10U);
    }
}

}  // namespace
}  // namespace brink
