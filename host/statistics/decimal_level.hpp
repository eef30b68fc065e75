// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace brink {

/// A level between 0 and 1 taken as the decimal that was written, so that 0.99 of 100 paths is
/// exactly 99 and not 99.00000000000001.
class DecimalLevel {
    std::uint64_t numerator_{0};    ///< 0 < numerator < denominator
    std::uint64_t denominator_{1};  ///< 10^digits
    std::string text_;              ///< shortest form: "0.99"

    DecimalLevel() = default;

  public:
    /// Read "0.99", ".99", "0.990" or "9.9e-1"; nothing where the text is no decimal number
    /// strictly between 0 and 1 or has more than 18 decimals.
    static std::optional<DecimalLevel> parse(std::string_view text);

    /// \return "0.99": no trailing zeros, part of a statistic's name
    std::string const& text() const { return text_; }
    double value() const;
    /// 1 - a, rounded once.
    double complement() const;

    /// Rank of the order statistic: ceil(a n), 1-based from the smallest; 0 for n = 0.
    std::uint64_t rank(std::uint64_t n) const;
    /// ceil((1 - a) n): paths that count, in part or whole, in the tail above the level.
    std::uint64_t tail_count(std::uint64_t n) const;
    /// (1 - a) n, rounded once.
    double tail_mass(std::uint64_t n) const;

    friend bool operator==(DecimalLevel const& a, DecimalLevel const& b)
    {
        return a.text_ == b.text_;
    }
    /// Compares the numbers.
    friend bool operator<(DecimalLevel const& a, DecimalLevel const& b);
};

}  // namespace brink
