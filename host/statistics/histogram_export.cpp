// SPDX-License-Identifier: Apache-2.0
#include "host/statistics/histogram_export.hpp"

#include <algorithm>
#include <cmath>

namespace brink {
namespace {

/// Joins neighbouring fine bins. A bin is closed when it is `widest` wide, when it holds a fair
/// share of the paths and is not too thin to draw, or before an atom of a fair share. Width and
/// share are those of a third of the bins allowed, so that each of the three reasons can close at
/// most a third.
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

    /// What would be too thin goes to the bin before.
    void close_before_atom(double edge)
    {
        if (edge - start() >= narrowest_ || out_.counts.empty()) {
            close(edge);
            return;
        }
        out_.edges.back() = edge;
        out_.counts.back() += open_count_;
        open_count_ = 0;
    }

  public:
    Compactor(Histogram& out, double first, double last, double narrowest, std::uint64_t total,
              std::uint64_t parts)
        : out_{out},
          widest_{(last - first) / static_cast<double>(parts)},
          narrowest_{std::min(narrowest, widest_)},
          share_{total / parts + 1},
          end_{first}
    {
        out_.edges.push_back(first);
    }

    void add(BodyHistogram::Filled const& entry, BinRange const& range)
    {
        bool const atom = !std::isnan(entry.value) && entry.count >= share_;
        double const begin = atom ? entry.value : range.lo;
        if (open_count_ > 0 && begin - start() >= widest_)
            close(std::max(end_, start() + widest_));
        if (open_count_ == 0 && begin - start() >= widest_)
            close(begin);
        if (open_count_ > 0 && atom)
            close_before_atom(begin);
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

/// Thinnest bin worth drawing, by where nearly all paths are.
double thinnest(BodyHistogram const& histogram, double range, std::uint64_t parts)
{
    std::uint64_t const hundredth = histogram.count() / 100 + 1;
    double const bulk = histogram.order_statistic(histogram.count() - hundredth + 1).lo
                        - histogram.order_statistic(hundredth).hi;
    bool const spread = std::isfinite(bulk) && bulk > 0;
    return (spread ? std::min(range, bulk) : range) / (8 * static_cast<double>(parts));
}

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
    std::uint64_t const parts = max_bins / 3;
    Compactor compactor(out, smallest, last, thinnest(histogram, last - smallest, parts),
                        histogram.count(), parts);
    for (BodyHistogram::Filled const& entry : entries)
        compactor.add(entry, bin_range(entry.bin));
    compactor.finish();
    return out;
}

}  // namespace brink
