// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/reduce/column_summary.hpp"
#include "models/core/real.hpp"
#include "models/path/outcome.hpp"

BRINK_BEGIN_ISA

/// Histogram bin of a value: the top 20 bits of the ordered key of the nearest float (sign flipped
/// for positive numbers, all bits for negative ones), so bins ascend with the values.
BRINK_FN std::uint32_t value_bin(double value)
{
    std::uint32_t const bits = to_bits(static_cast<float>(value));
    return (bits ^ ((bits >> 31) != 0 ? 0xffffffffu : 0x80000000u)) >> 12;
}

enum class Standing : std::uint8_t { finite, infinite, absent, invalid };

/// What a value of a column counts as.
/// \param mark PathMark of the path in the column's scope; moments of parts are of all valid paths
BRINK_FN Standing standing_of(ColumnKind kind, double value, double mark)
{
    bool const is_elsewhere = mark == static_cast<double>(PathMark::elsewhere);
    if (mark != 0.0 && !is_elsewhere)
        return Standing::invalid;
    if (is_elsewhere && kind != ColumnKind::part)
        return Standing::absent;
    if (kind == ColumnKind::part || is_finite(value))
        return Standing::finite;
    bool const is_nan = !(value == value);
    if (kind == ColumnKind::time && is_nan)
        return Standing::absent;
    if (kind == ColumnKind::lowest && !is_nan && value > 0.0)
        return Standing::infinite;
    return Standing::invalid;
}

BRINK_FN double risk_sign(ColumnKind kind)
{
    return kind == ColumnKind::lowest || kind == ColumnKind::time ? -1.0 : 1.0;
}

/// One value, and where it goes.
struct JudgedValue {
    double value;  ///< +0.0 for -0.0
    Standing standing;
    bool is_ranked;  ///< in bins and tail: an observation other than 0
    bool in_tail;
    bool in_worst;
    bool is_event;
};

/// `judge(value, mark)` for the values of one column.
class ValueJudge {
    ColumnKind kind_;
    double sign_, tail_cut_, worst_cut_;
    bool lists_paths_;

  public:
    BRINK_FN explicit ValueJudge(ColumnRequest const& request)
        : kind_{request.kind},
          sign_{risk_sign(request.kind)},
          tail_cut_{request.tail_cut},
          worst_cut_{request.worst_cut},
          lists_paths_{request.lists_paths}
    {}

    BRINK_FN JudgedValue operator()(double value, double mark) const
    {
        if (kind_ == ColumnKind::mark)
            return {0.0, Standing::absent, false, false, value != 0.0, false};
        JudgedValue judged{value + 0.0, standing_of(kind_, value, mark), false, false, false,
                           false};
        bool const is_finite = judged.standing == Standing::finite;
        if (kind_ == ColumnKind::flag) {
            if (is_finite && value != 0.0 && value != 1.0)
                judged.standing = Standing::invalid;
            judged.is_event = judged.standing == Standing::finite && value == 1.0;
        } else if (kind_ != ColumnKind::part) {
            judged.is_ranked = (is_finite && value != 0.0) || judged.standing == Standing::infinite;
            double const risk = sign_ * value + 0.0;
            judged.in_tail = judged.is_ranked && risk >= tail_cut_;
            judged.in_worst = lists_paths_ && is_finite && risk >= worst_cut_;
        }
        return judged;
    }

    BRINK_FN double risk(double value) const { return sign_ * value + 0.0; }
};

BRINK_END_ISA
