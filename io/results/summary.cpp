// SPDX-License-Identifier: Apache-2.0
#include "io/results/summary.hpp"

#include "io/results/number_text.hpp"
#include "io/results/result_lookup.hpp"
#include "io/results/statistics_table.hpp"
#include "io/results/summary_page.hpp"
#include "io/results/sweep_summary.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace brink {
namespace {

constexpr std::size_t most_rows = 8;   ///< of the table of accounts, and of groups
constexpr std::size_t most_notes = 6;  ///< of each kind
constexpr std::size_t most_worst = 5;
constexpr std::size_t hash_digits = 12;  ///< as people compare them

std::string duration(double value, double /*se*/)
{
    return duration_text(value);
}

/// `0.99` as written in a statistic's name, as `99 %`.
std::string level_text(double level)
{
    return fmt::format("{:.6g} %", 100 * level);
}

std::string plural(std::uint64_t count, std::string_view noun)
{
    return fmt::format("{} {}{}", count_text(count), noun, count == 1 ? "" : "s");
}

void add_header(SummaryPage& page, Provenance const& p)
{
    page.line(fmt::format("{}: {} x {} of {}, {}, {}, as of {}", p.name, plural(p.paths, "path"),
                          plural(p.steps, "step"), duration_text(p.step_seconds),
                          plural(p.accounts, "account"), plural(p.assets, "asset"), p.as_of));
    page.line(fmt::format("seed {}, {} {}, {:.3g} s on {}, scenario {}", p.seed, p.arithmetic,
                          p.precision, p.seconds, p.devices,
                          p.scenario_hash.substr(0, hash_digits)));
    page.line(fmt::format("Opening value (nav + reserve): {} {}", money_text(p.opening_value),
                          p.numeraire));
    if (p.invalid_paths > 0)
        page.line(
            fmt::format("Invalid paths, counted and left out: {}", count_text(p.invalid_paths)));
}

void add_view(SummaryPage& page, OutcomeRows const& rows)
{
    if (rows.is_view())
        page.line(fmt::format("View: the outcomes of all paths lie in {}, {} to {}",
                              plural(rows.parts.size(), "part"), rows.parts.front().file,
                              rows.parts.back().file));
}

void add_probabilities(SummaryPage& page, ScopeResult const& book)
{
    constexpr std::pair<std::string_view, std::string_view> events[]{
        {"breached_at_start", "breach at the start"},
        {"called", "margin call"},
        {"liquidated", "liquidation"},
        {"defaulted", "default"},
        {"bankrupt", "bankruptcy"},
        {"bad_debt", "bad debt"}};
    page.heading("Probability of", "paths");
    for (auto const& [outcome, label] : events) {
        Estimate const* const estimate = find_estimate(book, outcome, "prob");
        bool const always = outcome != "breached_at_start";
        if (estimate != nullptr && (always || estimate->value > 0))
            page.row(label, *estimate, percent_text);
    }
}

void add_loss(SummaryPage& page, ScopeResult const& book, std::string const& numeraire)
{
    OutcomeResult const* const loss = find_outcome(book, "loss");
    if (loss == nullptr)
        return;
    page.heading(fmt::format("Loss [{}]", numeraire), "tail");
    for (Estimate const& estimate : loss->statistics) {
        StatisticName const name{estimate.name};
        if (name.kind == "mean" || name.kind == "sd")
            page.row(name.kind == "sd" ? "standard deviation" : name.kind, estimate, money_text);
        else if (name.kind == "var" || name.kind == "es")
            page.row((name.kind == "es" ? "ES " : "VaR ") + level_text(name.level), estimate,
                     money_text);
    }
}

/// Quantiles from the median up: the reserve that suffices on that share of paths. A level that has
/// both a quantile and a VaR, which are the same number here, is shown once.
void add_reserve(SummaryPage& page, ScopeResult const& book, std::string const& numeraire)
{
    OutcomeResult const* const posts = find_outcome(book, "topup_total");
    if (posts == nullptr)
        return;
    std::map<double, Estimate const*> by_level;
    for (Estimate const& estimate : posts->statistics) {
        StatisticName const name{estimate.name};
        if ((name.kind == "q" || name.kind == "var") && name.level >= 0.5)
            by_level.emplace(name.level, &estimate);
    }
    if (by_level.empty())
        return;
    page.heading(fmt::format("Reserve used [{}]", numeraire), "tail");
    for (auto const& [level, estimate] : by_level)
        page.row("suffices on " + level_text(level), *estimate, money_text);
}

void add_times(SummaryPage& page, ScopeResult const& book)
{
    bool headed = false;
    for (auto const& [outcome, label] :
         {std::pair{"first_call_time", "first call"}, {"first_liquidation_time", "liquidation"}}) {
        OutcomeResult const* const found = find_outcome(book, outcome);
        if (found == nullptr || found->count == 0)
            continue;
        for (Estimate const& estimate : found->statistics) {
            StatisticName const name{estimate.name};
            if (name.kind != "q" || (name.level != 0.05 && name.level != 0.5))
                continue;
            if (!std::exchange(headed, true))
                page.heading("Time to, where it happens", "paths");
            page.row(fmt::format("{}, {}", label, name.level == 0.5 ? "median" : "earliest 5 %"),
                     estimate, duration);
        }
    }
}

void add_parts(SummaryPage& page, Result const& result)
{
    LossParts const& parts = result.parts;
    if (parts.names.empty())
        return;
    page.line(fmt::format("\n{:<30}{:>15} {:>14}",
                          fmt::format("Parts of the mean loss [{}]", result.provenance.numeraire),
                          "", "± se"));
    for (std::size_t i = 0; i < parts.names.size(); ++i) {
        std::string label = parts.names[i];
        std::replace(label.begin(), label.end(), '_', ' ');
        if (parts.means[i] != 0)
            page.line(fmt::format("  {:<28}{:>15} {:>14}", label,
                                  money_text(parts.means[i], parts.se[i]),
                                  money_text(parts.se[i], parts.se[i])));
    }
}

std::string share_of(ScopeResult const& scope, std::string_view outcome)
{
    Estimate const* const estimate = find_estimate(scope, outcome, "prob");
    return estimate == nullptr ? "" : percent_text(estimate->value, estimate->se);
}

/// The ES of the loss at the highest level, or null.
Estimate const* outermost_es(ScopeResult const& scope)
{
    OutcomeResult const* const loss = find_outcome(scope, "loss");
    if (loss == nullptr)
        return nullptr;
    Estimate const* best = nullptr;
    double highest = -1;
    for (Estimate const& estimate : loss->statistics) {
        StatisticName const name{estimate.name};
        if (name.kind == "es" && name.level > highest) {
            highest = name.level;
            best = &estimate;
        }
    }
    return best;
}

void add_scope(SummaryPage& page, ScopeResult const& scope, std::string_view label)
{
    Estimate const* const es = outermost_es(scope);
    std::string const text =
        es == nullptr
            ? ""
            : fmt::format("{} ± {} (ES {})", money_text(es->value, es->se),
                          money_text(es->se, es->se), level_text(StatisticName{es->name}.level));
    page.line(fmt::format("  {:<28}{:>15} {:>14}   {:>12}   {}", label, share_of(scope, "called"),
                          share_of(scope, "liquidated"), share_of(scope, "bankrupt"), text));
}

/// What a scope names after its colon.
std::string_view name_of(ScopeResult const& scope)
{
    return std::string_view{scope.scope}.substr(scope.scope.find(':') + 1);
}

void add_scope_heading(SummaryPage& page, std::string_view title)
{
    page.line(fmt::format("\n{:<30}{:>15} {:>14}   {:>12}   {}", title, "margin call",
                          "liquidation", "bankruptcy", "loss"));
}

/// One row per account or group, the riskiest by probability of liquidation first; of one alone,
/// which says what the book says, none.
void add_scopes(SummaryPage& page, Result const& result, std::string_view prefix,
                std::string_view title)
{
    std::vector<ScopeResult const*> rows;
    for (ScopeResult const& scope : result.scopes) {
        if (scope.scope.starts_with(prefix))
            rows.push_back(&scope);
    }
    if (rows.size() < 2)
        return;
    auto const risk = [](ScopeResult const* scope) {
        Estimate const* const estimate = find_estimate(*scope, "liquidated", "prob");
        return estimate == nullptr || std::isnan(estimate->value) ? 0.0 : estimate->value;
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](auto const* a, auto const* b) { return risk(a) > risk(b); });
    add_scope_heading(page, title);
    for (std::size_t i = 0; i < std::min(rows.size(), most_rows); ++i)
        add_scope(page, *rows[i], name_of(*rows[i]));
    if (rows.size() > most_rows)
        page.line(fmt::format("  and {} more", rows.size() - most_rows));
}

/// The book of the base and of every stress scenario, as the config lists them.
void add_stresses(SummaryPage& page, Result const& result, ScopeResult const& base)
{
    bool headed = false;
    for (ScopeResult const& scope : result.scopes) {
        if (!scope.scope.starts_with("scenario:"))
            continue;
        if (!std::exchange(headed, true)) {
            add_scope_heading(page, "Scenario");
            add_scope(page, base, "(base)");
        }
        add_scope(page, scope, name_of(scope));
    }
}

/// The matrix in use, the lower triangle, where it is not the one that was written.
void add_correlation_repair(SummaryPage& page, MatrixRepair const& repair)
{
    page.line(fmt::format(
        "\nCorrelations in use{}, repaired by {}: Frobenius distance {:.4g}, largest change {:.4g}",
        repair.regime.empty() ? "" : fmt::format(" in regime \"{}\"", repair.regime), repair.method,
        repair.frobenius_distance, repair.largest_change));
    for (std::size_t i = 0; i < repair.assets.size(); ++i) {
        std::string line = fmt::format("  {:<10}", repair.assets[i]);
        for (std::size_t j = 0; j <= i; ++j)
            line += fmt::format(" {:8.4f}", repair.used[i][j]);
        page.line(line);
    }
}

/// Time in each regime, and the book on the paths that enter it.
void add_regimes(SummaryPage& page, Result const& result)
{
    RegimeTable const& regimes = result.regimes;
    if (regimes.names.empty())
        return;
    auto const percent = [](Estimate const& estimate) {
        return percent_text(estimate.value, estimate.se);
    };
    page.line(fmt::format("\n{:<30}{:>15} {:>14}", "Regime", "of the time", "of paths"));
    for (std::size_t r = 0; r < regimes.names.size(); ++r)
        page.line(fmt::format("  {:<28}{:>15} {:>14}", regimes.names[r],
                              percent(regimes.occupancy[r]), percent(regimes.visited[r])));
    add_scopes(page, result, "regime:", "Book where entered");
}

void add_worst_paths(SummaryPage& page, Result const& result)
{
    if (result.scopes.empty() || result.scopes.front().worst_paths.empty())
        return;
    std::vector<WorstPath> const& worst = result.scopes.front().worst_paths;
    std::string paths;
    std::size_t const shown = std::min(worst.size(), most_worst);
    for (std::size_t i = 0; i < shown; ++i)
        paths += fmt::format("{}{}", i == 0 ? "" : ", ", worst[i].path);
    page.line(fmt::format("\nWorst paths (see `brink replay`): {}, losing {} to {}", paths,
                          money_text(worst[shown - 1].loss), money_text(worst[0].loss)));
}

void add_notes(SummaryPage& page, std::string_view kind, std::vector<std::string> const& notes)
{
    for (std::size_t i = 0; i < std::min(notes.size(), most_notes); ++i)
        page.line(fmt::format("{}: {}", kind, notes[i]));
    if (notes.size() > most_notes)
        page.line(fmt::format("{}: and {} more", kind, notes.size() - most_notes));
}

}  // namespace

std::string summary_text(Result const& result)
{
    SummaryPage page;
    Provenance const& provenance = result.provenance;
    add_header(page, provenance);
    add_view(page, result.rows);
    if (ScopeResult const* const book = find_scope(result, "book")) {
        add_probabilities(page, *book);
        add_loss(page, *book, provenance.numeraire);
        add_reserve(page, *book, provenance.numeraire);
        add_times(page, *book);
    }
    add_parts(page, result);
    if (ScopeResult const* const book = find_scope(result, "book"))
        add_stresses(page, result, *book);
    add_sweep(page, result.sweep, provenance.numeraire);
    add_scopes(page, result, "account:", "Account");
    add_scopes(page, result, "group:", "Group");
    add_regimes(page, result);
    for (MatrixRepair const& repair : result.correlation_repairs)
        add_correlation_repair(page, repair);
    add_worst_paths(page, result);
    page.footnotes();
    add_notes(page, "limit breached", provenance.limits_breached);
    add_notes(page, "override", provenance.overrides);
    add_notes(page, "assumption", provenance.assumptions);
    add_notes(page, "warning", provenance.warnings);
    return page.text();
}

}  // namespace brink
