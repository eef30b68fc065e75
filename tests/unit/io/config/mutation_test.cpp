// SPDX-License-Identifier: Apache-2.0
// Thousands of damaged scenarios: each is either refused with words and a place, or means what its
// canonical text says. Nothing throws or crashes (the sanitizer runs execute this test too).
#include "tests/unit/io/config/scenario_text.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string_view>

namespace brink {
namespace {

using test::small_scenario;

/// Words that a tired hand might type in the wrong place.
constexpr std::array<std::string_view, 24> words{"nan",
                                                 "-inf",
                                                 "1e400",
                                                 "-1",
                                                 "\"\"",
                                                 "[]",
                                                 "{}",
                                                 "true",
                                                 "\"P1M\"",
                                                 "\"USDT\"",
                                                 "0x10",
                                                 "[[1]]",
                                                 "1979-05-27",
                                                 "=",
                                                 "\n[run]",
                                                 "\n[[asset]]\n",
                                                 "\"\\u0000\"",
                                                 "'",
                                                 "{ a = 1 }",
                                                 "9223372036854775807",
                                                 "2025-01-01T00:00:00Z",
                                                 "\xff",
                                                 "#",
                                                 "[[{}]]"};

/// `text` with one of its pieces removed, doubled, or replaced.
std::string damaged(std::string const& text, std::mt19937& random)
{
    auto const below = [&](std::size_t n) {
        return std::uniform_int_distribution<std::size_t>{0, n - 1}(random);
    };
    if (text.size() < 2)
        return text;
    std::size_t const begin =
        std::min(text.find_first_of(" \n", below(text.size() - 1)), text.size() - 1);
    std::size_t const end = std::min(text.find_first_of(" \n,", begin + 1), text.size());
    std::string const piece = text.substr(begin, end - begin);
    std::string const before = text.substr(0, begin);
    std::string const after = text.substr(end);
    switch (below(4)) {
        case 0:
            return before + after;
        case 1:
            return before + piece + piece + after;
        case 2:
            return before + ' ' + std::string{words[below(words.size())]} + after;
        default:
            return text.substr(0, below(text.size()));
    }
}

class Mutation : public testing::TestWithParam<unsigned> {};

TEST_P(Mutation, IsRefusedWithWordsOrMeansWhatItSays)
{
    std::mt19937 random{GetParam()};
    for (int i = 0; i < 500; ++i) {
        std::string text = damaged(small_scenario, random);
        if (i % 2 == 0)
            text = damaged(text, random);
        SCOPED_TRACE(text);
        Problems problems;

        ReadResult result;
        ASSERT_NO_THROW(result = read_scenario_text(text, "test.toml", {}, problems));

        for (Problem const& problem : problems.problems())
            EXPECT_FALSE(problem.reason.empty() || problem.where.file.empty());
        if (problems.empty()) {
            Problems again;
            ReadResult const stored =
                read_scenario_text(result.scenario.canonical, "stored.toml", {}, again);
            ASSERT_TRUE(again.empty()) << test::all_messages(again);
            ASSERT_EQ(stored.scenario.canonical, result.scenario.canonical);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Mutation, testing::Range(1U, 9U));

TEST(MutationOfOptions, NeverThrows)
{
    std::mt19937 random{7};
    constexpr std::array<std::string_view, 12> keys{"run",
                                                    "run.paths",
                                                    "asset",
                                                    "asset.BTC",
                                                    "asset.0",
                                                    "asset.BTC.name",
                                                    "account.main.balances",
                                                    "venue.exchange.schedules.0.tiers.0",
                                                    "limits",
                                                    "owner.fund.response",
                                                    "market.include",
                                                    "a.b.c"};
    for (std::string_view const key : keys) {
        for (std::string_view const word : words) {
            Problems problems;
            std::string const option = std::string{key} + '=' + std::string{word};
            EXPECT_NO_THROW(
                (void)read_scenario_text(small_scenario, "test.toml", {option}, problems))
                << option;
        }
    }
}

}  // namespace
}  // namespace brink
