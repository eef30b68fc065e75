// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/decimal_level.hpp"

#include <charconv>

namespace brink {
namespace {

using Wide = unsigned __int128;

constexpr int max_digits = 18;

/// Digits of a decimal number and the power of ten of its last digit.
struct Digits {
    std::string text;
    int exponent{0};
};

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Exponent after 'e'; nothing where it is not a small whole number.
std::optional<int> parse_exponent(std::string_view text)
{
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    int exponent = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    bool const whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || exponent < -max_digits || exponent > max_digits)
        return std::nullopt;
    return exponent;
}

std::optional<Digits> split(std::string_view text)
{
    Digits digits;
    bool after_point = false;
    std::size_t i = 0;
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.' && !after_point) {
            after_point = true;
        } else if (is_digit(text[i])) {
            digits.text += text[i];
            digits.exponent -= after_point ? 1 : 0;
        } else {
            return std::nullopt;
        }
    }
    if (digits.text.empty())
        return std::nullopt;
    if (i == text.size())
        return digits;
    auto const exponent = parse_exponent(text.substr(i + 1));
    if (!exponent)
        return std::nullopt;
    digits.exponent += *exponent;
    return digits;
}

/// Drop zeros that change no value.
void normalise(Digits& digits)
{
    while (!digits.text.empty() && digits.text.back() == '0') {
        digits.text.pop_back();
        ++digits.exponent;
    }
    digits.text.erase(0, digits.text.find_first_not_of('0'));
}

}  // namespace

std::optional<DecimalLevel> DecimalLevel::parse(std::string_view text)
{
    auto digits = split(text);
    if (!digits)
        return std::nullopt;
    normalise(*digits);
    int const decimals = -digits->exponent;
    // Between 0 and 1: a digit that counts, and none before the point.
    if (digits->text.empty() || decimals < static_cast<int>(digits->text.size())
        || decimals > max_digits)
        return std::nullopt;
    DecimalLevel level;
    for (char const c : digits->text)
        level.numerator_ = level.numerator_ * 10 + static_cast<std::uint64_t>(c - '0');
    for (int i = 0; i < decimals; ++i)
        level.denominator_ *= 10;
    std::size_t const zeros = static_cast<std::size_t>(decimals) - digits->text.size();
    level.text_ = "0." + std::string(zeros, '0') + digits->text;
    return level;
}

double DecimalLevel::value() const
{
    return static_cast<double>(static_cast<long double>(numerator_)
                               / static_cast<long double>(denominator_));
}

double DecimalLevel::complement() const
{
    return static_cast<double>(static_cast<long double>(denominator_ - numerator_)
                               / static_cast<long double>(denominator_));
}

std::uint64_t DecimalLevel::rank(std::uint64_t n) const
{
    return static_cast<std::uint64_t>((Wide{numerator_} * n + (denominator_ - 1)) / denominator_);
}

std::uint64_t DecimalLevel::tail_count(std::uint64_t n) const
{
    return n - static_cast<std::uint64_t>(Wide{numerator_} * n / denominator_);
}

double DecimalLevel::tail_mass(std::uint64_t n) const
{
    Wide const product = Wide{denominator_ - numerator_} * n;
    auto const whole = static_cast<std::uint64_t>(product / denominator_);
    auto const rest = static_cast<std::uint64_t>(product % denominator_);
    return static_cast<double>(static_cast<long double>(whole)
                               + static_cast<long double>(rest)
                                     / static_cast<long double>(denominator_));
}

bool operator<(DecimalLevel const& a, DecimalLevel const& b)
{
    return Wide{a.numerator_} * b.denominator_ < Wide{b.numerator_} * a.denominator_;
}

}  // namespace brink
