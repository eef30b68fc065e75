// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/histogram_export.hpp"

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

/// Joins neighbouring fine bins. A bin is closed when it is `widest` wide, or when it holds a fair
/// share of the paths and is not too thin to draw. With a fifth of the bins as the unit of width
/// and of share, the bins closed by width (two each), by gaps, by share and by atoms are at most
/// five fifths.
class Compactor {
    Histogram& out_;
    double widest_;
    double narrowest_;
    std::uint64_t share_;
    std::uint64_t open_count_{0};
    double end_;  ///< of the last fine bin joined

    double start() const { return out_.edges.back(); }

    void close(double edge)
    {
        out_.edges.push_back(edge);
        out_.counts.push_back(open_count_);
        open_count_ = 0;
    }

  public:
    Compactor(Histogram& out, double first, double last, std::uint64_t total,
              std::uint32_t max_bins)
        : out_{out},
          widest_{(last - first) / (max_bins / 5)},
          narrowest_{widest_ / 64},
          share_{std::max<std::uint64_t>(total / (max_bins / 5) + 1, 1)},
          end_{first}
    {
        out_.edges.push_back(first);
    }

    void add(BodyHistogram::Filled const& entry, BinRange const& range)
    {
        bool const atom = !std::isnan(entry.value) && entry.count >= share_;
        double const begin = atom ? entry.value : range.lo;
        if (open_count_ > 0 && begin - start() >= widest_)
            close(end_);
        if (open_count_ == 0 && begin - start() >= widest_)
            close(begin);
        if (open_count_ > 0 && atom && begin - start() >= narrowest_)
            close(begin);
        open_count_ += entry.count;
        end_ = range.hi;
        if (open_count_ >= share_ && end_ - start() >= narrowest_)
            close(end_);
    }

    void finish()
    {
        if (open_count_ > 0)
            close(end_);
    }
};

}  // namespace

Histogram compact_histogram(BodyHistogram const& histogram, double smallest, std::uint32_t max_bins)
{
    Histogram out;
    auto entries = histogram.filled();
    std::erase_if(entries, [](BodyHistogram::Filled const& entry) {
        BinRange const range = bin_range(entry.bin);
        return !std::isfinite(range.lo) || !std::isfinite(range.hi);
    });
    if (entries.empty())
        return out;
    double const last = bin_range(entries.back().bin).hi;
    Compactor compactor(out, smallest, last, histogram.count(), max_bins);
    for (BodyHistogram::Filled const& entry : entries)
        compactor.add(entry, bin_range(entry.bin));
    compactor.finish();
    return out;
}

}  // namespace brink
