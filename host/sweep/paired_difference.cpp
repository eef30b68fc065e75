// SPDX-License-Identifier: Apache-2.0
#include "host/sweep/paired_difference.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "io/results/statistics_table.hpp"
#include "kernels/reduce/tree_sum.hpp"
#include "models/path/outcome.hpp"

namespace brink {
namespace {

/// The values of an outcome with what all influences need to know of them.
class Observations {
    OutcomeKind kind_;
    PathValues const& paths_;
    std::uint64_t observed_{0};
    std::uint64_t finite_{0};

  public:
    Observations(OutcomeKind kind, PathValues const& paths) : kind_{kind}, paths_{paths}
    {
        for (std::size_t i = 0; i < size(); ++i) {
            observed_ += is_observed(i) ? 1 : 0;
            finite_ += is_finite(i) ? 1 : 0;
        }
    }

    [[nodiscard]] std::size_t size() const { return paths_.values.size(); }
    [[nodiscard]] double operator[](std::size_t i) const { return paths_.values[i]; }
    [[nodiscard]] std::uint64_t num_observed() const { return observed_; }
    /// Paths that count: those marked otherwise do not, nor those of no possible value.
    [[nodiscard]] bool is_observed(std::size_t i) const
    {
        double const value = paths_.values[i];
        bool const is_top = kind_ == OutcomeKind::lowest && std::isinf(value) && value > 0;
        return paths_.marks[i] == static_cast<std::uint8_t>(PathMark::counted)
               && (std::isfinite(value) || is_top);
    }
    [[nodiscard]] bool is_finite(std::size_t i) const
    {
        return is_observed(i) && std::isfinite(paths_.values[i]);
    }
    [[nodiscard]] double observed_share() const { return share(observed_); }
    [[nodiscard]] double finite_share() const { return share(finite_); }

  private:
    [[nodiscard]] double share(std::uint64_t count) const
    {
        return static_cast<double>(count) / static_cast<double>(size());
    }
};

/// The influence of one path on one estimate: `influence(i)`.
class Influence {
    enum class Form : std::uint8_t { mean, sd, event, excess, below, strictly_below, none };

    Observations const* paths_;
    Form form_{Form::none};
    double centre_{0};  ///< what the number below is measured from
    double offset_{0};  ///< taken off
    double factor_{0};

    void set_order(double value, double level, double se)
    {
        std::uint64_t below = 0, strictly = 0;
        for (std::size_t i = 0; i < paths_->size(); ++i) {
            bool const is_there = paths_->is_observed(i);
            below += is_there && (*paths_)[i] <= value ? 1 : 0;
            strictly += is_there && (*paths_)[i] < value ? 1 : 0;
        }
        auto const observed = static_cast<double>(paths_->num_observed());
        double const at_most = static_cast<double>(below) / observed;
        double const less = static_cast<double>(strictly) / observed;
        bool const is_strict = std::abs(less - level) < std::abs(at_most - level);
        form_ = is_strict ? Form::strictly_below : Form::below;
        centre_ = value;
        offset_ = is_strict ? less : at_most;
        double const deviation = std::sqrt(offset_ * (1 - offset_));
        if (deviation > 0)
            factor_ = -se * std::sqrt(observed) / deviation / paths_->observed_share();
        else if (se > 0)
            form_ = Form::none;
    }

    void set_excess(double value_at_risk, double level)
    {
        form_ = Form::excess;
        centre_ = value_at_risk;
        offset_ = tree_sum_of(paths_->size(), [&](std::uint64_t i) { return excess(i); })
                  / static_cast<double>(paths_->num_observed());
        factor_ = 1 / ((1 - level) * paths_->observed_share());
    }

    [[nodiscard]] double excess(std::size_t i) const
    {
        return paths_->is_observed(i) ? std::max((*paths_)[i] - centre_, 0.0) : 0.0;
    }

  public:
    Influence(Observations const& paths, OutcomeResult const& outcome, Estimate const& estimate)
        : paths_{&paths}
    {
        StatisticName const name{estimate.name};
        auto const other = [&](std::string const& wanted) {
            auto const found =
                std::find_if(outcome.statistics.begin(), outcome.statistics.end(),
                             [&](Estimate const& candidate) { return candidate.name == wanted; });
            return found == outcome.statistics.end() ? not_available : found->value;
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

    double operator()(std::size_t i) const
    {
        double const x = (*paths_)[i];
        switch (form_) {
            case Form::mean:
                return paths_->is_finite(i) ? (x - centre_) * factor_ : 0.0;
            case Form::sd:
                return paths_->is_finite(i) ? ((x - centre_) * (x - centre_) - offset_) * factor_
                                            : 0.0;
            case Form::event:
                return paths_->is_observed(i) ? ((x != 0 ? 1 : 0) - offset_) * factor_ : 0.0;
            case Form::excess:
                return paths_->is_observed(i) ? (excess(i) - offset_) * factor_ : 0.0;
            case Form::below:
                return paths_->is_observed(i) ? ((x <= centre_ ? 1 : 0) - offset_) * factor_ : 0.0;
            case Form::strictly_below:
                return paths_->is_observed(i) ? ((x < centre_ ? 1 : 0) - offset_) * factor_ : 0.0;
            case Form::none:
                break;
        }
        return 0;
    }
};

/// Standard error of the difference of two estimates over the same paths.
double paired_error(Influence const& point, Influence const& base, std::size_t paths)
{
    if (!point.is_known() || !base.is_known() || paths < 2)
        return not_available;
    auto const n = static_cast<double>(paths);
    auto const difference = [&](std::uint64_t i) { return point(i) - base(i); };
    double const mean = tree_sum_of(paths, difference) / n;
    double const squares = tree_sum_of(paths, [&](std::uint64_t i) {
        double const d = difference(i) - mean;
        return d * d;
    });
    return std::sqrt(squares / (n - 1) / n);
}

}  // namespace

void add_differences(OutcomeKind kind, OutcomeResult& point, PathValues const& point_values,
                     OutcomeResult const& base, PathValues const& base_values)
{
    Observations const point_paths{kind, point_values};
    Observations const base_paths{kind, base_values};
    if (point_paths.size() != base_paths.size())
        return;
    for (Estimate& estimate : point.statistics) {
        auto const found =
            std::find_if(base.statistics.begin(), base.statistics.end(),
                         [&](Estimate const& other) { return other.name == estimate.name; });
        if (found == base.statistics.end())
            continue;
        double const difference = estimate.value - found->value;
        if (!std::isfinite(difference))
            continue;
        estimate.difference = difference;
        estimate.difference_se =
            paired_error(Influence{point_paths, point, estimate},
                         Influence{base_paths, base, *found}, point_paths.size());
    }
}

}  // namespace brink
