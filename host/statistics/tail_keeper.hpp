// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <type_traits>

#include <boost/sort/pdqsort/pdqsort.hpp>

#include "host/statistics/mapped_buffer.hpp"

namespace brink {

/// A value with the path it came from.
struct PathValue {
    double value;
    std::uint64_t path_id;
};

/// Order of the tail: largest first, equal values by path id. Where no id is kept, equal values are
/// the same bits and their order cannot be seen (zeros are +0.0).
inline bool riskier(double a, double b)
{
    return a > b;
}
inline bool riskier(PathValue const& a, PathValue const& b)
{
    return a.value > b.value || (a.value == b.value && a.path_id < b.path_id);
}

/// The `capacity` riskiest of all entries ever added. The kept set depends neither on the order of
/// adding nor on where the entries were split between keepers. Values are never NaN.
///
/// Entry is `double` or `PathValue`. Memory is bounded: entries go to a buffer somewhat larger than
/// the capacity, which a selection cuts back when it is full.
template<class Entry>
class TailKeeper {
    std::size_t capacity_;
    MappedBuffer buffer_;
    std::size_t size_{0};
    std::size_t touched_{0};  ///< largest size before a cut
    bool has_cut_{false};
    bool is_sorted_{false};
    Entry cut_{};  ///< the least risky kept entry at the last cut

    Entry* begin() const { return static_cast<Entry*>(buffer_.data()); }

    struct Riskier {
        bool operator()(Entry const& a, Entry const& b) const { return riskier(a, b); }
    };

    void shrink()
    {
        if (size_ <= capacity_)
            return;
        Entry* const last = begin() + (capacity_ - 1);
        is_sorted_ = false;
        std::nth_element(begin(), last, begin() + size_, Riskier{});
        touched_ = std::max(touched_, size_);
        size_ = capacity_;
        cut_ = *last;
        has_cut_ = true;
        buffer_.release_resident();
    }

    void sort()
    {
        if constexpr (std::is_arithmetic_v<Entry>)  // a third of std::sort's time
            boost::sort::pdqsort_branchless(begin(), begin() + size_, Riskier{});
        else
            std::sort(begin(), begin() + size_, Riskier{});
    }

  public:
    /// Entries that the buffer holds: a quarter more than are kept, more where that is few.
    static constexpr std::size_t num_slots(std::size_t capacity)
    {
        return capacity + std::max(capacity / 4, std::min<std::size_t>(4 * capacity, 4096));
    }
    /// For the memory plan: what a keeper takes when it has seen more than `capacity` entries.
    static constexpr std::size_t planned_bytes(std::size_t capacity)
    {
        return num_slots(capacity) * sizeof(Entry);
    }

    /// \param capacity >= 1
    /// \param spill_directory where the buffer lives as a nameless file; empty = memory
    /// \throws std::system_error where there is no room
    explicit TailKeeper(std::size_t capacity, std::string const& spill_directory = {})
        : capacity_{capacity}, buffer_{planned_bytes(capacity), spill_directory}
    {}

    std::size_t capacity() const { return capacity_; }
    std::size_t size() const { return size_; }
    bool spilled() const { return buffer_.in_file(); }
    /// Memory or file room touched so far.
    std::size_t bytes() const { return std::max(size_, touched_) * sizeof(Entry); }

    /// No entry with a smaller value than this can enter any more. It only rises, so that one who
    /// filters by an old cut drops less, never too much. Minus infinity until something was cut.
    double cut() const
    {
        if (!has_cut_)
            return -std::numeric_limits<double>::infinity();
        if constexpr (requires { cut_.value; })
            return cut_.value;
        else
            return cut_;
    }

    void add(std::span<Entry const> entries)
    {
        for (Entry const& entry : entries) {
            if (has_cut_ && !riskier(entry, cut_))
                continue;
            if (size_ == num_slots(capacity_)) {
                shrink();
                if (!riskier(entry, cut_))
                    continue;
            }
            begin()[size_++] = entry;
            is_sorted_ = false;
        }
    }

    /// Add what another keeper of at least this capacity kept.
    void merge(TailKeeper const& other) { add({other.begin(), other.size_}); }

    /// The kept entries, riskiest first. Valid until the next `add`. Sorts in place.
    std::span<Entry const> sorted()
    {
        shrink();
        if (!is_sorted_)
            sort();
        is_sorted_ = true;
        return {begin(), size_};
    }
};

}  // namespace brink
