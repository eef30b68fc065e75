// SPDX-License-Identifier: Apache-2.0
// The GPU against the CPU, which is the definition of right.
#include <bit>
#include <cmath>
#include <iostream>
#include <vector>

#include "tests/parity/backend.hpp"
#include "tests/parity/parity_scenarios.hpp"
#include "tests/support/scenario_runner.hpp"

namespace brink {
namespace {

/// More than a device block, and odd.
constexpr std::int64_t num_paths = 4096 + 37;
constexpr std::uint64_t first_path = 64 * 3;

bool is_whole_number(Column c)
{
    return c == Column::topup_count || c == Column::called || c == Column::liquidated
           || c == Column::defaulted || c == Column::bankrupt || c == Column::breached_at_start
           || c == Column::mark;
}

/// How far the columns of two backends are apart.
struct Difference {
    std::int64_t values{0}, same_bits{0};
    std::int64_t paths_with_other_events{0};
    double largest_money{0};  ///< on paths with the same events, [numeraire]
};

template<class T>
class Comparison {
    test::ScenarioRunner<T> runner_;
    std::vector<double> cpu_, gpu_;

    std::vector<double> run(test::Backend backend) const
    {
        std::vector<double> columns(
            static_cast<std::size_t>(runner_.program().num_scopes * num_columns * num_paths));
        ChunkJob const job{first_path, num_paths, {.columns = columns.data(), .paths = num_paths}};
        test::make_executor(backend, runner_.input())->run({&job, 1});
        return columns;
    }

    bool has_same_events(std::size_t scope, std::size_t path) const
    {
        for (std::size_t c = 0; c < num_columns; ++c) {
            std::size_t const i = (scope * num_columns + c) * num_paths + path;
            if (is_whole_number(static_cast<Column>(c)) && cpu_[i] != gpu_[i])
                return false;
        }
        return true;
    }

    static bool is_money(Column c)
    {
        return !is_whole_number(c) && c != Column::first_call_time
               && c != Column::first_liquidation_time && c != Column::min_health;
    }

  public:
    explicit Comparison(test::ParityScenario const& scenario)
        : runner_{scenario.text(), scenario.file},
          cpu_{run(test::Backend::cpu)},
          gpu_{run(test::Backend::cuda)}
    {}

    Difference difference() const
    {
        Difference d;
        auto const scopes = static_cast<std::size_t>(runner_.program().num_scopes);
        for (std::size_t scope = 0; scope < scopes; ++scope)
            for (std::size_t path = 0; path < num_paths; ++path) {
                bool const same_events = has_same_events(scope, path);
                d.paths_with_other_events += same_events ? 0 : 1;
                for (std::size_t c = 0; c < num_columns; ++c) {
                    std::size_t const i = (scope * num_columns + c) * num_paths + path;
                    ++d.values;
                    d.same_bits += std::bit_cast<std::uint64_t>(cpu_[i])
                                           == std::bit_cast<std::uint64_t>(gpu_[i])
                                       ? 1
                                       : 0;
                    if (same_events && is_money(static_cast<Column>(c)))
                        d.largest_money = std::max(d.largest_money, std::abs(cpu_[i] - gpu_[i]));
                }
            }
        return d;
    }

    /// [numeraire] A log price after K steps carries at most K roundings of one unit of 2^2 (its
    /// magnitude in base-2 logs stays below 4 on all but absurd paths); money is a price times at
    /// most 16 times the opening value.
    double money_bound() const
    {
        double const epsilon = std::numeric_limits<T>::epsilon();
        return runner_.program().num_steps * epsilon * 4 * 16
               * std::abs(const_cast<test::ScenarioRunner<T>&>(runner_).built().opening_value);
    }

    /// Flags may differ where a decision falls within the rounding of a price: with the bound above
    /// relative to a step's move of 1e-3 or more, that is at most 1 path in 1,000 for float.
    std::int64_t event_bound() const
    {
        return sizeof(T) == sizeof(float) ? num_paths * runner_.program().num_scopes / 1000 + 2 : 2;
    }
};

class CpuAgainstGpu : public testing::TestWithParam<test::ParityScenario> {};

template<class T>
void expect_parity(test::ParityScenario const& scenario)
{
    Comparison<T> const comparison{scenario};
    Difference const d = comparison.difference();

    std::cout << scenario.name << ": " << d.same_bits << " of " << d.values
              << " values have the same bits, " << d.paths_with_other_events
              << " paths other events (at most " << comparison.event_bound() << "), money within "
              << d.largest_money << " (at most " << comparison.money_bound() << ")\n";
    testing::Test::RecordProperty("same_bits", std::to_string(d.same_bits));
    testing::Test::RecordProperty("values", std::to_string(d.values));
    EXPECT_LE(d.paths_with_other_events, comparison.event_bound());
    EXPECT_LE(d.largest_money, comparison.money_bound());
    EXPECT_GT(d.same_bits, 0);
}

TEST_P(CpuAgainstGpu, AgreesOnEventsAndWithinABoundOnMoney)
{
    BRINK_REQUIRE_BACKEND(test::Backend::cuda);
    if (GetParam().name.ends_with("_double"))
        expect_parity<double>(GetParam());
    else
        expect_parity<float>(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Scenarios, CpuAgainstGpu, testing::ValuesIn(test::all_parity_scenarios()),
                         [](auto const& test) { return test.param.name; });

}  // namespace
}  // namespace brink
