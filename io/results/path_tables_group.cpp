// SPDX-License-Identifier: Apache-2.0
#include "io/results/outcome_rows_group.hpp"
#include "io/results/result_groups.hpp"
#include "io/results/result_schema.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <numeric>

namespace brink {
namespace {

using hdf5::GroupReader;
using hdf5::GroupWriter;

/// The list of every scope that has one, padded to the longest: a rank that a scope lacks has path
/// 0 and a loss of NaN.
void write_worst_paths(GroupWriter const& root, Result const& result)
{
    std::vector<std::string> scopes;
    std::vector<std::uint64_t> num_ranks;
    for (ScopeResult const& scope : result.scopes) {
        if (scope.worst_paths.empty())
            continue;
        scopes.push_back(scope.scope);
        num_ranks.push_back(scope.worst_paths.size());
    }
    if (scopes.empty())
        return;
    std::vector<std::uint64_t> ranks(*std::max_element(num_ranks.begin(), num_ranks.end()));
    std::iota(ranks.begin(), ranks.end(), std::uint64_t{1});
    std::vector<std::uint64_t> paths;
    std::vector<double> losses;
    for (ScopeResult const& scope : result.scopes) {
        if (scope.worst_paths.empty())
            continue;
        for (WorstPath const& worst : scope.worst_paths) {
            paths.push_back(worst.path);
            losses.push_back(worst.loss);
        }
        std::size_t const missing = ranks.size() - scope.worst_paths.size();
        paths.insert(paths.end(), missing, 0);
        losses.insert(losses.end(), missing, not_available);
    }
    GroupWriter group = root.group("worst_paths");
    GroupWriter::Axes const axes{"scope", "rank"};
    group.coordinate("scope", scopes,
                     {.long_name = "book, account:<id>, group:<column>=<value> or regime:<name>"});
    group.coordinate("rank", ranks, {.long_name = "rank by loss, 1 = worst", .units = "1"});
    group.variable("num_ranks", {"scope"}, num_ranks,
                   {.long_name = "ranks in use; what lies beyond is padding", .units = "1"});
    group.variable("path", axes, paths, {.long_name = "path id, for brink replay", .units = "1"});
    group.variable("loss", axes, losses,
                   {.long_name = "loss of the book, or loss_account of the account",
                    .units = result.provenance.numeraire,
                    .nan_is_missing = true});
}

void read_worst_paths(GroupReader const& root, std::vector<ScopeResult>& scopes)
{
    if (!root.has("worst_paths"))
        return;
    GroupReader const group = root.group("worst_paths");
    std::vector<std::string> const names = group.strings("scope");
    std::vector<std::uint64_t> const num_ranks = group.counts("num_ranks", names.size());
    std::size_t const width = group.counts("rank").size();
    std::vector<std::uint64_t> const paths = group.counts("path", names.size() * width);
    std::vector<double> const losses = group.doubles("loss", paths.size());
    for (std::size_t row = 0; row < names.size(); ++row) {
        auto const found = std::find_if(scopes.begin(), scopes.end(), [&](auto const& scope) {
            return scope.scope == names[row];
        });
        if (found == scopes.end() || num_ranks[row] > width)
            throw hdf5::Error{"worst paths of '" + names[row] + "' do not fit the file"};
        for (std::size_t i = row * width; i < row * width + num_ranks[row]; ++i)
            found->worst_paths.push_back({paths[i], losses[i]});
    }
}

void write_parts(GroupWriter const& root, Result const& result)
{
    LossParts const& parts = result.parts;
    if (parts.names.empty())
        return;
    GroupWriter group = root.group("parts");
    group.coordinate("part", parts.names, {.long_name = "part of the loss of the book"});
    group.variable("mean", {"part"}, parts.means,
                   {.long_name = "mean over paths; the parts add up to the mean loss",
                    .units = result.provenance.numeraire});
    group.variable("se", {"part"}, parts.se,
                   {.long_name = "standard error of the mean",
                    .units = result.provenance.numeraire,
                    .nan_is_missing = true});
}

LossParts read_parts(GroupReader const& root)
{
    LossParts parts;
    if (!root.has("parts"))
        return parts;
    GroupReader const group = root.group("parts");
    parts.names = group.strings("part");
    parts.means = group.doubles("mean", parts.names.size());
    parts.se = group.doubles("se", parts.names.size());
    return parts;
}

void write_tails(GroupWriter const& root, Result const& result)
{
    if (result.tails.empty())
        return;
    GroupWriter const group = root.group("tails");
    for (auto const& [outcome, values] : result.tails) {
        GroupWriter tail = group.group(outcome);
        if (values.empty())
            continue;
        tail.dimension("rank", values.size());
        tail.variable("value", {"rank"}, values,
                      {.long_name = "values kept of the risky end of the outcome",
                       .units = outcome_unit(outcome, result.provenance.numeraire)});
    }
}

std::map<std::string, std::vector<double>> read_tails(GroupReader const& root)
{
    std::map<std::string, std::vector<double>> tails;
    if (!root.has("tails"))
        return tails;
    GroupReader const group = root.group("tails");
    for (std::string const& outcome : group.names()) {
        GroupReader const tail = group.group(outcome);
        tails[outcome] = tail.has("value") ? tail.doubles("value") : std::vector<double>{};
    }
    return tails;
}

}  // namespace

void write_path_tables(GroupWriter const& root, Result const& result)
{
    write_worst_paths(root, result);
    write_outcome_rows(root, result.rows, result.provenance.numeraire);
    write_parts(root, result);
    write_tails(root, result);
}

void read_path_tables(GroupReader const& root, Result& result)
{
    read_worst_paths(root, result.scopes);
    result.rows = read_outcome_rows(root);
    result.parts = read_parts(root);
    result.tails = read_tails(root);
}

}  // namespace brink
