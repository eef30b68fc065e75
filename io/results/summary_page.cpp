// SPDX-License-Identifier: Apache-2.0
#include "io/results/summary_page.hpp"

#include "io/results/flags.hpp"
#include "io/results/number_text.hpp"
#include "io/results/statistics_table.hpp"

#include <fmt/format.h>
#include <algorithm>

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

std::string SummaryPage::mark(std::string const& flags)
{
    std::string marks;
    for (std::size_t begin = 0; begin < flags.size();) {
        std::size_t const end = std::min(flags.find(',', begin), flags.size());
        std::string const flag = flags.substr(begin, end - begin);
        if (index_of(flags_, flag) == flags_.size())
            flags_.push_back(flag);
        marks += fmt::format("{}{}", marks.empty() ? "" : ",", index_of(flags_, flag) + 1);
        begin = end + 1;
    }
    return marks.empty() ? "" : fmt::format(" [{}]", marks);
}

void SummaryPage::footnotes()
{
    for (std::size_t i = 0; i < flags_.size(); ++i)
        line(fmt::format("[{}] {}", i + 1, flag_reason(flags_[i])));
}

}  // namespace brink
