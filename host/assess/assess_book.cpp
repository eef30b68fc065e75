// SPDX-License-Identifier: Apache-2.0
#include "host/assess/assess_book.hpp"

#include "host/assess/account_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace brink {

AssessBook::AssessBook(BuiltProgram<double> const& built, std::string numeraire)
    : built_{built},
      numeraire_{std::move(numeraire)},
      book_{built.tables.view(), built.market.initial_price}
{}

std::string AssessBook::check_price(AssetPrice const& price) const
{
    auto const& assets = built_.names.assets;
    auto const found = std::find(assets.begin(), assets.end(), price.asset);
    if (found != assets.end()
        && book_.is_contract(static_cast<std::int32_t>(found - assets.begin())))
        return fmt::format("the price of {} follows from those of its base and quote", price.asset);
    if (found != assets.end()
        && book_.oracle_of(static_cast<std::int32_t>(found - assets.begin())) != nullptr)
        return fmt::format("the price of {} follows from what the oracle reads", price.asset);
    if (found == assets.end())
        return fmt::format("unknown asset \"{}\"; there are {}", price.asset,
                           fmt::join(assets, ", "));
    if (!std::isfinite(price.price) || !(price.price > 0.0))
        return fmt::format("the price of {} must be above 0, is {}", price.asset, price.price);
    if (price.asset == numeraire_ && price.price != 1.0)
        return fmt::format("{} is the numeraire: its price is 1", price.asset);
    return {};
}

std::string AssessBook::set_price(AssetPrice const& price)
{
    std::string reason = check_price(price);
    if (reason.empty()) {
        auto const& assets = built_.names.assets;
        auto const found = std::find(assets.begin(), assets.end(), price.asset);
        book_.set_price(static_cast<std::int32_t>(found - assets.begin()), price.price);
    }
    return reason;
}

AccountStatus AssessBook::status(std::int32_t account) const
{
    return status_of(book_, account);
}

AccountReport AssessBook::report(std::int32_t account)
{
    return report_account(book_, built_.names, numeraire_, account);
}

AssessReport AssessBook::report()
{
    AssessReport all;
    all.numeraire = numeraire_;
    all.prices = prices();
    for (std::int32_t a = 0; a < num_accounts(); ++a) {
        all.accounts.push_back(report(a));
        all.nav += book_.owed_value(a);
    }
    for (Owner const& owner : book_.owners())
        all.reserve += book_.reserve_value(owner);
    return all;
}

std::vector<AssetPrice> AssessBook::prices() const
{
    std::vector<AssetPrice> prices;
    for (std::size_t i = 0; i < built_.names.assets.size(); ++i)
        prices.push_back({built_.names.assets[i], book_.price(static_cast<std::int32_t>(i))});
    return prices;
}

}  // namespace brink
