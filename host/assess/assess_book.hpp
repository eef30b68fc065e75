// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/assess/account_report.hpp"
#include "host/program/build_program.hpp"

namespace brink {

/// A built program whose prices can be set by name. The program must outlive it.
class AssessBook {
    BuiltProgram<double> const& built_;
    std::string numeraire_;
    BookState<double> book_;

  public:
    AssessBook(BuiltProgram<double> const& built, std::string numeraire);

    /// \return why the price cannot be taken; empty: it is
    [[nodiscard]] std::string check_price(AssetPrice const& price) const;
    /// Set a price that `check_price` accepts; else change nothing and return why.
    std::string set_price(AssetPrice const& price);

    [[nodiscard]] std::int32_t num_accounts() const { return book_.num_accounts(); }
    [[nodiscard]] AccountStatus status(std::int32_t account) const;
    [[nodiscard]] AccountReport report(std::int32_t account);
    /// All accounts, without what only the scenario knows (name, time, assumptions).
    [[nodiscard]] AssessReport report();
    [[nodiscard]] std::vector<AssetPrice> prices() const;
};

}  // namespace brink
