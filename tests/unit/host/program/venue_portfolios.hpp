// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/venue_file.hpp"
#include "tests/unit/host/program/built_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <random>

namespace brink::test {

inline std::string const venue_folder = BRINK_SOURCE_DIR "/configs/venues/";

inline std::vector<std::string> venue_files()
{
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator{venue_folder})
        if (entry.path().extension() == ".toml")
            names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// A scenario of random accounts at one shipped venue, near the brink. They come in pairs: account
/// 2i + 1 is account 2i with a tenth more of one of its coins.
class VenuePortfolios {
    static constexpr std::size_t max_instruments = 2;
    static constexpr std::size_t most_assets = 5;  ///< that every build has kernels for
    VenueConfig venue_;
    std::mt19937_64 random_{7};
    std::vector<std::string> assets_;
    std::vector<std::string> collateral_;  ///< those of them that count
    std::vector<std::string> instruments_;
    std::vector<bool> inverse_;
    double largest_{1e7};  ///< [numeraire] size of an account's business
    std::string text_;
    double band_top_{1};  ///< over the price

  public:
    VenuePortfolios(std::string const& venue, int num_pairs)
    {
        Problems problems;
        venue_ = read_venue_file(venue_folder + venue + ".toml", problems);
        text_ =
            "[run]\nas_of = 2025-07-01T00:00:00Z\nhorizon = \"P1D\"\nstep = \"PT8H\"\n"
            "seed = 1\npaths = 64\n[[venue]]\nname = \"v\"\ninclude = \""
            + venue_folder + venue + ".toml\"\n";
        add_coins();
        for (ScheduleConfig const& schedule : venue_.schedules)
            add_instrument(schedule);
        if (venue_.requirement == Requirement::grid)
            add_grid_instruments();
        text_ += "[[owner]]\nname = \"o\"\n";
        for (int i = 0; i < num_pairs; ++i)
            add_pair(i);
    }

    [[nodiscard]] std::string const& text() const { return text_; }

  private:
    [[nodiscard]] double uniform(double low, double high)
    {
        return std::uniform_real_distribution{low, high}(random_);
    }
    [[nodiscard]] std::size_t below(std::size_t n)
    {
        return std::uniform_int_distribution<std::size_t>{0, n - 1}(random_);
    }
    [[nodiscard]] double log_uniform(double low, double high)
    {
        return std::exp(uniform(std::log(low), std::log(high)));
    }

    static bool is_stable(std::string const& asset)
    {
        return asset.find("USD") != std::string::npos || asset.find("DAI") != std::string::npos
               || asset.find("BOLD") != std::string::npos;
    }
    static double price_of(std::string const& asset)
    {
        if (is_stable(asset))
            return 1.0;
        if (asset.find("BTC") != std::string::npos)
            return 100'000.0;
        return asset.find("ETH") != std::string::npos ? 2'500.0 : 20.0;
    }

    /// Whether the venue takes a coin for more than nothing.
    [[nodiscard]] bool counts(std::string const& asset) const
    {
        return std::any_of(
            venue_.collateral.begin(), venue_.collateral.end(),
            [&](auto const& row) { return row.asset == asset && row.tiers.front().ratio > 0; });
    }

    /// What is owed or settled in, then as many coins of the collateral list as there is room for.
    void add_coins()
    {
        std::vector<std::string> coins;
        for (CollateralConfig const& row : venue_.collateral)
            coins.push_back(row.asset);
        auto const stable = std::find_if(coins.begin(), coins.end(), is_stable);
        if (stable != coins.end())
            add_asset(*stable);
        std::size_t const room = most_assets - (venue_.schedules.empty() ? 1 : max_instruments);
        for (std::string const& coin : coins)
            if (assets_.size() < room)
                add_asset(coin);
        collateral_ = assets_;
        std::erase_if(collateral_, [&](std::string const& asset) { return !counts(asset); });
        if (venue_.schedules.empty())
            add_asset(venue_.borrow.front().asset);
    }

    void add_asset(std::string const& asset)
    {
        if (trades(asset))
            return;
        assets_.push_back(asset);
        text_ += fmt::format("[[asset]]\nname = \"{}\"\nprice = {}\n{}\n", asset, price_of(asset),
                             is_stable(asset) ? "model = \"fixed\"" : "volatility = 0.5");
    }

    static bool is_inverse(std::string const& name)
    {
        return name == "BTCUSD" || name.starts_with("BTCUSD_") || name.starts_with("XBTUSD");
    }

    [[nodiscard]] std::string stablecoin() const
    {
        return *std::find_if(assets_.begin(), assets_.end(), is_stable);
    }

    /// The third bracket is in reach.
    void add_instrument(ScheduleConfig const& schedule)
    {
        if (instruments_.size() == max_instruments)
            return;
        std::string const& name = schedule.instruments.front();
        add_perpetual(name);
        bool const in_coins = schedule.unit == ScheduleUnit::notional && is_inverse(name);
        double const unit = in_coins ? price_of("BTC") : 1.0;
        if (schedule.tiers.size() > 2)
            largest_ = std::max(largest_, 3.0 * schedule.tiers[2].floor * unit);
    }

    /// Inverse contracts settle in BTC, linear ones in the first stablecoin of the venue.
    void add_perpetual(std::string const& name)
    {
        bool const inverse = is_inverse(name);
        std::string const quote = inverse ? "USD" : stablecoin();
        std::string const base = inverse ? "BTC" : fmt::format("B{}", instruments_.size());
        add_asset(base);
        text_ += fmt::format(
            "[[instrument]]\nname = \"{}\"\nvenue = \"v\"\nkind = \"{}\"\nbase = \"{}\"\nquote = "
            "\"{}\"\n",
            name, inverse ? "inverse_perp" : "linear_perp", base, quote);
        instruments_.push_back(name);
        inverse_.push_back(inverse);
    }

    /// A perpetual and an option on one coin.
    void add_grid_instruments()
    {
        add_perpetual("B-PERP");
        text_ += fmt::format(
            "[[instrument]]\nname = \"B-PUT\"\nvenue = \"v\"\nkind = \"put\"\nbase = \"B0\"\n"
            "quote = \"{}\"\nstrike = 18\nexpiry = 2025-07-11T00:00:00Z\nvolatility = 0.6\n",
            stablecoin());
        instruments_.push_back("B-PUT");
        inverse_.push_back(false);
    }

    using Coins = std::vector<std::pair<std::string, double>>;

    static bool holds(Coins const& coins, std::string const& asset)
    {
        return std::any_of(coins.begin(), coins.end(),
                           [&](auto const& coin) { return coin.first == asset; });
    }

    void add_pair(int i)
    {
        double const size = log_uniform(1e3, largest_);
        std::string tail = instruments_.empty() ? loan(size) : positions(size);
        if (venue_.bands)
            band_top_ = uniform(0.5, 1.0);
        double const share = instruments_.empty() ? uniform(0.9, 3.0) : uniform(0.01, 0.4);
        Coins coins = balances(size * share);
        if (!instruments_.empty())
            tail += margin_loan(coins, size * share);
        add_account(2 * i, coins, tail);
        coins[below(coins.size())].second *= 1.1;
        add_account(2 * i + 1, coins, tail);
    }

    /// One to three coins of the venue's list.
    [[nodiscard]] Coins balances(double value)
    {
        Coins coins;
        for (std::size_t left = venue_.bands ? 1 : 1 + below(3); left > 0; --left) {
            std::string const& asset = collateral_[below(collateral_.size())];
            if (!holds(coins, asset))
                coins.emplace_back(asset, value * uniform(0.1, 1.0) / price_of(asset));
        }
        return coins;
    }

    [[nodiscard]] std::string loan(double size)
    {
        std::string const& asset = venue_.borrow.front().asset;
        return fmt::format("loans = [{{ asset = \"{}\", amount = {:.17g} }}]\n", asset,
                           size / price_of(asset));
    }

    /// Of every other account, where the venue takes margin for loans: a coin that it does not
    /// hold.
    [[nodiscard]] std::string margin_loan(Coins const& coins, double value)
    {
        for (BorrowConfig const& row : venue_.borrow)
            if (row.maintenance_rate > 0 && trades(row.asset) && !holds(coins, row.asset))
                return below(2) == 0
                           ? ""
                           : fmt::format("loans = [{{ asset = \"{}\", amount = {:.17g} }}]\n",
                                         row.asset,
                                         value * uniform(0.1, 0.5) / price_of(row.asset));
        return "";
    }

    [[nodiscard]] bool trades(std::string const& asset) const
    {
        return std::find(assets_.begin(), assets_.end(), asset) != assets_.end();
    }

    [[nodiscard]] std::string positions(double size)
    {
        std::string rows;
        for (std::size_t k = 0; k < instruments_.size(); ++k) {
            double const mark = inverse_[k] ? 100'000.0 : 20.0;
            double const contracts = size * uniform(0.1, 1.0) / (inverse_[k] ? 1.0 : mark);
            double const signed_size = below(2) == 0 ? contracts : -contracts;
            double const entry = mark * std::exp(uniform(-0.1, 0.1));
            std::string const opened =
                instruments_[k] == "B-PUT"
                    ? ""
                    : fmt::format(", entry_price = {:.17g}, leverage = 1", entry);
            rows += fmt::format("{{ instrument = \"{}\", size = {:.17g}{} }}, ", instruments_[k],
                                signed_size, opened);
        }
        return fmt::format("positions = [{}]\n", rows);
    }

    void add_account(int i, Coins const& coins, std::string const& tail)
    {
        std::string amounts;
        for (auto const& [asset, amount] : coins)
            amounts += fmt::format("{}{} = {:.17g}", amounts.empty() ? "" : ", ", asset, amount);
        text_ += fmt::format(
            "[[account]]\nname = \"a{:05}\"\nowner = \"o\"\nvenue = \"v\"\nnamed = false\n"
            "balances = {{ {} }}\n{}",
            i, amounts, tail);
        if (venue_.bands)
            text_ += fmt::format("band_top = {:.17g}\n", band_top_ * price_of(coins[0].first));
    }
};

}  // namespace brink::test
