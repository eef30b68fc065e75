// SPDX-License-Identifier: Apache-2.0
// Outcomes reduced on the device against the host's summaries of the same device's columns.
#include <bit>
#include <cmath>
#include <vector>

#include "host/statistics/from_device.hpp"
#include "tests/parity/backend.hpp"
#include "tests/parity/parity_scenarios.hpp"
#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

constexpr std::int64_t chunk_paths = 1024;
/// Three whole chunks and an odd one.
constexpr std::int64_t all_paths = 3 * chunk_paths + 333;
constexpr std::uint32_t num_worst = 9;

class DeviceReduction : public testing::Test {
  protected:
    test::ScenarioRunner<float> runner_{test::one_asset_text("float")};
    std::size_t rows_ = static_cast<std::size_t>(runner_.program().num_scopes) * num_columns;
    std::vector<double> columns_ = std::vector<double>(rows_ * all_paths);

    /// Chunks of the run, each with its part of `columns_`.
    std::vector<ChunkJob> jobs()
    {
        std::vector<ChunkJob> jobs;
        for (std::int64_t first = 0; first < all_paths; first += chunk_paths)
            jobs.push_back({static_cast<std::uint64_t>(first),
                            std::min(chunk_paths, all_paths - first),
                            {.columns = columns_.data() + first, .paths = all_paths}});
        return jobs;
    }

    ChunkSummary on_host(OutcomeKind kind, std::int32_t column, ChunkJob const& job) const
    {
        double const* const flags = job.sink.at(0, static_cast<std::int32_t>(Column::mark), 0);
        std::vector<std::uint8_t> invalid;
        for (std::int64_t i = 0; i < job.num_paths; ++i)
            invalid.push_back(flags[i] != 0 ? 1 : 0);
        return ChunkSummariser{}(kind, num_worst,
                                 {0, job.first_path, static_cast<std::uint32_t>(job.num_paths),
                                  job.sink.at(0, column, 0), invalid.data()});
    }
};

void expect_same(ChunkSummary const& host, ChunkSummary const& device)
{
    auto const bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
    EXPECT_EQ(host.num_invalid, device.num_invalid);
    EXPECT_EQ(host.num_absent, device.num_absent);
    EXPECT_EQ(host.num_infinite, device.num_infinite);
    EXPECT_EQ(host.num_zeros, device.num_zeros);
    EXPECT_EQ(host.num_events, device.num_events);
    EXPECT_EQ(host.moments.count, device.moments.count);
    EXPECT_EQ(bits(host.moments.sum), bits(device.moments.sum));
    EXPECT_EQ(bits(host.moments.m2), bits(device.moments.m2));
    EXPECT_EQ(bits(host.moments.m3), bits(device.moments.m3));
    EXPECT_EQ(bits(host.moments.m4), bits(device.moments.m4));
    EXPECT_EQ(bits(host.smallest), bits(device.smallest));
    EXPECT_EQ(bits(host.largest), bits(device.largest));
    EXPECT_EQ(host.tail, device.tail);
    ASSERT_EQ(host.bins.size(), device.bins.size());
    for (std::size_t i = 0; i < host.bins.size(); ++i) {
        EXPECT_EQ(host.bins[i].bin, device.bins[i].bin);
        EXPECT_EQ(host.bins[i].count, device.bins[i].count);
        EXPECT_TRUE(host.bins[i].value == device.bins[i].value
                    || (std::isnan(host.bins[i].value) && std::isnan(device.bins[i].value)));
    }
    EXPECT_EQ(host.worst.size(), device.worst.size());
}

TEST_F(DeviceReduction, GivesTheSummariesOfTheColumns)
{
    BRINK_REQUIRE_BACKEND(test::Backend::cuda);
    auto const executor = make_cuda_executor(runner_.input(), {});
    ASSERT_TRUE(executor->reduces());
    ReduceRequest request;
    for (std::size_t i = 0; i < outcome_list.size(); ++i)
        request.columns.push_back(
            column_request(0, static_cast<std::int32_t>(i), outcome_list[i].kind, num_worst, {}));
    request.parts = {static_cast<std::int32_t>(Column::funding)};
    request.wants_rows = true;
    std::vector<ChunkJob> const workload = jobs();
    std::vector<ChunkReduction> reductions(workload.size());

    executor->run(workload);
    executor->run_reduced(workload, request, reductions);

    for (std::size_t chunk = 0; chunk < workload.size(); ++chunk) {
        for (std::size_t i = 0; i < outcome_list.size(); ++i) {
            SCOPED_TRACE(std::string{outcome_list[i].name} + ", chunk " + std::to_string(chunk));
            OutcomeKind const kind = outcome_list[i].kind;
            expect_same(on_host(kind, static_cast<std::int32_t>(i), workload[chunk]),
                        summary_from_device(kind, num_worst, 0, reductions[chunk].columns[i]));
        }
        EXPECT_EQ(reductions[chunk].parts.size(), 2U);
        auto const& listed = reductions[chunk].columns[0].worst;
        ASSERT_EQ(reductions[chunk].rows.size(), listed.size() * num_outcomes);
        for (std::size_t i = 0; i < listed.size(); ++i)
            EXPECT_EQ(reductions[chunk].rows[i * num_outcomes],
                      static_cast<float>(columns_[listed[i].path]));
    }
}

}  // namespace
}  // namespace brink
