// SPDX-License-Identifier: Apache-2.0
// Every example and variants of its rules, run together and each alone, by every instruction set.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <stdexcept>

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
               && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(Value)) == 0);
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

/// Variants of a scenario as programs, with memory to run them.
template<class T>
struct GroupedVariants {
    std::vector<BuiltProgram<T>> built;
    Engine<T> engine;
    std::vector<Program<T>> programs;
    std::vector<ProgramInput<T>> inputs;
    Scratch scratch;

    GroupedVariants(std::string const& file, EngineList<T> engines)
        : built{build_variants<T>(file)}, engine{engine_of(engines, built.at(0).padded_assets)}
    {
        std::size_t largest = 0;
        for (BuiltProgram<T> const& each : built) {
            programs.push_back(each.tables.view());
            inputs.push_back({programs.back(), each.market, each.padded_assets});
            largest = std::max(largest, engine.scratch_bytes(programs.back()));
        }
        scratch = allocate_scratch(largest * (programs.size() + 1));
    }

    [[nodiscard]] std::vector<LeftBehind> leave_nothing() const
    {
        return {programs.begin(), programs.end()};
    }
    [[nodiscard]] std::vector<LeftBehind> run_alone() const
    {
        std::vector<LeftBehind> left = leave_nothing();
        for (std::size_t i = 0; i < programs.size(); ++i)
            engine.run({&programs[i], &built[i].market, &left[i].sink, group_first_path,
                        group_paths, 0, scratch.get(), nullptr, 0});
        return left;
    }
    void run_group(std::vector<MemberCall<T>>& members,
                   std::vector<std::uint32_t> const* places) const
    {
        auto const paths =
            places == nullptr ? group_paths : static_cast<std::int64_t>(places->size());
        engine.run_group({members.data(), static_cast<int>(members.size()), &built[0].market,
                          group_first_path, paths, 0, places == nullptr ? nullptr : places->data(),
                          scratch.get()});
    }
    [[nodiscard]] std::vector<LeftBehind> run_together() const
    {
        std::vector<LeftBehind> left = leave_nothing();
        std::vector<MemberCall<T>> members;
        for (std::size_t i = 0; i < programs.size(); ++i)
            members.push_back({{&programs[i], &left[i].sink}, nullptr, 0, nullptr, 0});
        run_group(members, nullptr);
        return left;
    }
    /// The first program, those that look like it as its followers, and the others beside it.
    [[nodiscard]] std::vector<LeftBehind> run_with_followers() const
    {
        std::vector<LeftBehind> left = leave_nothing();
        std::vector<std::uint32_t> busy(static_cast<std::size_t>(group_paths));
        std::vector<ProgramAndSink<T>> followers;
        std::vector<MemberCall<T>> members(1), later;
        for (std::size_t i = 1; i < programs.size(); ++i) {
            ProgramAndSink<T> const one{&programs[i], &left[i].sink};
            bool const follows = same_look(inputs[0], inputs[i]);
            if (follows)
                followers.push_back(one);
            (follows ? later : members).push_back({one, nullptr, 0, nullptr, 0});
        }
        EXPECT_FALSE(followers.empty());
        members[0] = {{&programs[0], &left[0].sink},
                      followers.data(),
                      static_cast<int>(followers.size()),
                      busy.data(),
                      0};
        run_group(members, nullptr);
        busy.resize(static_cast<std::size_t>(members[0].num_busy));
        if (!busy.empty())
            run_group(later, &busy);
        return left;
    }
};

void expect_same_bits(std::vector<LeftBehind> const& a, std::vector<LeftBehind> const& b,
                      std::string const& what)
{
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        EXPECT_TRUE(a[i].is_same(b[i])) << what << ", variant " << i;
}

template<class T>
void expect_same_bits_together(std::string const& file, EngineList<T> engines)
{
    GroupedVariants<T> const variants{file, engines};
    ASSERT_GE(variants.programs.size(), 3U);
    for (ProgramInput<T> const& input : variants.inputs)
        ASSERT_TRUE(same_market(variants.inputs[0], input));

    std::vector<LeftBehind> const alone = variants.run_alone();

    expect_same_bits(alone, variants.run_together(), file);
    expect_same_bits(alone, variants.run_with_followers(), file + " with followers");
    EXPECT_TRUE(std::any_of(alone.begin(), alone.end(),
                            [&](LeftBehind const& left) { return !left.is_same(alone[0]); }))
        << "the variants of " << file << " are all alike";
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
