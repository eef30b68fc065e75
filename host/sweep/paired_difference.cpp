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

using Form = InfluenceTerms::Form;

InfluenceTerms order_terms(Observations const& paths, double value, double level, double se)
{
    double below = 0, strictly = 0;
    double const* const ranked = paths.ranked();
    double const* const observed = paths.observed();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        below += ranked[i] <= value ? observed[i] : 0.0;
        strictly += ranked[i] < value ? observed[i] : 0.0;
    }
    double const at_most = below / paths.num_observed();
    double const less = strictly / paths.num_observed();
    bool const is_strict = std::abs(less - level) < std::abs(at_most - level);
    InfluenceTerms terms{is_strict ? Form::strictly_below : Form::below, value,
                         is_strict ? less : at_most, 0};
    double const deviation = std::sqrt(terms.offset * (1 - terms.offset));
    if (deviation > 0)
        terms.factor = -se * std::sqrt(paths.num_observed()) / deviation / paths.observed_share();
    else if (se > 0)
        terms.form = Form::none;
    return terms;
}

InfluenceTerms excess_terms(Observations const& paths, double value_at_risk, double level)
{
    double const* const x = paths.values();
    double const* const finite = paths.finite();
    double const sum = tree_sum_of(paths.size(), [&](std::uint64_t i) {
        return finite[i] * std::max(x[i] - value_at_risk, 0.0);
    });
    return {Form::excess, value_at_risk, sum / paths.num_observed(),
            1 / ((1 - level) * paths.observed_share())};
}

InfluenceTerms terms_of(Observations const& paths, OutcomeResult const& outcome,
                        Estimate const& estimate)
{
    StatisticName const name{estimate.name};
    auto const other = [&](std::string const& wanted) {
        Estimate const* const found = find_statistic(outcome, wanted);
        return found == nullptr ? not_available : found->value;
    };
    if (!std::isfinite(estimate.value) || !std::isfinite(estimate.se))
        return {};
    if (name.kind == "mean")
        return {Form::mean, estimate.value, 0, 1 / paths.finite_share()};
    if (name.kind == "sd") {
        double const factor =
            estimate.value > 0 ? 1 / (2 * estimate.value * paths.finite_share()) : 0;
        return {Form::sd, other("mean"), estimate.value * estimate.value, factor};
    }
    if (name.kind == "prob")
        return {Form::event, 0, estimate.value, 1 / paths.observed_share()};
    if (name.kind == "es") {
        double const value_at_risk = other("var_" + estimate.name.substr(3));
        return std::isfinite(value_at_risk) ? excess_terms(paths, value_at_risk, name.level)
                                            : InfluenceTerms{};
    }
    if (name.kind == "var" || name.kind == "q")
        return order_terms(paths, estimate.value, name.level, estimate.se);
    return {};
}

/// The influence of paths on one estimate.
class Influence {
    Observations const& paths_;
    InfluenceTerms terms_;

  public:
    Influence(Observations const& paths, InfluenceTerms const& terms) : paths_{paths}, terms_{terms}
    {}

    [[nodiscard]] bool is_known() const { return terms_.form != Form::none; }

    /// Add `sign` times the influences of `count` paths from `first` on.
    void add_to(double* out, std::size_t first, std::size_t count, double sign) const
    {
        double const* const x = paths_.values() + first;
        double const* const ranked = paths_.ranked() + first;
        double const* const observed = paths_.observed() + first;
        double const* const finite = paths_.finite() + first;
        double const centre = terms_.centre, offset = terms_.offset, scale = sign * terms_.factor;
        auto const each = [&](auto const& influence) {
            for (std::size_t i = 0; i < count; ++i)
                out[i] += scale * influence(i);
        };
        switch (terms_.form) {
            case Form::mean:
                return each([&](std::size_t i) { return finite[i] * (x[i] - centre); });
            case Form::sd:
                return each([&](std::size_t i) {
                    double const d = x[i] - centre;
                    return finite[i] * (d * d - offset);
                });
            case Form::event:
                return each([&](std::size_t i) {
                    return observed[i] * ((x[i] != 0 ? 1.0 : 0.0) - offset);
                });
            case Form::excess:
                return each([&](std::size_t i) {
                    return observed[i] * (std::max(x[i] - centre, 0.0) - offset);
                });
            case Form::below:
                return each([&](std::size_t i) {
                    return observed[i] * ((ranked[i] <= centre ? 1.0 : 0.0) - offset);
                });
            case Form::strictly_below:
                return each([&](std::size_t i) {
                    return observed[i] * ((ranked[i] < centre ? 1.0 : 0.0) - offset);
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

ComparedOutcome::ComparedOutcome(OutcomeKind kind, OutcomeResult const& outcome, PathValues values)
    : kind_{kind}, statistics_{outcome.statistics}, values_{values}
{
    Observations const paths{kind, values};
    for (Estimate const& estimate : statistics_)
        terms_.push_back(terms_of(paths, outcome, estimate));
}

void ComparedOutcome::give_differences(OutcomeResult& point, PathValues const& values) const
{
    if (values.values.size() != values_.values.size())
        return;
    if (same_paths(values, values_) && point.statistics.size() == statistics_.size())
        return set_no_difference(point);
    Observations const point_paths{kind_, values};
    Observations const base_paths{kind_, values_};
    for (Estimate& estimate : point.statistics) {
        auto const found =
            std::find_if(statistics_.begin(), statistics_.end(),
                         [&](Estimate const& own) { return own.name == estimate.name; });
        if (found == statistics_.end() || !std::isfinite(estimate.value - found->value))
            continue;
        estimate.difference = estimate.value - found->value;
        auto const i = static_cast<std::size_t>(found - statistics_.begin());
        estimate.difference_se =
            paired_error(Influence{point_paths, terms_of(point_paths, point, estimate)},
                         Influence{base_paths, terms_[i]}, point_paths.size());
    }
}

}  // namespace brink
