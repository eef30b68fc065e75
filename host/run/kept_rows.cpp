// SPDX-License-Identifier: Apache-2.0
#include "host/run/kept_rows.hpp"

#include <algorithm>
#include <limits>

namespace brink {
namespace {

bool riskier_row(KeptRow const& a, KeptRow const& b)
{
    return a.loss > b.loss || (a.loss == b.loss && a.path < b.path);
}

KeptRow row_of(ChunkView const& chunk, std::uint32_t i)
{
    KeptRow row{chunk.column(Column::loss)[i], chunk.first_path + i, {}};
    for (std::int32_t c = 0; c < num_outcomes; ++c)
        row.values[static_cast<std::size_t>(c)] = static_cast<float>(chunk.column(0, c)[i]);
    return row;
}

}  // namespace

std::string kept_name(OutcomeColumns kept)
{
    return kept == OutcomeColumns::none ? "none" : kept == OutcomeColumns::all ? "all" : "tail";
}

RowKeeper::RowKeeper(OutcomeColumns kept, std::uint64_t capacity) : kept_{kept}, capacity_{capacity}
{}

void RowKeeper::cut_back()
{
    if (rows_.size() <= capacity_)
        return;
    auto const last = rows_.begin() + static_cast<std::ptrdiff_t>(capacity_) - 1;
    std::nth_element(rows_.begin(), last, rows_.end(), riskier_row);
    cut_ = *last;
    has_cut_ = true;
    rows_.erase(last + 1, rows_.end());
}

bool RowKeeper::is_candidate(double loss, std::uint64_t path) const
{
    return !has_cut_ || loss > cut_.loss || (loss == cut_.loss && path < cut_.path);
}

void RowKeeper::push(KeptRow const& row)
{
    rows_.push_back(row);
    if (rows_.size() >= 2 * capacity_)
        cut_back();
}

double RowKeeper::cut() const
{
    return has_cut_ ? cut_.loss : -std::numeric_limits<double>::infinity();
}

void RowKeeper::add(std::span<RiskOfPath const> paths, std::span<float const> rows)
{
    if (!wants_tail())
        return;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (!is_candidate(paths[i].risk, paths[i].path))
            continue;
        KeptRow row{paths[i].risk, paths[i].path, {}};
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(i * num_outcomes), num_outcomes,
                    row.values.begin());
        push(row);
    }
}

void RowKeeper::add_tail(ChunkView const& chunk)
{
    auto const loss = chunk.column(Column::loss);
    std::uint8_t const* const invalid = chunk.marks_of(0);
    for (std::uint32_t i = 0; i < chunk.num_paths; ++i) {
        if (invalid[i] == 0 && is_candidate(loss[i], chunk.first_path + i))
            push(row_of(chunk, i));
    }
}

void RowKeeper::add(ChunkView const& chunk)
{
    if (capacity_ == 0 || kept_ == OutcomeColumns::none)
        return;
    if (kept_ == OutcomeColumns::tail)
        return add_tail(chunk);
    for (std::uint32_t i = 0; i < chunk.num_paths; ++i)
        rows_.push_back(row_of(chunk, i));
}

/// Cut back, then ascending.
void RowKeeper::sort_by_path()
{
    if (kept_ == OutcomeColumns::tail)
        cut_back();
    std::sort(rows_.begin(), rows_.end(),
              [](KeptRow const& a, KeptRow const& b) { return a.path < b.path; });
}

SavedRows RowKeeper::save()
{
    sort_by_path();
    SavedRows saved;
    saved.kept = kept_name(kept_);
    saved.values.reserve(rows_.size() * num_outcomes);
    for (KeptRow const& row : rows_) {
        saved.paths.push_back(row.path);
        saved.losses.push_back(row.loss);
    }
    for (std::size_t c = 0; c < num_outcomes; ++c)
        for (KeptRow const& row : rows_)
            saved.values.push_back(row.values[c]);
    return saved;
}

void RowKeeper::add(SavedRows const& saved)
{
    if (capacity_ == 0 || kept_ == OutcomeColumns::none)
        return;
    for (std::size_t i = 0; i < saved.paths.size(); ++i) {
        KeptRow row{saved.losses[i], saved.paths[i], {}};
        for (std::size_t c = 0; c < row.values.size(); ++c)
            row.values[c] = saved.values[c * saved.paths.size() + i];
        if (kept_ == OutcomeColumns::all)
            rows_.push_back(row);
        else if (is_candidate(row.loss, row.path))
            push(row);
    }
}

bool RowKeeper::is_deep_enough(SavedRows const& saved, std::uint64_t num_valid) const
{
    if (capacity_ == 0 || kept_ == OutcomeColumns::none)
        return true;
    if (saved.kept == "all")
        return kept_ == OutcomeColumns::all;
    return kept_ == OutcomeColumns::tail && saved.kept == "tail"
           && saved.paths.size() >= std::min(capacity_, num_valid);
}

OutcomeRows RowKeeper::take(std::uint64_t most)
{
    capacity_ = std::min(capacity_, most);
    sort_by_path();
    OutcomeRows rows;
    rows.kept = kept_name(kept_);
    if (kept_ != OutcomeColumns::none)
        rows.columns.resize(num_outcomes);
    for (KeptRow const& row : rows_) {
        rows.paths.push_back(row.path);
        for (std::size_t c = 0; c < rows.columns.size(); ++c)
            rows.columns[c].push_back(row.values[c]);
    }
    rows_ = {};
    return rows;
}

}  // namespace brink
