// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace brink::test {

/// Returns drawn by the standard library's generators, which share nothing with brink's.
class ReturnSimulator {
    std::mt19937_64 engine_;
    std::normal_distribution<double> normal_;

  public:
    explicit ReturnSimulator(std::uint64_t seed) : engine_{seed} {}

    double normal() { return normal_(engine_); }

    /// Two assets [asset][return] of correlation rho and deviations sd, t with nu degrees of
    /// freedom jointly; nu = 0: normal.
    std::vector<std::vector<double>> pair(std::size_t n, double sd_a, double sd_b, double rho,
                                          double nu = 0)
    {
        std::vector<std::vector<double>> returns(2);
        std::chi_squared_distribution<double> chi_squared{nu > 0 ? nu : 1};
        for (std::size_t i = 0; i < n; ++i) {
            double const m = nu > 0 ? std::sqrt((nu - 2) / chi_squared(engine_)) : 1;
            double const a = normal(), b = normal();
            returns[0].push_back(sd_a * m * a);
            returns[1].push_back(sd_b * m * (rho * a + std::sqrt(1 - rho * rho) * b));
        }
        return returns;
    }

    /// Normal returns and a Poisson number of normal jumps in each.
    std::vector<double> merton(std::size_t n, double diffusion, double jumps, double mean,
                               double sd)
    {
        std::poisson_distribution<int> count{jumps};
        std::vector<double> returns;
        for (std::size_t i = 0; i < n; ++i) {
            double r = diffusion * normal();
            for (int k = count(engine_); k > 0; --k)
                r += mean + sd * normal();
            returns.push_back(r);
        }
        return returns;
    }

    /// Normal returns and a Poisson number of double exponential jumps in each.
    std::vector<double> kou(std::size_t n, double diffusion, double jumps, double up_probability,
                            double up_mean, double down_mean)
    {
        std::poisson_distribution<int> count{jumps};
        std::bernoulli_distribution goes_up{up_probability};
        std::exponential_distribution<double> size;
        std::vector<double> returns;
        for (std::size_t i = 0; i < n; ++i) {
            double r = diffusion * normal();
            for (int k = count(engine_); k > 0; --k)
                r += size(engine_) * (goes_up(engine_) ? up_mean : -down_mean);
            returns.push_back(r);
        }
        return returns;
    }

    /// GJR-GARCH(1,1) with t shocks of unit variance, after a thousand returns that are left out.
    std::vector<double> garch(std::size_t n, double variance, double alpha, double gamma,
                              double beta, double nu)
    {
        std::chi_squared_distribution<double> chi_squared{nu};
        std::vector<double> returns;
        double h = variance;
        for (std::size_t i = 0; i < n + 1'000; ++i) {
            double const r = std::sqrt(h * (nu - 2) / chi_squared(engine_)) * normal();
            if (i >= 1'000)
                returns.push_back(r);
            h = (1 - alpha - gamma / 2 - beta) * variance + (alpha + (r < 0 ? gamma : 0.0)) * r * r
                + beta * h;
        }
        return returns;
    }

    /// A pair whose deviations and correlation are those of the state of a two-state chain.
    std::vector<std::vector<double>> switching_pair(std::size_t n, double const (&stay)[2],
                                                    double const (&sd_a)[2],
                                                    double const (&sd_b)[2], double const (&rho)[2])
    {
        std::uniform_real_distribution<double> uniform;
        std::vector<std::vector<double>> returns(2);
        double const crash = (1 - stay[0]) / (2 - stay[0] - stay[1]);
        int state = uniform(engine_) < crash ? 1 : 0;
        for (std::size_t i = 0; i < n; ++i) {
            double const a = normal(), b = normal(), r = rho[state];
            returns[0].push_back(sd_a[state] * a);
            returns[1].push_back(sd_b[state] * (r * a + std::sqrt(1 - r * r) * b));
            state = uniform(engine_) < stay[state] ? state : 1 - state;
        }
        return returns;
    }
};

/// How estimates of repeated samples lie about the truth.
struct Repetitions {
    double truth{0};
    std::vector<double> estimates, errors;

    void add(double estimate, double error)
    {
        estimates.push_back(estimate);
        errors.push_back(error);
    }
    [[nodiscard]] double bias() const
    {
        double sum = 0;
        for (double const x : estimates)
            sum += x - truth;
        return sum / static_cast<double>(estimates.size());
    }
    /// Standard error of the bias.
    [[nodiscard]] double bias_error() const
    {
        double sum = 0;
        for (double const x : estimates)
            sum += (x - truth - bias()) * (x - truth - bias());
        auto const n = static_cast<double>(estimates.size());
        return std::sqrt(sum / (n - 1) / n);
    }
    /// Share of the 95 % intervals that hold the truth.
    [[nodiscard]] double coverage() const
    {
        double inside = 0;
        for (std::size_t i = 0; i < estimates.size(); ++i)
            inside += std::abs(estimates[i] - truth) <= 1.96 * errors[i] ? 1 : 0;
        return inside / static_cast<double>(estimates.size());
    }
};

}  // namespace brink::test
