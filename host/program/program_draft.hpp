// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "models/path/program.hpp"

/// \file
/// The path program while it is being put together: what models/path/program.hpp describes, in
/// double and with vectors where the program has slices into its block.
namespace brink {

struct CurveDraft {
    CollateralCurve<double> curve{};
    std::vector<Slab<double>> slabs;
    BonusTerms bonus{};
};

struct ContingencyDraft {
    Contingency<double> terms{};
    std::vector<MarginTier<double>> scaling;
};

struct GridDraft {
    ScenarioGrid<double> grid{};
    std::vector<GridScenario<double>> scenarios;
    std::vector<GridSpot<double>> spots;
    std::vector<ContingencyDraft> contingencies;
};

struct ScheduleDraft {
    MarginSchedule<double> schedule{};
    std::vector<MarginTier<double>> tiers;
};

/// One margin unit: a cross account, one isolated position, or the free balances beside those.
struct AccountDraft {
    std::string name;
    std::size_t config_idx{0};  ///< into Scenario::accounts
    bool named{false};          ///< gets outcome columns of its own while there are some left
    std::int32_t venue{0};
    std::int32_t owner{0};
    std::int32_t column_scope{-1};
    std::vector<Holding<double>> holdings;
    std::vector<Position<double>> positions;
    std::vector<CarryTerm> carry_terms;
    LoanBands<double> bands;
};

struct ResponseDraft {
    ResponseRule rule{};
    std::vector<OutageWindow> outages;
};

/// Accounts of one value of a group column, such as `desk=asia`.
struct GroupDraft {
    std::string name;                    ///< `<column>=<value>`
    std::vector<std::int32_t> accounts;  ///< ascending
};

struct OwnerDraft {
    std::string name;
    std::int32_t first_account{0};
    std::int32_t num_accounts{0};
    std::vector<double> reserve;  ///< [coin] per asset
    std::vector<ResponseDraft> responses;
};

struct ProgramDraft {
    std::vector<Asset> assets;
    std::vector<Instrument> instruments;
    std::vector<Contract<double>> contracts;
    std::vector<Oracle<double>> oracles;  ///< first_field is the tables'
    std::vector<CarrySlot> carry_slots;
    std::vector<Venue> venues;
    std::vector<std::vector<std::int32_t>> sale_orders;  ///< of assets; one per venue, or empty
    std::vector<Ladder<double>> ladders;                 ///< one per venue
    std::vector<CurveDraft> curves;
    std::vector<ScheduleDraft> schedules;
    std::vector<GridDraft> grids;
    std::vector<OwnerDraft> owners;
    std::vector<AccountDraft> accounts;  ///< sorted by owner, then id
    std::vector<GroupDraft> groups;      ///< with outcome columns of their own, sorted by name
    std::vector<RegimeTerms<double>> regimes;  ///< [phases][regimes]
    std::vector<std::int32_t> phases;
    std::vector<PriceShock<double>> shocks;
    std::vector<double> history;  ///< [rows][assets]
    std::vector<MixingView<double>> mixings;
    std::vector<CopulaTerms<double>> copula;
    std::vector<CarryFactor<double>> carry_factors;
    std::vector<double> bridge;  ///< covariance of a step, or empty
    std::vector<std::string> regime_names;
    std::int32_t market_fields{0};  ///< MarketLayout::size()
};

}  // namespace brink
