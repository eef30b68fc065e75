// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/paired_difference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "io/results/result_lookup.hpp"
#include "io/results/statistics_table.hpp"
#include "kernels/reduce/tree_sum.hpp"
#include "models/path/outcome.hpp"

namespace brink {
namespace {

/// The values of an outcome with what all influences need to know of them.
class Observations {
    PathValues const& paths_;
    std::vector<double> observed_;  ///< 1 where the path counts, else 0
    std::vector<double> finite_;    ///< the same of those in the moments
    std::vector<double> values_;    ///< as they are; 0 where not finite and in the moments
    double num_observed_{0};
    double num_finite_{0};

  public:
    Observations(OutcomeKind kind, PathValues const& paths)
        : paths_{paths}, observed_(size()), finite_(size()), values_(size())
    {
        for (std::size_t i = 0; i < size(); ++i) {
            double const value = paths.values[i];
            bool const counts = paths.marks[i] == static_cast<std::uint8_t>(PathMark::counted);
            bool const is_finite = std::isfinite(value);
            bool const is_top = kind == OutcomeKind::lowest && std::isinf(value) && value > 0;
            observed_[i] = counts && (is_finite || is_top) ? 1 : 0;
            finite_[i] = counts && is_finite ? 1 : 0;
            values_[i] = counts && is_finite ? value : 0;
            num_observed_ += observed_[i];
            num_finite_ += finite_[i];
        }
    }

    [[nodiscard]] std::size_t size() const { return paths_.values.size(); }
    [[nodiscard]] double num_observed() const { return num_observed_; }
    [[nodiscard]] double observed_share() const { return num_observed_ / num_paths(); }
    [[nodiscard]] double finite_share() const { return num_finite_ / num_paths(); }
    /// Infinite values among them.
    [[nodiscard]] double const* ranked() const { return paths_.values.data(); }
    [[nodiscard]] double const* observed() const { return observed_.data(); }
    [[nodiscard]] double const* finite() const { return finite_.data(); }
    [[nodiscard]] double const* values() const { return values_.data(); }

  private:
    [[nodiscard]] double num_paths() const { return static_cast<double>(size()); }
};

/// The influence of paths on one estimate.
class Influence {
    enum class Form : std::uint8_t { mean, sd, event, excess, below, strictly_below, none };

    Observations const* paths_;
    Form form_{Form::none};
    double centre_{0};  ///< what the number below is measured from
    double offset_{0};  ///< taken off
    double factor_{0};

    void set_order(double value, double level, double se)
    {
        double below = 0, strictly = 0;
        double const* const ranked = paths_->ranked();
        double const* const observed = paths_->observed();
        for (std::size_t i = 0; i < paths_->size(); ++i) {
            below += ranked[i] <= value ? observed[i] : 0.0;
            strictly += ranked[i] < value ? observed[i] : 0.0;
        }
        double const at_most = below / paths_->num_observed();
        double const less = strictly / paths_->num_observed();
        bool const is_strict = std::abs(less - level) < std::abs(at_most - level);
        form_ = is_strict ? Form::strictly_below : Form::below;
        centre_ = value;
        offset_ = is_strict ? less : at_most;
        double const deviation = std::sqrt(offset_ * (1 - offset_));
        if (deviation > 0)
            factor_ =
                -se * std::sqrt(paths_->num_observed()) / deviation / paths_->observed_share();
        else if (se > 0)
            form_ = Form::none;
    }

    void set_excess(double value_at_risk, double level)
    {
        form_ = Form::excess;
        centre_ = value_at_risk;
        double const* const x = paths_->values();
        double const* const finite = paths_->finite();
        offset_ = tree_sum_of(paths_->size(),
                              [&](std::uint64_t i) {
                                  return finite[i] * std::max(x[i] - value_at_risk, 0.0);
                              })
                  / paths_->num_observed();
        factor_ = 1 / ((1 - level) * paths_->observed_share());
    }

  public:
    Influence(Observations const& paths, OutcomeResult const& outcome, Estimate const& estimate)
        : paths_{&paths}
    {
        StatisticName const name{estimate.name};
        auto const other = [&](std::string const& wanted) {
            Estimate const* const found = find_statistic(outcome, wanted);
            return found == nullptr ? not_available : found->value;
        };
        if (!std::isfinite(estimate.value) || !std::isfinite(estimate.se))
            return;
        if (name.kind == "mean") {
            form_ = Form::mean;
            centre_ = estimate.value;
            factor_ = 1 / paths.finite_share();
        } else if (name.kind == "sd") {
            form_ = Form::sd;
            centre_ = other("mean");
            offset_ = estimate.value * estimate.value;
            factor_ = estimate.value > 0 ? 1 / (2 * estimate.value * paths.finite_share()) : 0;
        } else if (name.kind == "prob") {
            form_ = Form::event;
            offset_ = estimate.value;
            factor_ = 1 / paths.observed_share();
        } else if (name.kind == "es") {
            double const value_at_risk = other("var_" + estimate.name.substr(3));
            if (std::isfinite(value_at_risk))
                set_excess(value_at_risk, name.level);
        } else if (name.kind == "var" || name.kind == "q") {
            set_order(estimate.value, name.level, estimate.se);
        }
    }

    [[nodiscard]] bool is_known() const { return form_ != Form::none; }

    /// Add `sign` times the influences of `count` paths from `first` on.
    void add_to(double* out, std::size_t first, std::size_t count, double sign) const
    {
        double const* const x = paths_->values() + first;
        double const* const ranked = paths_->ranked() + first;
        double const* const observed = paths_->observed() + first;
        double const* const finite = paths_->finite() + first;
        double const scale = sign * factor_;
        auto const each = [&](auto const& influence) {
            for (std::size_t i = 0; i < count; ++i)
                out[i] += scale * influence(i);
        };
        switch (form_) {
            case Form::mean:
                return each([&](std::size_t i) { return finite[i] * (x[i] - centre_); });
            case Form::sd:
                return each([&](std::size_t i) {
                    double const d = x[i] - centre_;
                    return finite[i] * (d * d - offset_);
                });
            case Form::event:
                return each([&](std::size_t i) {
                    return observed[i] * ((x[i] != 0 ? 1.0 : 0.0) - offset_);
                });
            case Form::excess:
                return each([&](std::size_t i) {
                    return observed[i] * (std::max(x[i] - centre_, 0.0) - offset_);
                });
            case Form::below:
                return each([&](std::size_t i) {
                    return observed[i] * ((ranked[i] <= centre_ ? 1.0 : 0.0) - offset_);
                });
            case Form::strictly_below:
                return each([&](std::size_t i) {
                    return observed[i] * ((ranked[i] < centre_ ? 1.0 : 0.0) - offset_);
                });
            case Form::none:
                return;
        }
    }
};

/// Standard error of the difference of two estimates over the same paths. Influences have the mean
/// 0, so that their squares are the variance.
double paired_error(Influence const& point, Influence const& base, std::size_t paths)
{
    if (!point.is_known() || !base.is_known() || paths < 2)
        return not_available;
    constexpr std::size_t block = 1'024;
    std::array<double, block> difference{};
    double squares = 0;
    for (std::size_t first = 0; first < paths; first += block) {
        std::size_t const count = std::min(block, paths - first);
        difference.fill(0);
        point.add_to(difference.data(), first, count, 1);
        base.add_to(difference.data(), first, count, -1);
        squares +=
            tree_sum_of(count, [&](std::uint64_t i) { return difference[i] * difference[i]; });
    }
    auto const n = static_cast<double>(paths);
    return std::sqrt(squares / (n - 1) / n);
}

/// Whether both runs gave every path, and at least one, the same, bit for bit.
bool same_paths(PathValues const& a, PathValues const& b)
{
    return a.values.size() == b.values.size() && !a.values.empty()
           && std::memcmp(a.values.data(), b.values.data(), a.values.size_bytes()) == 0
           && std::equal(a.marks.begin(), a.marks.end(), b.marks.begin(), b.marks.end());
}

/// Differences of runs that are the same: 0 without an error, where the estimate has one.
void set_no_difference(OutcomeResult& point)
{
    for (Estimate& estimate : point.statistics)
        if (std::isfinite(estimate.value)) {
            estimate.difference = 0;
            estimate.difference_se = std::isfinite(estimate.se) ? 0 : not_available;
        }
}

}  // namespace

void add_differences(OutcomeKind kind, OutcomeResult& point, PathValues const& point_values,
                     OutcomeResult const& base, PathValues const& base_values)
{
    if (point_values.values.size() != base_values.values.size())
        return;
    if (same_paths(point_values, base_values) && point.statistics.size() == base.statistics.size())
        return set_no_difference(point);
    Observations const point_paths{kind, point_values};
    Observations const base_paths{kind, base_values};
    for (Estimate& estimate : point.statistics) {
        Estimate const* const found = find_statistic(base, estimate.name);
        double const difference = found == nullptr ? not_available : estimate.value - found->value;
        if (!std::isfinite(difference))
            continue;
        estimate.difference = difference;
        estimate.difference_se =
            paired_error(Influence{point_paths, point, estimate},
                         Influence{base_paths, base, *found}, point_paths.size());
    }
}

}  // namespace brink
