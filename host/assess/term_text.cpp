// SPDX-License-Identifier: Apache-2.0
#include "host/assess/term_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace brink {
namespace {

/// `N x rate`, or `N x (rate + slope x size)`, at most N.
std::string rate_text(MarginSchedule<double> const& schedule, PositionValue<double> const& value,
                      double rate, double slope)
{
    std::string const entry = schedule.basis == ChargeBasis::entry ? " at entry" : "";
    if (schedule.shape == ScheduleShape::square_root)
        return fmt::format("{}{} x min(max({}, 0.8 x {} + {} x sqrt({})), 1)",
                           number(value.charged), entry, number(rate), number(rate), number(slope),
                           number(value.charged / value.unit_value));
    if (schedule.shape != ScheduleShape::affine)
        return fmt::format("{}{} x {}", number(value.charged), entry, number(rate));
    return fmt::format("{}{} x min({} + {} x {}, 1)", number(value.charged), entry, number(rate),
                       number(slope), number(value.charged / value.unit_value));
}

}  // namespace

std::string number(double value)
{
    return fmt::format("{:.10g}", value);
}

std::string slabs_text(Entries<Slab<double>> slabs, double x)
{
    if (x < 0.0)
        return number(x) + " x 1";
    std::string text;
    double floor = 0.0;
    for (std::int32_t k = 0; k < slabs.size() && (k == 0 || floor < x); ++k) {
        double ceiling = std::numeric_limits<double>::infinity();
        if (k + 1 < slabs.size())
            ceiling =
                (slabs[k + 1].offset - slabs[k].offset) / (slabs[k].slope - slabs[k + 1].slope);
        text += fmt::format("{}{} x {}", text.empty() ? "" : " + ",
                            number(std::min(x, ceiling) - floor), number(slabs[k].slope));
        floor = ceiling;
    }
    return text;
}

std::string maintenance_text(MarginSchedule<double> const& schedule, MarginTier<double> const& tier,
                             PositionValue<double> const& value)
{
    std::string text = rate_text(schedule, value, tier.rate, tier.slope);
    if (schedule.shape == ScheduleShape::marginal && tier.amount != 0.0)
        text += fmt::format(" - {}", number(tier.amount * value.unit_value));
    if (schedule.close_fee_rate != 0.0)
        text += fmt::format(" + {} x {} closing fee", number(value.charged),
                            number(schedule.close_fee_rate));
    return text;
}

std::string initial_text(MarginSchedule<double> const& schedule, MarginTier<double> const& tier,
                         PositionValue<double> const& value, double stated_rate)
{
    if (schedule.open_interest > 0.0) {
        double const above =
            schedule.open_interest * value.unit_value - schedule.open_interest_from;
        return fmt::format("{} x max({}, min({} + {} x (1 - {}), 1)) by open interest",
                           number(value.charged), number(stated_rate), number(tier.initial_rate),
                           number(std::max(above * schedule.open_interest_slope, 0.0)),
                           number(tier.initial_rate));
    }
    if (stated_rate > 0.0)
        return fmt::format("{} / leverage {}", number(value.charged), number(1.0 / stated_rate));
    return rate_text(schedule, value, tier.initial_rate, tier.initial_slope);
}

std::string option_maintenance_text(MarginSchedule<double> const& schedule,
                                    SoldOption<double> const& sold, OptionRight right)
{
    bool const follows_mark = right == OptionRight::put && schedule.put_follows_mark != 0;
    std::string const underlying = number(sold.underlying);
    return fmt::format(
        "{} x {} + {}",
        follows_mark ? fmt::format("max({}, {})", underlying, number(sold.value)) : underlying,
        number(schedule.option_maintenance), number(sold.value));
}

std::string option_initial_text(MarginSchedule<double> const& schedule,
                                SoldOption<double> const& sold, OptionRight right,
                                double maintenance)
{
    std::string const text =
        fmt::format("max({} x {} - {}, {} x {}) + {}", number(sold.underlying),
                    number(schedule.option_initial), number(sold.out_of_the_money),
                    number(sold.underlying), number(schedule.option_least), number(sold.value));
    return right == OptionRight::put ? fmt::format("max({}, {})", text, number(maintenance)) : text;
}

}  // namespace brink
