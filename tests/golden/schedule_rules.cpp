// SPDX-License-Identifier: Apache-2.0
// Published brackets, maintenance amounts and collateral values: a schedule or a curve is built as
// a venue's file would say it, and the engine asked what a position requires or a balance counts.
#include "io/config/scenario_reader.hpp"
#include "tests/golden/golden_account.hpp"
#include "tests/golden/golden_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace brink::test {
namespace {

/// Rate of the bracket that holds the first position, its maintenance margin, and the amount that
/// this is below rate x notional. `unit` [numeraire]: of one unit of the floors.
Answers bracket_answers(GoldenBook& book, double unit)
{
    PositionLine const line = book.report().positions.at(0);
    Program<double> const program = book.program();
    auto const& position = program.tables[program.tables[program.exact_accounts][0].positions][0];
    Instrument const& instrument = program.tables[program.instruments][position.instrument];
    auto const tiers = program.tables[book.state().event().assessor.schedule(instrument).tiers];
    double const rate = tiers[line.bracket - 1].rate;
    double const required = line.maintenance_margin / unit;
    double const amount = rate * (line.notional / unit) - required;
    return {{"mmr", rate}, {"cum", amount}, {"deduction", amount}, {"mm", required}};
}

Answers linear_bracket(ScheduleConfig const& schedule, double notional)
{
    GoldenAccount account;
    account.asset("COIN", 1.0)
        .perpetual(InstrumentKind::linear_perp, "COIN", schedule)
        .position("COIN", notional, 1.0);
    GoldenBook book{account};
    return bracket_answers(book, 1.0);
}

/// A position at a venue whose file stands in configs/venues, at a price of one numeraire.
GoldenBook book_at_venue(std::string const& file, std::string const& instrument,
                         std::string const& kind, double size)
{
    std::string const text = fmt::format(
        "[run]\nname = \"golden\"\nas_of = 2025-01-01T00:00:00Z\nhorizon = \"P1D\"\n"
        "step = \"PT1H\"\n[[asset]]\nname = \"COIN\"\nprice = 1\nvolatility = 0.5\n"
        "[[asset]]\nname = \"USDT\"\nprice = 1\nmodel = \"fixed\"\n"
        "[[venue]]\nname = \"venue\"\ninclude = \"configs/venues/{}\"\n"
        "[[venue.collateral]]\nasset = \"COIN\"\ntiers = [{{ floor = 0, ratio = 1 }}]\n"
        "[[instrument]]\nname = \"{}\"\nvenue = \"venue\"\nkind = \"{}\"\nbase = \"COIN\"\n"
        "quote = \"USDT\"\n[[account]]\nname = \"account\"\nvenue = \"venue\"\n"
        "positions = [{{ instrument = \"{}\", size = {:.17g}, entry_price = 1 }}]\n",
        file, instrument, kind, instrument, size);
    Problems problems;
    ReadResult const read = read_scenario_text(text, BRINK_SOURCE_DIR "/golden.toml", {}, problems);
    auto built = problems.empty() ? build_program<double>(read.scenario, problems) : std::nullopt;
    if (!built)
        throw NotCovered{file + " has no schedule for " + instrument + ": "
                         + problems.problems().front().reason};
    return GoldenBook{std::move(*built)};
}

/// "BTC/USDT:USDT" as the venue's file calls it.
std::string linear_symbol(std::string const& symbol)
{
    std::string name = symbol.substr(0, symbol.find(':'));
    std::erase(name, '/');
    return name;
}

/// Floors, rates and amounts as published; the amounts must follow from the floors.
ScheduleConfig published_tiers(Json const& rows)
{
    ScheduleConfig schedule;
    for (Json const& row : rows) {
        TierConfig tier;
        tier.floor = row[0].get<double>();
        tier.maintenance_rate = row[1].get<double>();
        tier.maintenance_amount = row[2].get<double>();
        schedule.tiers.push_back(tier);
    }
    return schedule;
}

Answers tier_lookup(GoldenRow const& row)
{
    Json const& in = row.inputs;
    if (in.contains("tiers_floor_mmr_cum"))
        return linear_bracket(published_tiers(in.at("tiers_floor_mmr_cum")), get(in, "notional"));
    std::string const symbol = in.at("symbol").get<std::string>();
    if (in.contains("position_btc")) {
        GoldenBook book = book_at_venue("binance_coinm.toml", symbol + "_PERP", "inverse_perp",
                                        get(in, "position_btc"));
        return bracket_answers(book, 1.0);
    }
    GoldenBook book = book_at_venue("binance_usdm.toml", linear_symbol(symbol), "linear_perp",
                                    get(in, "notional"));
    return bracket_answers(book, 1.0);
}

/// Brackets from the venue's file, or from largest leverages: rate = half the initial rate.
Answers tiered_margin(GoldenRow const& row)
{
    if (!row.inputs.contains("tiers_lower_maxlev"))
        return tier_lookup(row);
    RateTiers tiers;
    for (Json const& tier : row.inputs.at("tiers_lower_maxlev"))
        tiers.emplace_back(tier[0].get<double>(), 0.5 / tier[1].get<double>());
    return linear_bracket(schedule_of(tiers), get(row.inputs, "notional"));
}

/// Amount of a bracket from the one below, by continuity at its floor.
Answers amount_recurrence(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const floor = get(in, "floor_btc");
    ScheduleConfig const below = bracket_of(get(in, "mmr_prev"), get(in, "cum_prev"));
    RateTiers tiers;
    for (TierConfig const& tier : below.tiers)
        tiers.emplace_back(tier.floor, tier.maintenance_rate);
    tiers.emplace_back(floor, get(in, "mmr_n"));
    return linear_bracket(schedule_of(tiers), 2.0 * floor);
}

Answers second_tier_deduction(GoldenRow const& row)
{
    Json const& in = row.inputs;
    Answers const answers = linear_bracket(
        schedule_of({{0.0, get(in, "tier1_mmr")}, {get(in, "tier1_cap"), get(in, "tier2_mmr")}}),
        get(in, "tier2_cap"));
    return {{"mm_deduction_tier2", answers.at("cum")}};
}

/// Tiers of equal width; the rate of a tier counts for the whole position.
Answers arithmetic_tier(GoldenRow const& row)
{
    Json const& in = row.inputs;
    int const tier = in.at("tier").get<int>();
    ScheduleConfig schedule;
    schedule.kind = ScheduleKind::whole_position;
    for (int k = 0; k <= tier; ++k) {
        TierConfig config;
        config.floor = k == 0 ? 0.0 : get(in, "base_limit") + (k - 1) * get(in, "increment");
        config.maintenance_rate = get(in, "base_mmr") + k * get(in, "step");
        config.max_leverage = 1.0 / (get(in, "base_imr") + k * get(in, "step"));
        schedule.tiers.push_back(config);
    }
    // The largest position of the tier stands at its limit: caps are inclusive.
    double const limit = schedule.tiers.back().floor;
    GoldenAccount account;
    account.asset("COIN", 1.0)
        .perpetual(InstrumentKind::linear_perp, "COIN", schedule)
        .position("COIN", limit, 1.0);
    PositionLine const line = GoldenBook{account}.report().positions.at(0);
    if (line.bracket != tier)
        throw std::runtime_error{"the limit of a tier is not in that tier"};
    double const initial_rate = line.initial_margin / line.notional;
    return {{"limit", limit},
            {"mmr", line.maintenance_margin / line.notional},
            {"imr", initial_rate},
            {"max_lev", 1.0 / initial_rate}};
}

/// Tiers by upper bound, in USD or in coin; beyond the last nothing counts.
Answers tiered_collateral(GoldenRow const& row)
{
    Json const& in = row.inputs;
    bool const in_coin = in.contains("tiers_qty");
    std::vector<std::pair<double, double>> tiers;
    double floor = 0.0;
    for (Json const& tier : in.at(in_coin ? "tiers_qty" : "tiers_usd")) {
        tiers.emplace_back(floor, tier[1].get<double>());
        floor = tier[0].get<double>();
    }
    tiers.emplace_back(floor, 0.0);
    double const price = in.contains("price") ? get(in, "price") : 1.0;
    GoldenAccount account;
    account.asset("COIN", price)
        .collateral("COIN", in_coin ? CollateralUnit::coin : CollateralUnit::usd, tiers)
        .balance("COIN", in.contains("usd") ? get(in, "usd") / price : get(in, "qty"));
    double const value = GoldenBook{account}.report().holdings.at(0).collateral_value;
    return {{"value", value}, {"effective_qty", value / price}};
}

/// Margin of an isolated position as a share of its value at entry.
Answers isolated_margin_factor(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const entry = get(in, "entry");
    GoldenAccount account;
    account.asset("COIN", entry)
        .perpetual(InstrumentKind::linear_perp, "COIN",
                   schedule_of({{0.0, 0.0}}, MarginBasis::entry))
        .position("COIN", get(in, "size"), entry, 1.0 / get(in, "margin_factor"));
    return {{"margin", GoldenBook{account}.report().initial_margin}};
}

/// What integer arithmetic makes of an amount: the next whole unit, unless it is off one by
/// rounding only.
double round_up(double amount)
{
    double const whole = std::round(amount);
    return std::abs(amount - whole) <= 1e-12 * std::abs(amount) ? whole : std::ceil(amount);
}

/// Flat initial rate, which open interest scales, and maintenance as a share of the flat one, in
/// millionths of a quote coin; the protocol rounds the scaled rate down to millionths and each
/// product up to whole ones.
Answers margin_in_quantums(GoldenRow const& row)
{
    Json const& in = row.inputs;
    constexpr int quote_resolution = -6;
    double const initial_rate = get(in, "initial_margin_ppm") * 1e-6;
    double const fraction = get(in, "maintenance_fraction_ppm") * 1e-6;
    double const price =
        get(in, "price")
        * std::pow(10.0, get(in, "exponent") + get(in, "atomic_resolution") - quote_resolution);
    auto const margin = [&](double open_interest) {
        ScheduleConfig schedule = schedule_of({{0.0, initial_rate * fraction}});
        schedule.unit = ScheduleUnit::base;
        schedule.tiers[0].max_leverage = 1.0 / initial_rate;
        schedule.open_interest = open_interest;
        schedule.open_interest_lower = get(in, "oi_lower_cap");
        schedule.open_interest_upper = get(in, "oi_upper_cap");
        GoldenAccount account;
        account.asset("COIN", price)
            .perpetual(InstrumentKind::linear_perp, "COIN", schedule)
            .position("COIN", get(in, "base_quantums"), price);
        return GoldenBook{account}.report();
    };
    bool const scales = !in.at("open_interest").is_null() && get(in, "oi_upper_cap") > 0;
    AccountReport const flat = margin(0.0);
    double const initial =
        scales ? margin(get(in, "open_interest")).initial_margin : flat.initial_margin;
    double const maintenance = round_up(flat.initial_margin) * fraction;
    // what the path is held to, within the one unit that rounding up may add twice
    if (std::abs(maintenance - flat.maintenance_margin) > 1.0)
        throw std::logic_error{"the engine's maintenance margin is another"};
    double const notional = flat.positions.at(0).notional;
    double const rate = scales ? std::floor(initial / notional * 1e6 + 1e-6) * 1e-6 : initial_rate;
    return {{"imr", round_up(notional * rate)}, {"mmr", round_up(maintenance)}};
}

/// Rates that grow with the size in coins. A position of nothing is taken for next to nothing.
Answers affine_margin(GoldenRow const& row, bool initial)
{
    Json const& in = row.inputs;
    bool const is_btc = in.contains("pos_btc");
    std::string const coin = is_btc ? "btc" : "sol";
    double const size = std::max(get(in, is_btc ? "pos_btc" : "pos_sol"), 1e-9);
    char const* const slope = in.contains("slope") ? "slope"
                              : is_btc             ? "slope_per_btc"
                                                   : "slope_per_sol";
    ScheduleConfig schedule = schedule_of({{0.0, initial ? 0.0 : get(in, "mm_base")}});
    schedule.kind = ScheduleKind::affine;
    schedule.unit = ScheduleUnit::base;
    TierConfig& tier = schedule.tiers[0];
    (initial ? tier.initial_slope : tier.maintenance_slope) = get(in, slope);
    if (initial)
        tier.max_leverage = 1.0 / get(in, "im_base");
    GoldenAccount account;
    account.asset("COIN", get(in, "index"))
        .perpetual(InstrumentKind::linear_perp, "COIN", schedule)
        .position("COIN", size, get(in, "index"));
    PositionLine const line = GoldenBook{account}.report().positions.at(0);
    double const required = initial ? line.initial_margin : line.maintenance_margin;
    std::string const name = initial ? "im_" : "mm_";
    return {{name + "rate", required / line.notional},
            {name + coin, required / get(in, "index")},
            {name + "usdc", required}};
}

}  // namespace

std::map<std::string, RuleAdapter> schedule_rules()
{
    return {{"linear_perp_im", [](GoldenRow const& row) { return affine_margin(row, true); }},
            {"linear_perp_mm", [](GoldenRow const& row) { return affine_margin(row, false); }},
            {"tier_lookup", tier_lookup},
            {"tiered_mm", tiered_margin},
            {"tiered_mmr", second_tier_deduction},
            {"cum_recurrence", amount_recurrence},
            {"arithmetic_tier", arithmetic_tier},
            {"tiered_collateral", tiered_collateral},
            {"isolated_margin_factor", isolated_margin_factor},
            {"imr_mmr_", margin_in_quantums}};
}

}  // namespace brink::test
