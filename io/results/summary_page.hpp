// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/results/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// The summary as it grows: lines, tables of estimates, and footnotes on their flags.
class SummaryPage {
    std::string text_;
    std::vector<std::string> flags_;

    /// ` [1,3]` for flags joined by commas, numbered as they come.
    std::string mark(std::string const& flags);

  public:
    /// Makes text of a number, given the standard error that its decimals may follow.
    using TextOf = std::string (*)(double value, double se);

    void line(std::string const& text) { text_ += text + "\n"; }
    /// Head of a table of estimates. \param last what the last column counts
    void heading(std::string_view title, std::string_view last);
    void row(std::string_view label, Estimate const& estimate, TextOf text_of);
    void footnotes();
    [[nodiscard]] std::string const& text() const { return text_; }
};

}  // namespace brink
