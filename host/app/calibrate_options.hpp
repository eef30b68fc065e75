// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace brink {

/// What the command line of `brink calibrate` says, as it was written.
struct CalibrateOptions {
    std::vector<std::string> files, assets;
    std::vector<std::string> references;  ///< ASSET=REFERENCE
    std::vector<std::string> ratios;      ///< COLUMN=ASSET/REFERENCE
    std::vector<std::string> accruals;    ///< columns
    std::string model, from, to, output;
    std::string volatility{"sample"}, correlation{"sample"}, copula{"gaussian"};
    int regimes{1};
    bool force{false};
};

}  // namespace brink
