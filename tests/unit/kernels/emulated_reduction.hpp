// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "kernels/reduce/column_value.hpp"

namespace brink::test {

/// What the blocks of a device do with a column, step by step on the host: groups of 32 leaves
/// added by butterflies, the groups by levels of a tree of fixed width, lists in path order, bins
/// by sorting. The judging of values is the code that the device runs.
class EmulatedReduction {
    static constexpr std::size_t lanes = 32, max_groups = 65'536 / lanes;

    ColumnRequest request_;
    ValueJudge judge_;
    std::vector<double> const& values_;
    std::vector<std::uint8_t> const& invalid_;

    JudgedValue judged(std::size_t i) const { return judge_(values_[i], invalid_[i]); }

    static double butterfly(std::array<double, lanes> leaves)
    {
        for (std::size_t distance = 1; distance < lanes; distance *= 2) {
            std::array<double, lanes> const before = leaves;
            for (std::size_t lane = 0; lane < lanes; ++lane)
                leaves[lane] = before[lane] + before[lane ^ distance];
        }
        return leaves[0];
    }

    template<class Leaf>
    double tree(Leaf const& leaf) const
    {
        std::vector<double> groups(max_groups, 0.0);
        for (std::size_t first = 0; first < values_.size(); first += lanes) {
            std::array<double, lanes> leaves{};
            for (std::size_t i = first; i < std::min(first + lanes, values_.size()); ++i)
                leaves[i - first] = leaf(judged(i));
            groups[first / lanes] = butterfly(leaves);
        }
        for (std::size_t width = max_groups / 2; width > 0; width /= 2)
            for (std::size_t i = 0; i < width; ++i)
                groups[i] = groups[2 * i] + groups[2 * i + 1];
        return groups[0] + 0.0;
    }

    void count(ColumnSummary& out, std::uint64_t first_path, std::vector<double>& ranked) const
    {
        for (std::size_t i = 0; i < values_.size(); ++i) {
            JudgedValue const v = judged(i);
            bool const finite = v.standing == Standing::finite;
            out.num_invalid += v.standing == Standing::invalid;
            out.num_absent += v.standing == Standing::absent;
            out.num_infinite += v.standing == Standing::infinite;
            out.num_zeros += finite && v.value == 0.0;
            out.num_events += v.is_event;
            if (finite || v.standing == Standing::infinite) {
                out.smallest = vmin(out.smallest, v.value);
                out.largest = vmax(out.largest, v.value);
            }
            if (v.is_ranked)
                ranked.push_back(v.value);
            if (v.in_tail)
                out.tail.push_back(judge_.risk(v.value));
            if (v.in_worst)
                out.worst.push_back({judge_.risk(v.value), first_path + i});
        }
    }

    static std::vector<ColumnBin> bins_of(std::vector<double> ranked)
    {
        std::stable_sort(ranked.begin(), ranked.end(),
                         [](double a, double b) { return value_bin(a) < value_bin(b); });
        std::vector<ColumnBin> bins;
        for (std::size_t i = 0; i < ranked.size(); ++i) {
            if (i == 0 || value_bin(ranked[i]) != value_bin(ranked[i - 1]))
                bins.push_back({value_bin(ranked[i]), 0, ranked[i]});
            else if (ranked[i] != ranked[i - 1])
                bins.back().value = std::numeric_limits<double>::quiet_NaN();
            ++bins.back().count;
        }
        return bins;
    }

  public:
    EmulatedReduction(ColumnRequest const& request, std::vector<double> const& values,
                      std::vector<std::uint8_t> const& invalid)
        : request_{request}, judge_{request}, values_{values}, invalid_{invalid}
    {}

    ColumnSummary operator()(std::uint64_t first_path) const
    {
        ColumnSummary out;
        std::vector<double> ranked;
        out.num_paths = static_cast<std::uint32_t>(values_.size());
        count(out, first_path, ranked);
        out.bins = bins_of(ranked);
        std::uint64_t const finite =
            out.num_paths - out.num_invalid - out.num_absent - out.num_infinite;
        if (request_.kind == ColumnKind::flag || finite == 0)
            return out;
        auto const is_finite = [](JudgedValue const& v) { return v.standing == Standing::finite; };
        double const sum = tree([&](JudgedValue const& v) { return is_finite(v) ? v.value : 0.0; });
        double const mean = sum / static_cast<double>(finite);
        auto const power = [&](int n) {
            return tree([&](JudgedValue const& v) {
                double const d = is_finite(v) ? v.value - mean : 0.0;
                double const d2 = d * d;
                return n == 2 ? d2 : n == 3 ? d2 * d : d2 * d2;
            });
        };
        out.moments = {finite, sum, power(2), power(3), power(4)};
        return out;
    }
};

}  // namespace brink::test
