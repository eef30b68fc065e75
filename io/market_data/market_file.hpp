// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/market_config.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace brink {

/// What a market file says of one asset.
struct MarketFileAsset {
    std::string name;
    double volatility{0};             ///< a year, > 0
    std::optional<JumpConfig> jumps;  ///< double exponential where up_mean > 0
    std::optional<GarchConfig> garch;
    std::optional<PegConfig> peg;
    std::vector<std::string> comments;
};

/// A regime as a market file has it; what it does not say is that of the market.
struct MarketFileRegime {
    std::string name;
    Seconds mean_duration{0};
    std::vector<double> volatilities;              ///< a year, in the order of the assets
    std::vector<std::vector<double>> correlation;  ///< the same
    std::vector<std::string> comments;
};

/// A calibrated market as it is written: the keys of [market] and [[asset]] that it sets, and
/// comments, one line each and without the '#'. Filled by host.
struct MarketFile {
    std::vector<std::string> comments;
    std::string source;
    std::string date;
    MarginalModel model{MarginalModel::gbm};
    std::optional<Copula> copula;
    std::optional<double> degrees_of_freedom;
    std::optional<Seconds> mixing;
    std::vector<std::string> correlation_comments;
    std::vector<std::vector<double>> correlation;  ///< [asset][asset], in the order of `assets`
    std::vector<MarketFileAsset> assets;
    std::vector<MarketFileRegime> regimes;
};

/// The file as TOML that `[market] include` takes.
[[nodiscard]] std::string market_file_text(MarketFile const& market);

/// Write it under a private name and rename it to `target`.
/// \throw FileError 73 where it cannot be created, 74 where the disk is full or fails
void write_market_file(MarketFile const& market, std::filesystem::path const& target);

}  // namespace brink
