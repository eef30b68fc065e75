// SPDX-License-Identifier: Apache-2.0
#include "io/results/summary_page.hpp"

#include "io/results/number_text.hpp"
#include "io/results/statistics_table.hpp"

#include <fmt/format.h>

namespace brink {

void SummaryPage::heading(std::string_view title, std::string_view last)
{
    text_ += fmt::format("\n{:<30}{:>15} {:>14}   {:<26}{:>10}\n", title, "estimate", "± se",
                         "95 % interval", last);
}

void SummaryPage::row(std::string_view label, Estimate const& estimate, TextOf text_of)
{
    std::string const interval = fmt::format("{} .. {}", text_of(estimate.lo, estimate.se),
                                             text_of(estimate.hi, estimate.se));
    text_ +=
        fmt::format("  {:<28}{:>15} {:>14}   {:<26}{:>10}\n",
                    std::string{label} + mark(estimate.flag), text_of(estimate.value, estimate.se),
                    text_of(estimate.se, estimate.se), interval, count_text(estimate.n_tail));
}

std::string SummaryPage::mark(std::string const& flag)
{
    if (flag.empty())
        return {};
    std::size_t const index = index_of(flags_, flag);
    if (index == flags_.size())
        flags_.push_back(flag);
    return fmt::format(" [{}]", index + 1);
}

void SummaryPage::footnotes()
{
    for (std::size_t i = 0; i < flags_.size(); ++i)
        line(fmt::format("[{}] {}", i + 1, flags_[i]));
}

}  // namespace brink
