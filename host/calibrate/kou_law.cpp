// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/kou_law.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace brink {
namespace {

constexpr double smallest_kou_weight = 1e-16;
constexpr int most_kou_terms = 60;
/// Beyond it the integrals are found downwards, below it upwards.
constexpr double forward_limit = 0.7;
/// sqrt(2 pi)
constexpr double root_two_pi = std::numbers::sqrt2 / std::numbers::inv_sqrtpi;

using ErlangWeights = std::vector<double>;  ///< [k]: of a sum of k exponentials; [0] is not used

/// The sum of some jumps: nothing, or an Erlang upwards or downwards.
struct SumOfJumps {
    double none{0};
    ErlangWeights up, down;
};

/// One more jump towards `same`. An exponential outlasts each of those against it with probability
/// `outlasts`, and neither remembers (S. G. Kou, Management Science 48 (2002), appendix B).
void add_kou_jump(double none, ErlangWeights const& same, ErlangWeights const& against,
                  double probability, double outlasts, ErlangWeights& new_same,
                  ErlangWeights& new_against)
{
    new_same[1] += probability * none;
    for (std::size_t k = 1; k + 1 < same.size(); ++k)
        new_same[k + 1] += probability * same[k];
    double left = 0;
    for (std::size_t k = against.size() - 1; k > 0; --k) {
        left += probability * against[k];
        new_against[k] += left * (1.0 - outlasts);
        left *= outlasts;
    }
    new_same[1] += left;
}

int number_of_jumps(double mean)
{
    double weight = std::exp(-mean);
    int n = 0;
    for (; n < most_kou_terms && (weight > smallest_kou_weight || n < mean); ++n)
        weight *= mean / (n + 1);
    return n;
}

/// ErlangWeights of every Erlang, over all numbers of jumps.
SumOfJumps sum_of_jumps(KouLaw const& law)
{
    int const most = number_of_jumps(law.jumps);
    ErlangWeights const empty(static_cast<std::size_t>(most) + 1, 0.0);
    SumOfJumps total{std::exp(-law.jumps), empty, empty}, now{1, empty, empty};
    double const up_outlasts = law.up_mean / (law.up_mean + law.down_mean);
    double weight = total.none;
    for (int n = 1; n <= most; ++n) {
        SumOfJumps next{0, empty, empty};
        add_kou_jump(now.none, now.up, now.down, law.up_probability, up_outlasts, next.up,
                     next.down);
        add_kou_jump(now.none, now.down, now.up, 1.0 - law.up_probability, 1.0 - up_outlasts,
                     next.down, next.up);
        now = next;
        weight *= law.jumps / n;
        for (std::size_t k = 1; k < empty.size(); ++k) {
            total.up[k] += weight * now.up[k];
            total.down[k] += weight * now.down[k];
        }
    }
    return total;
}

/// Sum over k of weights[k] a^k Hh_(k-1)(w) exp(w^2 / 2 - z^2 / 2) / sqrt(2 pi) with w = a -
/// z: the density at z of a standard normal and Erlangs of mean k / a. Hh_n, repeated integrals of
/// exp(-w^2 / 2), obey n Hh_n = Hh_(n-2) - w Hh_(n-1) (Abramowitz and Stegun 7.2.5), which loses no
/// digits upwards for w < 0 and downwards for w > 0. Every term is positive.
double erlang_density(ErlangWeights const& weights, double a, double z)
{
    double const w = a - z;
    std::size_t const most = weights.size() - 1;
    double sum = 0, power = a;
    if (w < forward_limit) {
        double before = std::exp(-0.5 * w * w);
        double now = 0.5 * root_two_pi * std::erfc(w / std::numbers::sqrt2);
        for (std::size_t k = 1; k <= most; ++k, power *= a) {
            sum += weights[k] * power * now;
            double const next = (before - w * now) / static_cast<double>(k);
            before = now;
            now = next;
        }
        return sum * std::exp(a * (0.5 * a - z)) / root_two_pi;
    }
    // Ratios Hh_n / Hh_(n-1), from one far up whose error has died away.
    std::array<double, most_kou_terms + 1> ratios;
    auto const start = static_cast<int>(most) + 10 + static_cast<int>(60.0 / (w * w));
    double ratio = 2.0 / (w + std::sqrt(w * w + 4.0 * start + 2.0));
    for (int n = start; n >= 0; --n) {
        if (static_cast<std::size_t>(n) <= most)
            ratios[static_cast<std::size_t>(n)] = ratio;
        ratio = 1.0 / (w + n * ratio);
    }
    double integral = 1;
    for (std::size_t k = 1; k <= most; ++k, power *= a) {
        integral *= ratios[k - 1];
        sum += weights[k] * power * integral;
    }
    return sum * std::exp(-0.5 * z * z) / root_two_pi;
}

double density_at(KouLaw const& law, SumOfJumps const& sum, double x)
{
    double const z = (x - law.location) / law.diffusion;
    return (sum.none * std::exp(-0.5 * z * z) / root_two_pi
            + erlang_density(sum.up, law.diffusion / law.up_mean, z)
            + erlang_density(sum.down, law.diffusion / law.down_mean, -z))
           / law.diffusion;
}

/// [k]: that of k exponentials or more; returns all.
double gather_tails(ErlangWeights& weights)
{
    for (std::size_t k = weights.size() - 1; k > 1; --k)
        weights[k - 1] += weights[k];
    return weights.size() > 1 ? weights[1] : 0.0;
}

}  // namespace

double KouLaw::density(double x) const
{
    return density_at(*this, sum_of_jumps(*this), x);
}

double KouLaw::log_likelihood(std::span<double const> returns) const
{
    SumOfJumps const sum = sum_of_jumps(*this);
    double total = 0;
    for (double const r : returns)
        total += std::log(density_at(*this, sum, r) + 1e-300);
    return total;
}

/// An Erlang's density is the difference of its distribution function and that of one exponential
/// less, over the mean; so with the normal beside it.
double KouLaw::distribution(double x) const
{
    SumOfJumps sum = sum_of_jumps(*this);
    double const z = (x - location) / diffusion;
    double const all = sum.none + gather_tails(sum.up) + gather_tails(sum.down);
    double const up = diffusion / up_mean, down = diffusion / down_mean;
    return std::clamp(all * 0.5 * std::erfc(-z / std::numbers::sqrt2)
                          - erlang_density(sum.up, up, z) / up
                          + erlang_density(sum.down, down, -z) / down,
                      0.0, 1.0);
}

}  // namespace brink
