// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/binomial.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace brink {
namespace {

/// P(B <= k) of a binomial B with n trials; exact as an incomplete beta function.
double binomial_below(std::uint64_t k, std::uint64_t n, double p, double q)
{
    if (k >= n)
        return 1;
    // P(B <= k) = I_q(n - k, k + 1); the smaller of p and q goes in as written.
    double const a = static_cast<double>(n - k);
    double const b = static_cast<double>(k) + 1;
    return q <= p ? boost::math::ibeta(a, b, q) : boost::math::ibetac(b, a, p);
}

/// P(B > k), without the cancellation of 1 - P(B <= k).
double binomial_above(std::uint64_t k, std::uint64_t n, double p, double q)
{
    if (k >= n)
        return 0;
    double const a = static_cast<double>(n - k);
    double const b = static_cast<double>(k) + 1;
    return q <= p ? boost::math::ibetac(a, b, q) : boost::math::ibeta(b, a, p);
}

/// Largest l with P(B <= l - 1) <= miss, near a first guess; 0 where there is none.
std::uint64_t lower_rank(std::uint64_t guess, std::uint64_t n, double p, double q, double miss)
{
    std::uint64_t l = std::min(guess, n);
    while (l > 0 && binomial_below(l - 1, n, p, q) > miss)
        --l;
    while (l < n && binomial_below(l, n, p, q) <= miss)
        ++l;
    return l;
}

/// Smallest u with P(B > u - 1) <= miss; n + 1 where there is none.
std::uint64_t upper_rank(std::uint64_t guess, std::uint64_t n, double p, double q, double miss)
{
    std::uint64_t u = std::clamp<std::uint64_t>(guess, 1, n + 1);
    while (u <= n && binomial_above(u - 1, n, p, q) > miss)
        ++u;
    while (u > 1 && binomial_above(u - 2, n, p, q) <= miss)
        --u;
    return u;
}

}  // namespace

double normal_z(double confidence)
{
    return -boost::math::quantile(boost::math::normal(), (1 - confidence) / 2);
}

double student_t(double confidence, double degrees_of_freedom)
{
    if (degrees_of_freedom > 1e6)
        return normal_z(confidence);
    return -boost::math::quantile(boost::math::students_t(degrees_of_freedom),
                                  (1 - confidence) / 2);
}

Interval clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence)
{
    double const miss = 1 - confidence;
    double const one_sided = -std::expm1(std::log(miss) / static_cast<double>(n));
    if (k == 0)
        return {0, one_sided};
    if (k == n)
        return {1 - one_sided, 1};
    auto const hits = static_cast<double>(k);
    auto const misses = static_cast<double>(n - k);
    return {boost::math::ibeta_inv(hits, misses + 1, miss / 2),
            boost::math::ibetac_inv(hits + 1, misses, miss / 2)};
}

RankInterval quantile_ranks(DecimalLevel const& level, std::uint64_t n, double confidence)
{
    double const p = level.value();
    double const q = level.complement();
    double const miss = (1 - confidence) / 2;
    // Cornish-Fisher to second order: a rank or two from the answer, which the steps then find.
    double const z = normal_z(confidence);
    double const centre = static_cast<double>(n) * p + (q - p) * (z * z - 1) / 6;
    double const half = z * std::sqrt(static_cast<double>(n) * p * q);
    auto const as_rank = [](double x) { return static_cast<std::uint64_t>(std::max(x, 0.0)); };
    return {lower_rank(as_rank(centre - half), n, p, q, miss),
            upper_rank(as_rank(centre + half) + 1, n, p, q, miss)};
}

}  // namespace brink
