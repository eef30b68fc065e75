// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/outcome_sum.hpp"
#include "models/path/program.hpp"

BRINK_BEGIN_ISA

/// Outcomes of the groups of accounts on one path, summed where the sink keeps them: a book of many
/// groups needs no scratch.
class GroupRows {
    Tables tables_;
    Entries<Slice<GroupMember>> groups_of_;  ///< [accounts], or empty
    OutcomeSink const& sink_;
    std::int64_t path_;  ///< position in the sink

  public:
    /// Starts every group at the outcomes of no account.
    template<class T>
    BRINK_HD GroupRows(Program<T> const& program, OutcomeSink const& sink, std::int64_t path)
        : tables_{program.tables},
          groups_of_{program.tables[program.groups_of]},
          sink_{sink},
          path_{path}
    {
        for (std::int32_t scope = 1 + program.num_account_scopes;
             scope < program.first_regime_scope; ++scope)
            for (std::int32_t i = 0; i < num_columns; ++i)
                *sink_.at(scope, i, path_) = outcome_of_none(static_cast<Column>(i));
    }

    /// \param row of account a, whose `loss` is its owner's: a group counts it once
    BRINK_HD void add(std::int32_t a, OutcomeRow const& row) const
    {
        for (GroupMember const member : groups_of(a)) {
            if (member.counts_loss != 0)
                join(member.scope, Column::loss, row[Column::loss]);
            for (auto i = static_cast<std::int32_t>(Column::loss_account); i < num_columns; ++i)
                join(member.scope, static_cast<Column>(i), row.value[i]);
        }
    }

    /// \param paid [numeraire] of account a's deficit, by the fund \param unpaid bad debt
    BRINK_HD void add_waterfall(std::int32_t a, double paid, double unpaid) const
    {
        for (GroupMember const member : groups_of(a)) {
            join(member.scope, Column::fund_draw, paid);
            join(member.scope, Column::bad_debt, unpaid);
        }
    }

  private:
    BRINK_FN Entries<GroupMember> groups_of(std::int32_t a) const
    {
        return tables_[groups_of_.size() > 0 ? groups_of_[a] : Slice<GroupMember>{}];
    }

    BRINK_FN void join(std::int32_t scope, Column c, double value) const
    {
        double& all = *sink_.at(scope, static_cast<std::int32_t>(c), path_);
        all = joined_outcome(c, all, value);
    }
};

BRINK_END_ISA
