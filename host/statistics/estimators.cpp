// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/estimators.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/statistics/binomial.hpp"
#include "host/statistics/non_finite.hpp"
#include "kernels/reduce/tree_sum.hpp"

namespace brink {
namespace {

constexpr std::uint64_t enough_tail_paths = 100;

/// Flags of an estimate that needs two different observations to have an error.
void flag_sample(Estimate& estimate, std::uint64_t n, double spread)
{
    if (n == 0)
        add_flag(estimate, EstimateFlag::no_observation);
    if (n == 1)
        add_flag(estimate, EstimateFlag::one_observation);
    if (n > 1 && spread == 0)
        add_flag(estimate, EstimateFlag::no_variation);
}

Estimate order_estimate(RankedSample const& sample, DecimalLevel const& level, double confidence)
{
    Estimate estimate;
    std::uint64_t const n = sample.count();
    if (n == 0) {
        add_flag(estimate, EstimateFlag::no_observation);
        return estimate;
    }
    std::uint64_t const rank = level.rank(n);
    RankInterval const ranks = quantile_ranks(level, n, confidence);
    OrderStatistic const middle = sample.at(rank);
    bool const closed = ranks.lo >= 1 && ranks.hi <= n;
    estimate.value = middle.value;
    estimate.lo = ranks.lo >= 1 ? sample.at(ranks.lo).lo : -infinity;
    estimate.hi = ranks.hi <= n ? sample.at(ranks.hi).hi : infinity;
    estimate.n_tail = sample.num_beyond(rank);
    if (closed)
        estimate.se = (estimate.hi - estimate.lo) / (2 * normal_z(confidence));
    if (!closed)
        add_flag(estimate, EstimateFlag::open_interval);
    if (estimate.lo == estimate.hi)
        add_flag(estimate, EstimateFlag::no_variation);
    if (middle.lo != middle.hi)
        add_flag(estimate, EstimateFlag::histogram_resolution);
    return estimate;
}

/// First two powers of the losses above VaR, counted from it.
struct Excess {
    double sum;
    double sum_of_squares;
    std::uint64_t count;
};

Excess excess_over(TailView const& tail, double value_at_risk)
{
    std::uint64_t const count = tail.num_above(value_at_risk);
    std::uint64_t const zeros = value_at_risk < 0 ? tail.zeros : 0;
    std::uint64_t const stored = count - zeros;
    auto const at = [&](std::uint64_t i) { return tail.risks[i] - value_at_risk; };
    auto const of_zeros = static_cast<double>(zeros) * -value_at_risk;
    return {tree_sum_of(stored, at) + of_zeros,
            tree_sum_of(stored, [&](std::uint64_t i) { return at(i) * at(i); })
                - of_zeros * value_at_risk,
            count};
}

}  // namespace

Estimate estimate_mean(Moments const& moments, double confidence)
{
    Estimate estimate;
    estimate.name = "mean";
    estimate.n_tail = moments.count;
    estimate.value = moments.mean();
    flag_sample(estimate, moments.count, moments.m2);
    if (moments.count < 2)
        return estimate;
    estimate.se = moments.se_of_mean();
    double const t = student_t(confidence, static_cast<double>(moments.count - 1));
    estimate.lo = estimate.value - t * estimate.se;
    estimate.hi = estimate.value + t * estimate.se;
    return estimate;
}

Estimate estimate_sd(Moments const& moments, double confidence)
{
    Estimate estimate;
    estimate.name = "sd";
    estimate.n_tail = moments.count;
    flag_sample(estimate, moments.count, moments.m2);
    if (moments.count < 2)
        return estimate;
    estimate.value = moments.sd();
    estimate.se = moments.se_of_sd();
    double const z = normal_z(confidence);
    estimate.lo = std::max(estimate.value - z * estimate.se, 0.0);
    estimate.hi = estimate.value + z * estimate.se;
    return estimate;
}

Estimate estimate_probability(std::uint64_t events, std::uint64_t n, double confidence)
{
    Estimate estimate;
    estimate.name = "prob";
    estimate.n_tail = events;
    if (n == 0) {
        add_flag(estimate, EstimateFlag::no_observation);
        return estimate;
    }
    auto const trials = static_cast<double>(n);
    Interval const interval = clopper_pearson(events, n, confidence);
    estimate.value = static_cast<double>(events) / trials;
    estimate.lo = interval.lo;
    estimate.hi = interval.hi;
    bool const one_sided = events == 0 || events == n;
    estimate.se = one_sided ? (interval.hi - interval.lo) / (2 * normal_z(confidence))
                            : std::sqrt(estimate.value * (1 - estimate.value) / trials);
    if (one_sided)
        add_flag(estimate, EstimateFlag::one_sided);
    return estimate;
}

Estimate estimate_quantile(RankedSample const& sample, DecimalLevel const& level, double confidence)
{
    Estimate estimate = order_estimate(sample, level, confidence);
    estimate.name = "q_" + level.text();
    return estimate;
}

Estimate estimate_value_at_risk(RankedSample const& losses, DecimalLevel const& level,
                                double confidence)
{
    Estimate estimate = order_estimate(losses, level, confidence);
    estimate.name = "var_" + level.text();
    return estimate;
}

Estimate estimate_expected_shortfall(RankedSample const& losses, DecimalLevel const& level,
                                     double confidence)
{
    Estimate estimate;
    estimate.name = "es_" + level.text();
    std::uint64_t const n = losses.count();
    if (n == 0)
        add_flag(estimate, EstimateFlag::no_observation);
    auto const value_at_risk = n == 0 ? std::nullopt : losses.tail.from_top(n - level.rank(n) + 1);
    if (!value_at_risk)
        return estimate;
    Excess const excess = excess_over(losses.tail, *value_at_risk);
    auto const paths = static_cast<double>(n);
    estimate.value = *value_at_risk + excess.sum / level.tail_mass(n);
    estimate.n_tail = excess.count;
    if (excess.count < enough_tail_paths)
        add_flag(estimate, EstimateFlag::few_tail_paths);
    Estimate const boundary = estimate_value_at_risk(losses, level, confidence);
    if (excess.count == 0) {
        // Nothing above VaR: certain only where VaR's own interval ends at the same value.
        bool const atom = boundary.hi == *value_at_risk;
        if (atom)
            add_flag(estimate, EstimateFlag::no_variation);
        if (!atom)
            add_flag(estimate, EstimateFlag::open_interval);
        estimate.se = atom ? 0.0 : not_available;
        estimate.lo = *value_at_risk;
        estimate.hi = atom ? *value_at_risk : infinity;
        return estimate;
    }
    double const mean = excess.sum / paths;
    double const variance = std::max(excess.sum_of_squares - mean * excess.sum, 0.0) / (paths - 1);
    estimate.se = std::sqrt(variance / paths) / level.complement();
    double const degrees = static_cast<double>(std::max<std::uint64_t>(excess.count, 2) - 1);
    double const reach = student_t(confidence, degrees) * estimate.se;
    // An expected shortfall is never below its VaR, so what bounds the one bounds the other.
    estimate.lo = std::max(estimate.value - reach, boundary.lo);
    estimate.hi = estimate.value + reach;
    return estimate;
}

}  // namespace brink
