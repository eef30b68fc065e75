// SPDX-License-Identifier: Apache-2.0
// Every example and variants of its rules, run together and each alone, by every instruction set.
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>

#include <gtest/gtest.h>

#include "host/program/build_program.hpp"
#include "io/config/scenario_reader.hpp"
#include "kernels/cpu/engine.hpp"
#include "kernels/cpu/scratch.hpp"
#include "kernels/group_executor.hpp"
#include "tests/support/machine_isa.hpp"
#include "tests/support/rule_variants.hpp"

namespace brink {

namespace isa_v3 {
extern EngineRow const this_engine_row;
}
namespace isa_v4 {
extern EngineRow const this_engine_row;
}

namespace {

constexpr std::uint64_t group_first_path = 128;
constexpr std::int64_t group_paths = 70;  // packs, and a part of one

/// All that the paths of one program leave.
struct LeftBehind {
    std::vector<double> columns, table;
    std::vector<float> fan, account_fans;
    OutcomeSink sink;

    template<class T>
    explicit LeftBehind(Program<T> const& program)
    {
        auto const paths = static_cast<std::size_t>(group_paths);
        // Fans count paths from 0.
        auto const fan_paths = static_cast<std::int64_t>(group_first_path) + group_paths - 3;
        auto const fan_values = static_cast<std::size_t>(program.fan_times * fan_paths);
        columns.resize(static_cast<std::size_t>(program.num_scopes * num_columns) * paths);
        table.resize(static_cast<std::size_t>(program.accounts.size * num_table_columns) * paths);
        fan.resize(fan_values);
        account_fans.resize(static_cast<std::size_t>(program.num_account_scopes) * fan_values);
        sink = {.columns = columns.data(),
                .table = table.data(),
                .paths = group_paths,
                .fan = {fan.data(), fan_paths},
                .account_fans = {account_fans.data(), fan_paths}};
    }

    template<class Value>
    static bool same_bits(std::vector<Value> const& a, std::vector<Value> const& b)
    {
        return a.size() == b.size()
               && std::memcmp(a.data(), b.data(), a.size() * sizeof(Value)) == 0;
    }
    [[nodiscard]] bool is_same(LeftBehind const& other) const
    {
        return same_bits(columns, other.columns) && same_bits(table, other.table)
               && same_bits(fan, other.fan) && same_bits(account_fans, other.account_fans);
    }
};

template<class T>
std::vector<BuiltProgram<T>> build_variants(std::string const& file)
{
    Problems problems;
    ReadResult const read = read_scenario(file, {}, problems);
    std::vector<BuiltProgram<T>> built;
    for (Scenario const& variant : test::rule_variants(read.scenario)) {
        Problems own;
        if (auto program = problems.empty() ? build_program<T>(variant, own) : std::nullopt)
            built.push_back(std::move(*program));
    }
    return built;
}

template<class T>
Engine<T> engine_of(EngineList<T> list, int num_assets)
{
    for (Engine<T> const& engine : list)
        if (engine.num_assets == num_assets)
            return engine;
    throw std::logic_error{"no such engine"};
}

template<class T>
void expect_same_bits_together(std::string const& file, EngineList<T> engines)
{
    std::vector<BuiltProgram<T>> const built = build_variants<T>(file);
    ASSERT_GE(built.size(), 3U);
    Engine<T> const engine = engine_of(engines, built.front().padded_assets);
    std::vector<Program<T>> programs;
    std::vector<LeftBehind> alone, together;
    std::size_t scratch_bytes = 0;
    for (BuiltProgram<T> const& each : built) {
        programs.push_back(each.tables.view());
        ASSERT_TRUE(same_market(
            ProgramInput<T>{programs.front(), built.front().market, built.front().padded_assets},
            ProgramInput<T>{programs.back(), each.market, each.padded_assets}));
        alone.emplace_back(programs.back());
        together.emplace_back(programs.back());
        scratch_bytes += engine.scratch_bytes(programs.back());
    }
    Scratch const scratch = allocate_scratch(scratch_bytes);
    for (std::size_t i = 0; i < programs.size(); ++i)
        engine.run({&programs[i], &built[i].market, &alone[i].sink, group_first_path, group_paths,
                    0, scratch.get(), nullptr, 0});

    std::vector<GroupMemberCall<T>> members;
    for (std::size_t i = 0; i < programs.size(); ++i)
        members.push_back({&programs[i], &together[i].sink});
    engine.run_group({members.data(), static_cast<int>(members.size()), &built.front().market,
                      group_first_path, group_paths, 0, scratch.get()});

    int different = 0;
    for (std::size_t i = 0; i < programs.size(); ++i) {
        EXPECT_TRUE(together[i].is_same(alone[i])) << file << ", variant " << i;
        different += alone[i].is_same(alone[0]) ? 0 : 1;
    }
    EXPECT_GE(different, 1) << "the variants of " << file << " are all alike";
}

class GroupBits : public ::testing::TestWithParam<std::string> {};

TEST_P(GroupBits, AreThoseOfEachProgramAloneWithAvx2)
{
    BRINK_SKIP_WITHOUT(v3);
    expect_same_bits_together<float>(GetParam(), isa_v3::this_engine_row.engines_float());
    expect_same_bits_together<double>(GetParam(), isa_v3::this_engine_row.engines_double());
}

TEST_P(GroupBits, AreThoseOfEachProgramAloneWithAvx512)
{
    BRINK_SKIP_WITHOUT(v4);
    expect_same_bits_together<float>(GetParam(), isa_v4::this_engine_row.engines_float());
    expect_same_bits_together<double>(GetParam(), isa_v4::this_engine_row.engines_double());
}

std::vector<std::string> example_files()
{
    std::vector<std::string> files{BRINK_SOURCE_DIR "/configs/quickstart.toml"};
    for (auto const& entry :
         std::filesystem::directory_iterator{BRINK_SOURCE_DIR "/configs/examples"})
        if (entry.path().extension() == ".toml")
            files.push_back(entry.path().string());
    return files;
}

INSTANTIATE_TEST_SUITE_P(Examples, GroupBits, ::testing::ValuesIn(example_files()),
                         [](auto const& test) {
                             return std::filesystem::path{test.param}.stem().string();
                         });

}  // namespace
}  // namespace brink
