// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/moments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/statistics/non_finite.hpp"
#include "kernels/reduce/tree_sum.hpp"

namespace brink {
namespace {

void fill_absent(double* values, std::uint8_t const* present, std::uint64_t num_paths, double with)
{
    if (present == nullptr)
        return;
    for (std::uint64_t i = 0; i < num_paths; ++i)
        values[i] = present[i] != 0 ? values[i] : with;
}

/// Sums of the powers 2, 3, 4 of the deviations, three trees in one pass.
void add_powers(Moments& moments, double const* values, std::uint64_t num_paths, double mean)
{
    constexpr int level = 4;
    constexpr std::uint64_t width = std::uint64_t{1} << level;
    TreeSum sum2, sum3, sum4;
    for (std::uint64_t first = 0; first < num_paths; first += width) {
        double d2[width], d3[width], d4[width];
        std::uint64_t const filled = std::min(width, num_paths - first);
        for (std::uint64_t i = 0; i < width; ++i) {
            double const d = i < filled ? values[first + i] - mean : 0.0;
            d2[i] = d * d;
            d3[i] = d2[i] * d;
            d4[i] = d2[i] * d2[i];
        }
        auto const group = [](double const* leaves) {
            return tree_block<level>([leaves](std::uint64_t i) { return leaves[i]; }, 0);
        };
        sum2.push_group(group(d2), level);
        sum3.push_group(group(d3), level);
        sum4.push_group(group(d4), level);
    }
    moments.m2 = sum2.value();
    moments.m3 = sum3.value();
    moments.m4 = sum4.value();
}

}  // namespace

double Moments::mean() const
{
    return count == 0 ? not_a_number : sum / static_cast<double>(count);
}

double Moments::variance() const
{
    return count < 2 ? not_a_number : m2 / static_cast<double>(count - 1);
}

double Moments::sd() const
{
    return std::sqrt(variance());
}

double Moments::se_of_mean() const
{
    return std::sqrt(variance() / static_cast<double>(count));
}

double Moments::se_of_sd() const
{
    if (count < 2)
        return not_a_number;
    double const s2 = variance();
    if (s2 == 0)
        return 0;
    auto const n = static_cast<double>(count);
    double const variance_of_s2 = (m4 / n - s2 * s2 * (n - 3) / (n - 1)) / n;
    return std::sqrt(std::max(variance_of_s2, 0.0)) / (2 * std::sqrt(s2));
}

void Moments::append(Moments const& later)
{
    if (later.count == 0)
        return;
    if (count == 0) {
        *this = later;
        return;
    }
    auto const a = static_cast<double>(count);
    auto const b = static_cast<double>(later.count);
    double const n = a + b;
    double const d = later.sum / b - sum / a;
    double const d_n = d / n;
    double const d2_ab = d * d_n * a * b;
    m4 += later.m4 + d2_ab * d_n * d_n * (a * a - a * b + b * b)
          + 6 * d_n * d_n * (a * a * later.m2 + b * b * m2) + 4 * d_n * (a * later.m3 - b * m3);
    m3 += later.m3 + d2_ab * d_n * (a - b) + 3 * d_n * (a * later.m2 - b * m2);
    m2 += later.m2 + d2_ab;
    sum += later.sum;
    count += later.count;
}

Moments chunk_moments(double* values, std::uint8_t const* present, std::uint64_t num_paths,
                      std::uint64_t num_present)
{
    Moments moments;
    if (num_present == 0)
        return moments;
    moments.count = num_present;
    fill_absent(values, present, num_paths, 0.0);
    moments.sum = tree_sum(values, num_paths);
    // An absent path at the mean has no deviation, which is the absent leaf of the other trees.
    double const mean = moments.mean();
    fill_absent(values, present, num_paths, mean);
    add_powers(moments, values, num_paths, mean);
    return moments;
}

}  // namespace brink
