// SPDX-License-Identifier: Apache-2.0
#include "host/program/jump_builder.hpp"

#include <fmt/format.h>

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

#include "host/program/market_builder.hpp"

namespace brink {
namespace {

using Process = JumpProcess<double, max_assets>;

/// A process is cut where so little is left that no word of the generator reaches it.
constexpr double least_survival = 0x1p-33;

/// P(more than k arrivals) of a Poisson variable: the regularised incomplete gamma function.
double poisson_survival(double expected, int k)
{
    return boost::math::gamma_p(k + 1.0, expected);
}

/// \return whether every count that a path may meet has its level
bool set_counts(Process& process, double expected)
{
    for (int k = 0; k < max_jumps_per_step; ++k) {
        double const survival = poisson_survival(expected, k);
        if (survival < least_survival && k > 0)
            return true;
        process.survival[k] = survival;
        process.num_levels = k + 1;
    }
    return poisson_survival(expected, max_jumps_per_step) < least_survival;
}

/// Largest expected number of jumps in a step that `set_counts` accepts, rounded down.
double most_expected()
{
    double expected = 0;
    for (Process process{}; set_counts(process, expected + 0.1);)
        expected += 0.1;
    return expected;
}

class JumpBuilder {
    Scenario const& scenario_;
    double step_years_;
    double largest_rate_;
    Problems& problems_;
    JumpProcesses processes_;

  public:
    JumpBuilder(Scenario const& scenario, double step_years, double largest_rate,
                Problems& problems)
        : scenario_{scenario},
          step_years_{step_years},
          largest_rate_{largest_rate},
          problems_{problems}
    {
        processes_.moments.resize(scenario.assets.size());
    }

    JumpProcesses operator()()
    {
        for (CommonJumpConfig const& jumps : scenario_.market.common_jumps)
            if (auto const process = open(jumps, jumps.size))
                add_common(*process, jumps);
        for (std::size_t i = 0; i < scenario_.assets.size(); ++i)
            if (JumpConfig const* const own = own_jumps(scenario_.assets[i]))
                if (auto process = open(*own, size_of(scenario_.assets[i]))) {
                    load(*process, i, 1.0, *own);
                    keep(*process, *own);
                }
        return std::move(processes_);
    }

  private:
    static JumpConfig const* own_jumps(AssetConfig const& asset)
    {
        return asset.jumps ? &*asset.jumps : nullptr;
    }

    JumpSize size_of(AssetConfig const& asset) const
    {
        return model_in_force(asset, scenario_.market) == MarginalModel::kou
                   ? JumpSize::double_exponential
                   : JumpSize::normal;
    }

    std::optional<Process> open(JumpConfig const& jumps, JumpSize size)
    {
        Process process{};
        process.law = size == JumpSize::normal ? JumpLaw::normal : JumpLaw::double_exponential;
        process.mean = jumps.mean / std::numbers::ln2;
        process.deviation = jumps.sd / std::numbers::ln2;
        process.up_probability = jumps.up_probability;
        process.up_mean = jumps.up_mean / std::numbers::ln2;
        process.down_mean = jumps.down_mean / std::numbers::ln2;
        double const expected = jumps.rate * largest_rate_ * step_years_;
        if (set_counts(process, expected))
            return process;
        problems_.add(
            jumps.at("rate"),
            fmt::format("{:.4g} jumps are expected in one step, and at most {:.1f} can be",
                        expected, most_expected()),
            "lower the rate or shorten run.step; many small jumps are volatility");
        return std::nullopt;
    }

    void add_common(Process process, CommonJumpConfig const& jumps)
    {
        for (auto const& [name, loading] : jumps.loadings)
            for (std::size_t i = 0; i < scenario_.assets.size(); ++i)
                if (scenario_.assets[i].name == name)
                    load(process, i, loading, jumps);
        keep(process, jumps);
    }

    void load(Process& process, std::size_t i, double loading, JumpConfig const& jumps)
    {
        process.loading[i] = loading;
        process.mask |= 1u << i;
        JumpMoments& moments = processes_.moments[i];
        if (process.law == JumpLaw::normal) {
            double const mean = loading * jumps.mean, sd = loading * jumps.sd;
            moments.variance += jumps.rate * (mean * mean + sd * sd);
            moments.growth += jumps.rate * std::expm1(mean + sd * sd / 2);
            return;
        }
        double const p = jumps.up_probability;
        double const up = loading * jumps.up_mean, down = -loading * jumps.down_mean;
        moments.variance += jumps.rate * 2 * (p * up * up + (1 - p) * down * down);
        // E exp(m e) = 1 / (1 - m) of a standard exponential e, for m < 1.
        bool const exists = (p == 0 || up < 1) && (p == 1 || down < 1);
        if (exists) {
            moments.growth += jumps.rate * (p * up / (1 - up) + (1 - p) * down / (1 - down));
            return;
        }
        problems_.add(
            jumps.at(up >= 1 ? "up_mean" : "down_mean"),
            fmt::format("an upward jump of {} is {:.4g} on average: from 1 on the expected "
                        "price does not exist",
                        scenario_.assets[i].name, std::max(up, down)),
            "mean sizes are log returns: write 0.05 for 5 %");
    }

    void keep(Process const& process, JumpConfig const& jumps)
    {
        if (processes_.list.size() < max_jump_processes)
            processes_.list.push_back(process);
        else
            problems_.add(jumps.at("rate"),
                          fmt::format("is one process more than the {} that a market holds",
                                      max_jump_processes));
    }
};

}  // namespace

JumpProcesses build_jumps(Scenario const& scenario, double step_years, double largest_rate,
                          Problems& problems)
{
    return JumpBuilder{scenario, step_years, largest_rate, problems}();
}

}  // namespace brink
