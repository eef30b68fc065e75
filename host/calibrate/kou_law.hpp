// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace brink {

/// Law of one return of Kou's jump diffusion: a normal and a Poisson number of jumps, each +up_mean
/// e with up_probability, else -down_mean e, e ~ Exp(1).
struct KouLaw {
    double location{0};   ///< per return, without jumps
    double diffusion{0};  ///< standard deviation per return without jumps, > 0
    double jumps{0};      ///< expected number per return, > 0, a few at most
    double up_probability{0};
    double up_mean{0};    ///< > 0
    double down_mean{0};  ///< > 0

    [[nodiscard]] double density(double x) const;
    [[nodiscard]] double log_likelihood(std::span<double const> returns) const;
    [[nodiscard]] double distribution(double x) const;  ///< P(return <= x)
};

}  // namespace brink
