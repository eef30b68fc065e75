// SPDX-License-Identifier: Apache-2.0
#include "host/calibrate/peg_fit.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "io/config/duration.hpp"

namespace brink {
namespace {

constexpr double robust_deviations = 5;
constexpr double least_threshold = 0.005;
/// Scales a median absolute deviation to the standard deviation of a normal law.
constexpr double per_median_deviation = 1.4826;
/// Autocorrelation over an interval below which a half-life cannot be told.
constexpr double least_memory = 0.02;
constexpr std::size_t most_slope_points = 400;
constexpr int growth_rounds = 3;

double median(std::vector<double> values)
{
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// [intervals] of price i of run r since the first; runs that do not say follow each other.
double time_of(PegSample const& sample, std::size_t r, std::size_t i)
{
    double start = sample.starts.empty() ? 0.0 : sample.starts[r];
    for (std::size_t before = 0; sample.starts.empty() && before < r; ++before)
        start += static_cast<double>(sample.runs[before].size());
    return start + static_cast<double>(i);
}

std::vector<double> all_of_runs(PegSample const& sample)
{
    std::vector<double> all;
    for (auto const& run : sample.runs)
        all.insert(all.end(), run.begin(), run.end());
    return all;
}

/// Stretches below the threshold, and how they close after their lowest points: to the threshold
/// where they end, else to the last gap.
struct Depegs {
    std::vector<double> sizes;  ///< largest gap of each
    double closed{0};           ///< sum of ln(largest gap / gap at the end)
    double steps{0};            ///< from the largest to the end, in all
};

Depegs find_depegs(PegSample const& sample, double level, double threshold)
{
    Depegs depegs;
    for (auto const& run : sample.runs)
        for (std::size_t i = 0; i < run.size();) {
            if (level - run[i] <= threshold) {
                ++i;
                continue;
            }
            std::size_t end = i, lowest = i;
            for (; end < run.size() && level - run[end] > threshold; ++end)
                lowest = run[end] < run[lowest] ? end : lowest;
            bool const is_over = end < run.size();
            double const largest = level - run[lowest];
            depegs.sizes.push_back(largest);
            depegs.closed += std::log(largest / (is_over ? threshold : level - run[end - 1]));
            depegs.steps += static_cast<double>(is_over ? end - lowest : end - 1 - lowest);
            i = end;
        }
    return depegs;
}

/// Steps of the deviation from one time to the next, neither of them depegged.
struct Steps {
    std::vector<double> from, to;
    std::vector<double> time;  ///< [intervals] of `from` since the first price
};

Steps calm_steps(PegSample const& sample, double level, double threshold)
{
    Steps steps;
    for (std::size_t r = 0; r < sample.runs.size(); ++r) {
        auto const& run = sample.runs[r];
        for (std::size_t i = 1; i < run.size(); ++i)
            if (level - run[i - 1] <= threshold && level - run[i] <= threshold) {
                steps.from.push_back(run[i - 1] - level);
                steps.to.push_back(run[i] - level);
                steps.time.push_back(time_of(sample, r, i - 1));
            }
    }
    return steps;
}

/// The sample without a growth of `slope` per interval up to its last price.
PegSample without_growth(PegSample sample, double slope)
{
    double const last = time_of(sample, sample.runs.size() - 1, sample.runs.back().size() - 1);
    for (std::size_t r = 0; r < sample.runs.size(); ++r)
        for (std::size_t i = 0; i < sample.runs[r].size(); ++i)
            sample.runs[r][i] -= slope * (time_of(sample, r, i) - last);
    return sample;
}

/// [per interval] median of the slopes between some hundreds of its prices.
double median_slope(PegSample const& sample)
{
    std::vector<std::pair<double, double>> points;  // time, log ratio
    std::size_t const stride = sample.size() / most_slope_points + 1;
    std::size_t place = 0;
    for (std::size_t r = 0; r < sample.runs.size(); ++r)
        for (std::size_t i = 0; i < sample.runs[r].size(); ++i, ++place)
            if (place % stride == 0)
                points.emplace_back(time_of(sample, r, i), sample.runs[r][i]);
    std::vector<double> slopes;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            slopes.push_back((points[i].second - points[j].second)
                             / (points[i].first - points[j].first));
    return median(std::move(slopes));
}

/// [per interval] what is left of a growth, by the regression of each deviation on the one before
/// and on time.
FittedValue remaining_slope(Steps const& steps)
{
    auto const n = static_cast<Eigen::Index>(steps.from.size());
    Eigen::MatrixXd design(n, 3);
    Eigen::VectorXd to(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        auto const at = static_cast<std::size_t>(i);
        design.row(i) << 1.0, steps.from[at], steps.time[at];
        to(i) = steps.to[at];
    }
    double const middle = design.col(2).mean();
    design.col(2).array() -= middle;
    Eigen::LDLT<Eigen::MatrixXd> const normal{design.transpose() * design};
    Eigen::VectorXd const found = normal.solve(design.transpose() * to);
    double const residual = (to - design * found).squaredNorm() / static_cast<double>(n);
    double const variance =
        residual * normal.solve(Eigen::VectorXd(Eigen::VectorXd::Unit(3, 2)))(2);
    double const reverted = std::max(1 - found(1), 1e-6);
    return {found(2) / reverted, std::sqrt(variance) / reverted};
}

void fit_deviation(PegFit& fit, Steps const& steps, Seconds interval)
{
    auto const n = static_cast<double>(steps.from.size());
    double cross = 0, squares = 0;
    for (std::size_t i = 0; i < steps.from.size(); ++i) {
        cross += steps.from[i] * steps.to[i];
        squares += steps.from[i] * steps.from[i];
    }
    double const memory = cross / squares;
    double const phi = std::clamp(memory, least_memory, 1 - 1e-6);
    double sum = 0;
    for (std::size_t i = 0; i < steps.from.size(); ++i)
        sum += std::pow(steps.to[i] - phi * steps.from[i], 2);
    double const deviation = std::sqrt(sum / n);
    for (std::size_t i = 0; i < steps.from.size(); ++i)
        fit.shocks.push_back((steps.to[i] - phi * steps.from[i]) / deviation);
    bool const is_told = phi == memory;
    double const phi_error = std::sqrt((1 - phi * phi) / n), log_phi = std::log(phi);
    constexpr double ln2 = std::numbers::ln2;
    fit.half_life = {-ln2 * interval / log_phi,
                     is_told ? ln2 * interval / (phi * log_phi * log_phi) * phi_error
                             : std::numeric_limits<double>::quiet_NaN()};
    // Var d' given d is sigma^2 (1 - phi^2) / (2 kappa).
    double const kappa = -log_phi / (interval / seconds_per_year);
    double const volatility = deviation / std::sqrt((1 - phi * phi) / (2 * kappa));
    fit.volatility = {volatility, volatility / std::sqrt(2 * n)};
    fit.log_likelihood = -n * (std::log(deviation) + 0.5 * std::log(2 * std::numbers::pi) + 0.5);
}

/// Median, and how far below it a price is depegged.
void find_level(PegFit& fit, PegSample const& sample)
{
    auto const all = all_of_runs(sample);
    fit.level = median(all);
    std::vector<double> distances;
    for (double const x : all)
        distances.push_back(std::abs(x - fit.level));
    fit.threshold =
        std::max(least_threshold, robust_deviations * per_median_deviation * median(distances));
}

}  // namespace

std::size_t PegSample::size() const
{
    std::size_t count = 0;
    for (auto const& run : runs)
        count += run.size();
    return count;
}

PegSample peg_sample(PriceSeries const& price, PriceSeries const* reference)
{
    PegSample sample;
    sample.interval = price.interval;
    std::size_t r = 0;
    UnixSeconds first = 0, last = 0;
    for (std::size_t i = 0; i < price.times.size(); ++i) {
        double below = 1;
        if (reference != nullptr) {
            while (r < reference->times.size() && reference->times[r] < price.times[i])
                ++r;
            if (r == reference->times.size() || reference->times[r] != price.times[i])
                continue;
            below = reference->prices[r];
        }
        bool const follows =
            !sample.runs.empty() && static_cast<double>(price.times[i] - last) == price.interval;
        if (!follows) {
            first = sample.runs.empty() ? price.times[i] : first;
            sample.starts.push_back(static_cast<double>(price.times[i] - first) / price.interval);
            sample.runs.emplace_back();
        }
        sample.runs.back().push_back(std::log(price.prices[i] / below));
        last = price.times[i];
    }
    return sample;
}

PegFit fit_peg(PegSample const& written, PegGrowth growth)
{
    PegFit fit;
    PegSample sample = written;
    double slope = growth == PegGrowth::fitted ? median_slope(written) : 0.0, error = 0.0;
    for (int round = 0; growth == PegGrowth::fitted && round < growth_rounds; ++round) {
        sample = without_growth(written, slope);
        find_level(fit, sample);
        FittedValue const left = remaining_slope(calm_steps(sample, fit.level, fit.threshold));
        slope += left.value;
        error = left.se;
    }
    if (growth == PegGrowth::fitted) {
        sample = without_growth(written, slope);
        double const per_year = seconds_per_year / sample.interval;
        fit.accrual = {slope * per_year, error * per_year};
    }
    find_level(fit, sample);
    fit_deviation(fit, calm_steps(sample, fit.level, fit.threshold), sample.interval);
    Depegs const depegs = find_depegs(sample, fit.level, fit.threshold);
    fit.num_depegs = depegs.sizes.size();
    if (fit.num_depegs == 0)
        return fit;
    auto const n = static_cast<double>(fit.num_depegs);
    double const years = static_cast<double>(sample.size()) * sample.interval / seconds_per_year;
    double size = 0;
    for (double const largest : depegs.sizes)
        size += largest / n;
    fit.depeg_rate = {n / years, std::sqrt(n) / years};
    fit.depeg_size = {size, size / std::sqrt(n)};
    double const steps = std::max(depegs.steps, 1.0), closed = std::max(depegs.closed, 1e-3);
    double const half_life = std::numbers::ln2 * sample.interval * steps / closed;
    fit.depeg_half_life = {half_life, half_life / std::sqrt(n)};
    return fit;
}

}  // namespace brink
