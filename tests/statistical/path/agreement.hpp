// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/scenario_runner.hpp"
#include "tests/unit/host/program/venue_portfolios.hpp"

namespace brink::test {

/// Float against double on the same random numbers: random accounts near the brink at one shipped
/// venue, path by path. Both decide in double; what differs are prices, by 1e-7 a step. So a path
/// differs in kind (whether or when an account is liquidated) where it passes a level, or the floor
/// of a bracket, within that: some 1e-6 of health on each of the steps near it. An account that is
/// reduced to a target health then stands at its level, where rounding decides whether the next
/// step reduces it again: its amounts differ more often.
class Agreement {
    static constexpr int num_pairs = 4;
    static constexpr std::int64_t chunk = 16'384;
    /// Of gross notional, debt and worth at t_0, and of the loss.
    static constexpr double amount_tolerance = 1e-5;

    std::string text_;
    ScenarioRunner<float> single_;
    ScenarioRunner<double> exact_;
    std::vector<double> gross_;  ///< [numeraire] per account
    double liquidation_health_;

    static std::string scenario_text(std::string const& venue, std::string const& step)
    {
        std::string text = VenuePortfolios{venue, num_pairs}.text();
        auto const replace = [&](std::string const& from, std::string const& to) {
            for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from))
                text.replace(at, from.size(), to);
        };
        replace("horizon = \"P1D\"\nstep = \"PT8H\"", "horizon = \"P2D\"\nstep = \"" + step + "\"");
        replace("named = false", "named = true");
        replace("owner = \"o\"\n", "");  // each its own, so that a loss is of one account
        replace("volatility = 0.5", "volatility = 3.0");
        return text;
    }

  public:
    /// What `compare` has counted, over paths and accounts.
    struct Counts {
        std::uint64_t first{0};  ///< path of the chunk
        std::int64_t compared{0};
        std::int64_t liquidated{0};
        std::int64_t other_kind{0};    ///< liquidated in one of the two only, or at another step
        std::int64_t other_amount{0};  ///< of the rest: losses differ by more than the tolerance
        /// Of those of another kind: how far from the liquidation level the account was where one
        /// of the two liquidated it and the other did not, of its gross_. The largest.
        double band{0};

        [[nodiscard]] double share(std::int64_t count) const
        {
            return static_cast<double>(count) / static_cast<double>(compared);
        }
    };

    explicit Agreement(std::string const& venue, std::string const& step = "PT2H")
        : text_{scenario_text(venue, step)}, single_{text_}, exact_{text_}
    {
        Program<double> const program = exact_.program();
        liquidation_health_ = program.tables[program.exact_rules.ladders][0].liquidation_health;
        std::vector<double> prices;
        for (Asset const& asset : program.tables[program.assets])
            prices.push_back(asset.opening_price);
        BookState<double> const book{program, prices};
        for (std::int32_t a = 0; a < book.num_accounts(); ++a)
            gross_.push_back(book.assess(a).exposure + std::abs(book.net_asset_value(a)));
    }

    [[nodiscard]] Counts compare(std::int64_t paths) const
    {
        Counts counts;
        for (std::int64_t first = 0; first < paths; first += chunk) {
            std::int64_t const size = std::min(chunk, paths - first);
            counts.first = static_cast<std::uint64_t>(first);
            auto const rounded = single_.run(size, 2, static_cast<std::uint64_t>(first));
            auto const exact = exact_.run(size, 2, static_cast<std::uint64_t>(first));
            for (std::size_t a = 0; a < gross_.size(); ++a)
                for (std::int64_t path = 0; path < size; ++path)
                    add(rounded, exact, path, static_cast<int>(a), counts);
        }
        return counts;
    }

  private:
    /// \param in_float, in_double [s] first liquidation, NaN: none
    double band(std::uint64_t path, std::size_t account, double in_float, double in_double) const
    {
        bool const float_first = std::isnan(in_double) || in_float < in_double;
        double const time = float_first ? in_float : in_double;
        auto const step =
            static_cast<std::size_t>(std::lround(time / exact_.program().step_seconds));
        TraceRow const row =
            (float_first ? exact_.trace(path).accounts
                         : single_.trace(path).accounts)[step * gross_.size() + account];
        return std::abs(row.margin_equity - liquidation_health_ * row.maintenance_margin)
               / gross_[account];
    }

    template<class Outcomes, class Exact>
    void add(Outcomes const& rounded, Exact const& exact, std::int64_t path, int account,
             Counts& counts) const
    {
        auto const both = [&](Column column) {
            return std::pair{rounded.at(column, path, account + 1),
                             exact.at(column, path, account + 1)};
        };
        auto const [in_float, in_double] = both(Column::liquidated);
        auto const [early, late] = both(Column::first_liquidation_time);
        auto const [loss, exact_loss] = both(Column::loss);
        ++counts.compared;
        counts.liquidated += in_double != 0.0;
        bool const same_time = early == late || (std::isnan(early) && std::isnan(late));
        if (in_float != in_double || !same_time) {
            ++counts.other_kind;
            counts.band =
                std::max(counts.band, band(counts.first + static_cast<std::uint64_t>(path),
                                           static_cast<std::size_t>(account), early, late));
        } else if (!(std::abs(loss - exact_loss)
                     <= amount_tolerance
                            * (gross_[static_cast<std::size_t>(account)] + std::abs(exact_loss))))
            ++counts.other_amount;
    }
};

/// Whether the two agree on all but the few paths on which rounding decides.
inline void expect_agreement(std::string const& venue, std::int64_t paths,
                             std::string const& step = "PT2H")
{
    Agreement::Counts const counts = Agreement{venue, step}.compare(paths);

    std::cout << venue << ": " << counts.compared << " paths and accounts, liquidated "
              << counts.share(counts.liquidated) << ", other in kind " << counts.other_kind
              << " (largest band " << counts.band << "), other in amount " << counts.other_amount
              << '\n';
    EXPECT_GT(counts.share(counts.liquidated), 0.01);
    EXPECT_LT(counts.share(counts.liquidated), 0.99);
    EXPECT_LT(counts.share(counts.other_kind), 1e-4 + 4.0 / static_cast<double>(counts.compared));
    EXPECT_LT(counts.share(counts.other_amount), 1e-3);
}

}  // namespace brink::test
