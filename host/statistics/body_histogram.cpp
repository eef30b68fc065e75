// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/body_histogram.hpp"

#include <cmath>
#include <limits>

namespace brink {
namespace {

constexpr std::uint32_t floats_per_bin = 1U << 12;

/// The float as the limit of what rounds to it: infinity stands where the next power of two would.
double as_edge(float value)
{
    return std::isinf(value) ? std::copysign(0x1p128, static_cast<double>(value))
                             : static_cast<double>(value);
}

/// Middle of two neighbouring floats: where rounding changes over.
double between(float a, float b)
{
    return 0.5 * (as_edge(a) + as_edge(b));
}

}  // namespace

BinRange bin_range(std::uint32_t bin)
{
    constexpr float inf = std::numeric_limits<float>::infinity();
    float const first = from_ordered_key(bin * floats_per_bin);
    float const last = from_ordered_key(bin * floats_per_bin + (floats_per_bin - 1));
    // The outer bins also hold NaN patterns, which never enter.
    BinRange range{-inf, inf};
    if (!std::isnan(first))
        range.lo = between(std::nextafter(first, -inf), first);
    if (!std::isnan(last))
        range.hi = between(last, std::nextafter(last, inf));
    return range;
}

void BodyHistogram::add(std::uint32_t bin, std::uint64_t count, double value)
{
    Pointer& page = pages_[bin / page_bins];
    if (!page)
        page = std::make_unique<Page>();
    Bin& kept = page->bins[bin % page_bins];
    if (kept.count == 0)
        kept.value = value;
    else if (kept.value != value)
        kept.value = std::numeric_limits<double>::quiet_NaN();
    kept.count += count;
    page->count += count;
    count_ += count;
}

void BodyHistogram::add(BinCount const& entry)
{
    add(entry.bin, entry.count, entry.value);
}

void BodyHistogram::merge(BodyHistogram const& other)
{
    for (Filled const& entry : other.filled())
        add(entry.bin, entry.count, entry.value);
}

OrderStatistic BodyHistogram::order_statistic(std::uint64_t rank) const
{
    std::uint64_t before = 0;
    std::uint32_t page_idx = 0;
    for (; !pages_[page_idx] || before + pages_[page_idx]->count < rank; ++page_idx)
        before += pages_[page_idx] ? pages_[page_idx]->count : 0;
    auto const& bins = pages_[page_idx]->bins;
    std::uint32_t idx = 0;
    for (; before + bins[idx].count < rank; ++idx)
        before += bins[idx].count;
    double const value = bins[idx].value;
    if (!std::isnan(value))
        return {value, value, value};
    BinRange const range = bin_range(page_idx * page_bins + idx);
    return {0.5 * (range.lo + range.hi), range.lo, range.hi};
}

std::vector<BodyHistogram::Filled> BodyHistogram::filled() const
{
    std::vector<Filled> entries;
    for (std::uint32_t page_idx = 0; page_idx < num_pages; ++page_idx) {
        if (!pages_[page_idx])
            continue;
        for (std::uint32_t i = 0; i < page_bins; ++i) {
            Bin const& bin = pages_[page_idx]->bins[i];
            if (bin.count != 0)
                entries.push_back({page_idx * page_bins + i, bin.count, bin.value});
        }
    }
    return entries;
}

std::size_t BodyHistogram::bytes() const
{
    std::size_t total = sizeof(pages_);
    for (Pointer const& page : pages_)
        total += page ? sizeof(Page) : 0;
    return total;
}

}  // namespace brink
