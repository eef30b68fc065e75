// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/bin_counter.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace brink {
namespace {

constexpr int digit_bits = 10;  ///< two digits make a bin number
constexpr std::uint64_t digit_mask = (1U << digit_bits) - 1;
constexpr int low_digit = 32;
constexpr int high_digit = low_digit + digit_bits;
/// Below this, clearing the counters of a radix pass costs more than comparing.
constexpr std::size_t small_sample = 256;

using Counters = std::array<std::uint32_t, digit_mask + 1>;

std::uint64_t digit(std::uint64_t key, int shift)
{
    return key >> shift & digit_mask;
}

/// Stable pass by one digit; `place` holds the digit's counts and is used up.
void scatter(std::vector<std::uint64_t> const& from, std::vector<std::uint64_t>& to, int shift,
             Counters& place)
{
    std::uint32_t next = 0;
    for (std::uint32_t& begin : place)
        next += std::exchange(begin, next);
    for (std::uint64_t const key : from)
        to[place[digit(key, shift)]++] = key;
}

/// The one value of all places in a run of keys, NaN where they differ.
double common_value(std::span<std::uint64_t const> run, std::span<double const> values)
{
    auto const value_of = [&](std::uint64_t key) { return values[key & 0xffffffffU]; };
    double const first = value_of(run.front());
    for (std::uint64_t const key : run.subspan(1))
        if (value_of(key) != first)
            return std::numeric_limits<double>::quiet_NaN();
    return first;
}

}  // namespace

void BinCounter::sort()
{
    if (keys_.size() < small_sample) {
        std::sort(keys_.begin(), keys_.end());
        return;
    }
    Counters low{};
    Counters high{};
    for (std::uint64_t const key : keys_) {
        ++low[digit(key, low_digit)];
        ++high[digit(key, high_digit)];
    }
    swapped_.resize(keys_.size());
    scatter(keys_, swapped_, low_digit, low);
    scatter(swapped_, keys_, high_digit, high);
}

std::vector<BinCount> BinCounter::operator()(std::span<double const> values)
{
    keys_.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        keys_[i] = std::uint64_t{histogram_bin(values[i])} << low_digit | i;
    sort();
    std::vector<BinCount> bins;
    for (std::size_t first = 0; first < keys_.size();) {
        std::uint64_t const bin = keys_[first] >> low_digit;
        std::size_t end = first + 1;
        while (end < keys_.size() && keys_[end] >> low_digit == bin)
            ++end;
        std::span const run(keys_.data() + first, end - first);
        bins.push_back({static_cast<std::uint32_t>(bin), static_cast<std::uint32_t>(run.size()),
                        common_value(run, values)});
        first = end;
    }
    return bins;
}

}  // namespace brink
