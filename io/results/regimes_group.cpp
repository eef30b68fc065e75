// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_groups.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace brink {
namespace {

using Member = double Estimate::*;
constexpr std::array<std::pair<std::string_view, Member>, 4> estimate_members{{
    {"", &Estimate::value},
    {"_se", &Estimate::se},
    {"_lo", &Estimate::lo},
    {"_hi", &Estimate::hi},
}};

void write_estimates(hdf5::GroupWriter& group, std::string const& name,
                     std::vector<Estimate> const& estimates, std::string const& meaning)
{
    constexpr std::array<std::string_view, 4> kinds{"", ", standard error", ", lower 95 % bound",
                                                    ", upper 95 % bound"};
    for (std::size_t m = 0; m < estimate_members.size(); ++m) {
        std::vector<double> values;
        for (Estimate const& estimate : estimates)
            values.push_back(estimate.*estimate_members[m].second);
        group.variable(name + std::string{estimate_members[m].first}, {"regime"}, values,
                       {.long_name = meaning + std::string{kinds[m]}, .units = "1"});
    }
}

std::vector<Estimate> read_estimates(hdf5::GroupReader const& group, std::string const& name,
                                     std::string const& statistic, std::size_t size)
{
    std::vector<Estimate> estimates(size);
    for (auto const& [suffix, member] : estimate_members) {
        auto const values = group.doubles(name + std::string{suffix}, size);
        for (std::size_t r = 0; r < size; ++r) {
            estimates[r].name = statistic;
            estimates[r].*member = values[r];
        }
    }
    return estimates;
}

}  // namespace

void write_regimes(hdf5::GroupWriter const& root, RegimeTable const& regimes)
{
    if (regimes.names.empty())
        return;
    hdf5::GroupWriter group = root.group("regimes");
    group.coordinate("regime", regimes.names, {.long_name = "state of the market's chain"});
    write_estimates(group, "occupancy", regimes.occupancy,
                    "share of the steps that the regime governs, mean over paths");
    write_estimates(group, "visited", regimes.visited,
                    "probability that the regime governs a step of the path");
}

RegimeTable read_regimes(hdf5::GroupReader const& root)
{
    RegimeTable regimes;
    if (!root.has("regimes"))
        return regimes;
    hdf5::GroupReader const group = root.group("regimes");
    regimes.names = group.strings("regime");
    regimes.occupancy = read_estimates(group, "occupancy", "mean", regimes.names.size());
    regimes.visited = read_estimates(group, "visited", "prob", regimes.names.size());
    return regimes;
}

}  // namespace brink
