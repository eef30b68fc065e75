// SPDX-License-Identifier: Apache-2.0
#include "host/assess/assess.hpp"
#include "host/assess/assess_book.hpp"
#include "host/assess/assess_json.hpp"

#include <fmt/format.h>

#include <istream>
#include <ostream>

namespace brink {
namespace {

using Json = nlohmann::ordered_json;

/// One line of the stream, understood or refused as a whole.
struct PriceUpdate {
    std::vector<AssetPrice> prices;
    Json time;  ///< as written; null: none
    std::string error;
};

PriceUpdate parse_update(std::string const& line, AssessBook const& book)
{
    PriceUpdate update;
    Json const object = Json::parse(line, nullptr, false);
    if (!object.is_object()) {
        update.error = "is no JSON object such as {\"BTC\": 61000}";
        return update;
    }
    for (auto const& [key, value] : object.items()) {
        if (key == "time") {
            update.time = value;
        } else if (!value.is_number()) {
            update.error = fmt::format("the price of \"{}\" is no number", key);
        } else {
            update.prices.push_back({key, value.get<double>()});
            if (std::string const reason = book.check_price(update.prices.back()); !reason.empty())
                update.error = reason;
        }
    }
    if (update.prices.empty() && update.error.empty())
        update.error = "names no price";
    return update;
}

/// Writes what changed since the update before.
class ChangeWriter {
    AssessBook& book_;
    std::ostream& out_;
    std::vector<AccountStatus> status_;  ///< empty: nothing has been written

  public:
    ChangeWriter(AssessBook& book, std::ostream& out) : book_{book}, out_{out} {}

    void write(std::size_t line, Json const& time)
    {
        Json changed = Json::array();
        std::vector<AccountStatus> now;
        for (std::int32_t a = 0; a < book_.num_accounts(); ++a) {
            now.push_back(book_.status(a));
            if (status_.empty() || status_[static_cast<std::size_t>(a)] != now.back())
                changed.push_back(to_json(book_.report(a)));
        }
        status_ = std::move(now);
        Json object{{"line", line}};
        if (!time.is_null())
            object["time"] = time;
        object["prices"] = to_json(book_.prices());
        object["accounts"] = std::move(changed);
        out_ << object.dump() << '\n' << std::flush;
    }
};

bool is_blank(std::string const& line)
{
    return line.find_first_not_of(" \t\r") == std::string::npos;
}

}  // namespace

ExitCode watch_prices(Scenario const& scenario, std::istream& updates, std::ostream& out,
                      std::ostream& errors, Problems& problems)
{
    auto const built = build_program<double>(scenario, problems);
    if (!built)
        return problems.exit_code();
    AssessBook book{*built, scenario.run.numeraire};
    ChangeWriter changes{book, out};
    bool all_good = true;
    std::string line;
    for (std::size_t number = 1; std::getline(updates, line); ++number) {
        if (is_blank(line))
            continue;
        PriceUpdate const update = parse_update(line, book);
        if (!update.error.empty()) {
            errors << fmt::format("line {}: {}\n", number, update.error) << std::flush;
            all_good = false;
            continue;
        }
        for (AssetPrice const& price : update.prices)
            book.set_price(price);
        changes.write(number, update.time);
        if (!out)
            return ExitCode::io;
    }
    return all_good ? ExitCode::ok : ExitCode::data;
}

}  // namespace brink
