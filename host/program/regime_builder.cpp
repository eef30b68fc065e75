// SPDX-License-Identifier: Apache-2.0
#include "host/program/regime_builder.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "host/program/asset_terms.hpp"
#include "host/program/correlation_factor.hpp"
#include "host/program/correlation_repair.hpp"
#include "host/program/market_builder.hpp"
#include "host/program/peg_builder.hpp"
#include "io/config/duration.hpp"

namespace brink {
namespace {

using Regimes = std::vector<RegimeConfig>;
using Matrix = std::vector<std::vector<double>>;

/// What a market without regimes is in, for good.
constexpr double endless = 1e30;

/// Probability that regime j follows regime i.
double next_probability(Regimes const& regimes, std::size_t i, std::size_t j)
{
    if (regimes[i].next.empty())  // of two
        return i == j ? 0.0 : 1.0;
    for (auto const& [name, probability] : regimes[i].next)
        if (name == regimes[j].name)
            return probability;
    return 0.0;
}

/// P(X <= r) for r = 0, 1, ...; exactly 1 from the last that has any on.
template<class Probability>
std::vector<double> cumulate(std::size_t count, Probability const& of)
{
    std::vector<double> up_to(count, 0.0);
    double sum = 0.0;
    std::size_t last = 0;
    for (std::size_t r = 0; r < count; ++r) {
        sum += of(r);
        up_to[r] = sum;
        last = of(r) > 0 ? r : last;
    }
    for (std::size_t r = 0; r < count; ++r)
        up_to[r] = r >= last ? 1.0 : up_to[r] / sum;
    return up_to;
}

std::vector<double> start_law(Regimes const& regimes, Problems& problems)
{
    bool const is_written = std::any_of(regimes.begin(), regimes.end(),
                                        [](RegimeConfig const& r) { return r.start.has_value(); });
    std::vector<double> law;
    for (RegimeConfig const& regime : regimes)
        law.push_back(regime.start.value_or(0.0));
    if (is_written)
        return law;
    law = stationary_law(regimes);
    if (law.empty())
        problems.add(regimes.front().at("start"),
                     "the chain has no unique stationary law to start from: some regimes never "
                     "lead to some others",
                     "write start = 1.0 in the regime of t_0");
    return law;
}

class RegimeBuilder {
    Scenario const& scenario_;
    Matrix const& market_correlation_;
    JumpProcesses const& jumps_;
    double largest_rate_;  ///< of jumps, over those that are written
    std::vector<MatrixRepair>& repairs_;
    Problems& problems_;
    double years_;
    std::map<std::string, Matrix> matrices_;  ///< of regimes by name, as far as they were asked for

  public:
    RegimeBuilder(Scenario const& scenario, Matrix const& market_correlation,
                  JumpProcesses const& jumps, double largest_rate,
                  std::vector<MatrixRepair>& repairs, Problems& problems)
        : scenario_{scenario},
          market_correlation_{market_correlation},
          jumps_{jumps},
          largest_rate_{largest_rate},
          repairs_{repairs},
          problems_{problems},
          years_{scenario.run.step / seconds_per_year}
    {}

    /// All but where the path starts and what follows.
    RegimeTerms<double> operator()(RegimeConfig const& regime, Conditions const& conditions)
    {
        RegimeTerms<double> terms{};
        terms.mean_steps = regime.mean_duration / scenario_.run.step;
        double const jump_rate = regime.jump_rate * conditions.jump_rate;
        terms.jump_share = jump_rate < largest_rate_ ? jump_rate / largest_rate_ : 2.0;
        terms.depth = regime.depth * conditions.depth;
        terms.funding = regime.funding * conditions.funding;
        auto const factor = factor_of(regime, conditions.correlation);
        for (std::size_t i = 0; i < scenario_.assets.size() && !factor.empty(); ++i)
            set_asset(terms, i, regime, conditions, factor[i]);
        return terms;
    }

  private:
    /// \param raised share of the way to 1, which keeps a matrix semidefinite
    Matrix factor_of(RegimeConfig const& regime, double raised)
    {
        Matrix matrix = correlation_of(regime);
        auto const is_fixed = [&](std::size_t i) {
            return model_in_force(scenario_.assets[i], scenario_.market) == MarginalModel::fixed;
        };
        for (std::size_t i = 0; i < matrix.size(); ++i)
            for (std::size_t j = 0; j < matrix.size(); ++j)
                if (i != j && !is_fixed(i) && !is_fixed(j))
                    matrix[i][j] += raised * (1 - matrix[i][j]);
        return matrix.empty() ? matrix : factor_correlation(matrix).lower;
    }

    /// Of all assets; empty where a problem was added.
    Matrix correlation_of(RegimeConfig const& regime)
    {
        if (regime.correlation.matrix.empty())
            return market_correlation_;
        auto const [found, is_new] = matrices_.try_emplace(regime.name);
        if (is_new)
            found->second = own_correlation(regime);
        return found->second;
    }

    Matrix own_correlation(RegimeConfig const& regime)
    {
        CorrelationConfig const& config = regime.correlation;
        CorrelationFactor const written = factor_correlation(config.matrix);
        if (!written.lower.empty())
            return full_correlation(scenario_, config.assets, config.matrix);
        auto repair = repair_correlation(config, written, scenario_.market.copula, problems_);
        if (!repair)
            return {};
        repair->regime = regime.name;
        repairs_.push_back(std::move(*repair));
        return full_correlation(scenario_, config.assets, repairs_.back().used);
    }

    /// Annual volatility of an asset in a regime, and where that is written.
    std::pair<double, Where> volatility_of(AssetConfig const& asset, RegimeConfig const& regime)
    {
        for (auto const& [name, volatility] : regime.volatilities)
            if (name == asset.name)
                return {volatility, regime.at("volatilities." + name)};
        return {asset.volatility * regime.volatility, regime.at("volatility")};
    }

    /// Annual volatility of all of asset i's return: conditions act on its normal part and its
    /// jumps each. \param written without conditions \param jump_rate of the regime
    double volatility_under(Conditions const& conditions, std::size_t i, double written,
                            double jump_rate) const
    {
        double const multiple = conditions.volatility[i];
        double const of_jumps = jumps_.moments[i].variance * jump_rate;
        double const of_normal = written * written - of_jumps;
        if (of_jumps == 0.0 || of_normal < 0.0)
            return written * multiple;
        if (multiple == 1.0 && conditions.jump_rate == 1.0)
            return written;
        return std::sqrt(of_normal * multiple * multiple + of_jumps * conditions.jump_rate);
    }

    void set_asset(RegimeTerms<double>& terms, std::size_t i, RegimeConfig const& regime,
                   Conditions const& conditions, std::vector<double> row)
    {
        AssetConfig const& asset = scenario_.assets[i];
        terms.volatility[i] = 1.0;
        if (model_in_force(asset, scenario_.market) == MarginalModel::fixed)
            return;
        row.resize(i + 1);
        if (model_in_force(asset, scenario_.market) == MarginalModel::historical)
            row.assign(i + 1, 0.0);
        if (model_in_force(asset, scenario_.market) == MarginalModel::peg)
            return set_peg_terms(terms, i, regime, conditions, row);
        double const jump_rate = regime.jump_rate * conditions.jump_rate;
        JumpMoments const jumps{jumps_.moments[i].variance * jump_rate,
                                jumps_.moments[i].growth * jump_rate};
        bool const varies = has_own_variance(asset, scenario_.market);
        auto const [written, where] = volatility_of(asset, regime);
        double const volatility = volatility_under(conditions, i, written, regime.jump_rate);
        AssetTerms const moves =
            varies ? make_varying_terms(asset, years_, row, jumps)
                   : make_asset_terms(asset, volatility, where, years_, row, jumps, problems_);
        for (std::size_t j = 0; j <= i; ++j)
            terms.loading[triangle_place(static_cast<int>(i), static_cast<int>(j))] =
                moves.loading[j];
        terms.drift[i] = moves.drift;
        terms.half_variance[i] = moves.half_variance;
        terms.net_drift[i] = moves.drift - moves.half_variance;
        if (varies)
            terms.volatility[i] = regime.volatility * conditions.volatility[i];
        else if (asset.volatility > 0)
            terms.volatility[i] = volatility / asset.volatility;
    }

    /// The deviation of a peg: neither drift nor compensator.
    void set_peg_terms(RegimeTerms<double>& terms, std::size_t i, RegimeConfig const& regime,
                       Conditions const& conditions, std::vector<double> const& row)
    {
        AssetConfig const& asset = scenario_.assets[i];
        double const volatility = volatility_of(asset, regime).first * conditions.volatility[i];
        double const scale = volatility * peg_scale(*asset.peg, scenario_.run.step);
        for (std::size_t j = 0; j <= i; ++j)
            terms.loading[triangle_place(static_cast<int>(i), static_cast<int>(j))] =
                scale * row[j];
        if (asset.volatility > 0)
            terms.volatility[i] = volatility / asset.volatility;
    }
};

}  // namespace

double largest_jump_rate(MarketConfig const& market, std::vector<Phase> const& phases)
{
    double of_regimes = market.regimes.empty() ? 1.0 : 0.0, of_phases = 0.0;
    for (RegimeConfig const& regime : market.regimes)
        of_regimes = std::max(of_regimes, regime.jump_rate);
    for (Phase const& phase : phases)
        of_phases = std::max(of_phases, phase.conditions.jump_rate);
    double const largest = of_regimes * of_phases;
    return largest > 0.0 ? largest : 1.0;
}

std::vector<double> stationary_law(Regimes const& regimes)
{
    auto const n = static_cast<Eigen::Index>(regimes.size());
    Eigen::MatrixXd generator(n, n);
    for (Eigen::Index i = 0; i < n; ++i)
        for (Eigen::Index j = 0; j < n; ++j) {
            auto const from = static_cast<std::size_t>(i), to = static_cast<std::size_t>(j);
            // Scaled by the mean duration: the null space is that of the embedded chain.
            generator(i, j) = next_probability(regimes, from, to) - (i == j ? 1.0 : 0.0);
        }
    Eigen::FullPivLU<Eigen::MatrixXd> solver(generator.transpose());
    solver.setThreshold(1e-9);
    if (solver.dimensionOfKernel() != 1)
        return {};
    Eigen::VectorXd const visits = solver.kernel().col(0);
    std::vector<double> law;
    double sum = 0.0;
    for (std::size_t r = 0; r < regimes.size(); ++r) {
        law.push_back(visits(static_cast<Eigen::Index>(r)) * regimes[r].mean_duration);
        sum += law.back();
    }
    for (double& share : law)
        share /= sum;
    return law;
}

std::vector<RegimeTerms<double>> build_regimes(
    Scenario const& scenario, std::vector<Phase> const& phases, Matrix const& market_correlation,
    JumpProcesses const& jumps, std::vector<MatrixRepair>& repairs, Problems& problems)
{
    Regimes regimes = scenario.market.regimes;
    std::vector<RegimeTerms<double>> list;
    auto const is_plain = [](Phase const& phase) { return phase.conditions.change_nothing(); };
    if (regimes.empty() && std::all_of(phases.begin(), phases.end(), is_plain))
        return list;
    if (regimes.empty()) {
        RegimeConfig& only = regimes.emplace_back();
        only.where = scenario.market.where;
        only.mean_duration = endless;
        only.start = 1.0;
    }
    auto const start = start_law(regimes, problems);
    if (start.empty())
        return list;
    auto const start_up_to = cumulate(regimes.size(), [&](std::size_t r) { return start[r]; });
    RegimeBuilder build{scenario, market_correlation,
                        jumps,    largest_jump_rate(scenario.market, phases),
                        repairs,  problems};
    std::size_t const before = problems.problems().size();
    for (Phase const& phase : phases)
        for (std::size_t r = 0; r < regimes.size(); ++r) {
            RegimeTerms<double>& terms = list.emplace_back(build(regimes[r], phase.conditions));
            if (problems.problems().size() > before)
                return list;  // it would come again with every phase
            terms.start_up_to = start_up_to[r];
            auto const up_to = cumulate(regimes.size(), [&](std::size_t next) {
                return next_probability(regimes, r, next);
            });
            std::copy(up_to.begin(), up_to.end(), terms.next_up_to);
        }
    return list;
}

}  // namespace brink
