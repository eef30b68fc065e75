// SPDX-License-Identifier: Apache-2.0
#include "io/config/data_files.hpp"

#include "io/config/spelling.hpp"
#include "io/config/table_reader.hpp"
#include "io/config/text_file.hpp"
#include "io/market_data/book_csv.hpp"
#include "io/market_data/price_snapshot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <unordered_map>
#include <utility>

namespace brink {
namespace {

/// Contents of the file that the value at `where` names, recorded among the sources.
std::optional<SourceFile> load(std::string const& name, Where const& where, std::string const& role,
                               std::vector<SourceFile>& sources, Problems& problems)
{
    std::string const& base = where.line > 0 ? where.file : sources.front().path;
    std::string const path = relative_to_file(name, base);
    auto text = read_text_file(path, where, problems);
    if (!text)
        return std::nullopt;
    sources.push_back({path, role, std::move(*text)});
    return sources.back();
}

/// An [[account]] table that stands for a file.
struct BookTable : Located {
    std::string book, response_of;
};

void visit_book(TableVisitor& visitor, BookTable& table)
{
    visitor.text("book", table.book, Need::required);
    visitor.text("response_of", table.response_of, Need::optional);
    // Defaults for the rows; read with the accounts, so only their names matter here.
    std::string unread;
    for (std::string_view const key : {"owner", "venue", "mode"})
        visitor.text(key, unread, Need::optional);
}

/// Makes the owners that a book needs.
class BookOwners {
    ConfigNode& root_;
    Problems& problems_;
    std::unordered_map<std::string, ConfigNode const*> reserves_;
    std::set<std::string> defined_;
    ConfigNode responses_{ConfigNode::Array{}, {}};

  public:
    BookOwners(ConfigNode& root, Book const& book, Problems& problems)
        : root_{root}, problems_{problems}
    {
        ConfigNode const* const owners = root.find("owner");
        if (owners != nullptr && owners->array() != nullptr)
            for (ConfigNode const& owner : *owners->array())
                defined_.insert(owner.text_of("name"));
        for (ConfigNode const& reserve : book.reserves)
            add_reserve(reserve);
    }

    /// Copy the responses of the owner `name`.
    void use_responses_of(std::string const& name, Where const& where)
    {
        ConfigNode const* const owners = root_.find("owner");
        if (owners != nullptr && owners->array() != nullptr)
            for (ConfigNode const& owner : *owners->array())
                if (owner.text_of("name") == name) {
                    if (ConfigNode const* const responses = owner.find("response"))
                        responses_ = *responses;
                    return;
                }
        problems_.add(where, fmt::format("unknown owner \"{}\"", name),
                      advise(name, {defined_.begin(), defined_.end()}, "owner"));
    }

    /// Define the owner of `account` if nobody has; without an owner the account is its own.
    void define(ConfigNode& account)
    {
        if (account.find("owner") == nullptr)
            account.set("owner", *account.find("name"));
        ConfigNode const& name = *account.find("owner");
        if (name.text() == nullptr || !defined_.insert(*name.text()).second)
            return;
        ConfigNode owner{ConfigNode::Table{}, name.where};
        owner.set("name", name);
        if (auto const found = reserves_.find(*name.text()); found != reserves_.end())
            owner.set("reserve", *found->second->find("reserve"));
        owner.set("response", responses_);
        ConfigNode& owners = root_.get_or_add("owner", name.where);
        if (owners.array() == nullptr)
            owners.value = ConfigNode::Array{};
        owners.array()->push_back(std::move(owner));
    }

  private:
    void add_reserve(ConfigNode const& reserve)
    {
        std::string const name = reserve.text_of("name");
        if (defined_.contains(name))
            problems_.add(reserve.where,
                          fmt::format("the reserve of \"{}\" stands in its [[owner]] table", name),
                          "remove these rows, or the owner's table", ExitCode::data);
        else if (reserve.find("reserve") != nullptr)
            reserves_.emplace(name, &reserve);
    }
};

std::vector<ConfigNode> expand_book(ConfigNode& root, ConfigNode const& table,
                                    std::vector<SourceFile>& sources, Problems& problems)
{
    BookTable keys;
    TableReader reader{table, keys, problems};
    visit_book(reader, keys);
    reader.finish();
    if (keys.book.empty())
        return {};
    auto const file = load(keys.book, keys.at("book"), "book", sources, problems);
    if (!file)
        return {};
    Book book =
        parse_book(file->text, file->path,
                   {table.find("owner"), table.find("venue"), table.find("mode")}, problems);
    if (book.accounts.empty())
        problems.add(keys.at("book"), fmt::format("\"{}\" holds no account", file->path), "",
                     ExitCode::data);
    BookOwners owners{root, book, problems};
    if (keys.has("response_of"))
        owners.use_responses_of(keys.response_of, keys.at("response_of"));
    for (ConfigNode& account : book.accounts)
        if (keys.has("response_of") || account.find("owner") == nullptr)
            owners.define(account);
    return std::move(book.accounts);
}

}  // namespace

void load_prices(ConfigNode& root, Scenario const& front, std::vector<SourceFile>& sources,
                 Problems& problems)
{
    MarketConfig const& market = front.market;
    ConfigNode* const assets = root.find("asset");
    if (!market.prices || assets == nullptr || assets->array() == nullptr)
        return;
    auto const file = load(*market.prices, market.at("prices"), "prices", sources, problems);
    if (!file)
        return;
    // Without as_of, which is reported already, no age can be judged.
    bool const dated = front.run.as_of != 0;
    UnixSeconds const as_of = dated ? front.run.as_of : std::numeric_limits<std::int32_t>::max();
    Seconds const max_age = dated ? market.prices_max_age : std::numeric_limits<double>::infinity();
    std::size_t const before = problems.problems().size();
    PriceSnapshot const snapshot = parse_price_snapshot(file->text, file->path, problems);
    if (snapshot.prices.empty() && problems.problems().size() > before)
        return;
    for (ConfigNode& asset : *assets->array()) {
        if (asset.table() == nullptr || asset.find("price") != nullptr
            || asset.text_of("name").empty() || asset.text_of("model") == "fixed")
            continue;
        auto const* const price =
            price_at(snapshot, asset.text_of("name"), as_of, max_age, problems);
        if (price != nullptr)
            asset.set("price", {price->price, price->where});
    }
}

void load_books(ConfigNode& root, std::vector<SourceFile>& sources, Problems& problems)
{
    ConfigNode* const written = root.find("account");
    if (written == nullptr || written->array() == nullptr)
        return;
    // Taken out, since making owners may move the entries of the root.
    ConfigNode accounts = root.take("account");
    ConfigNode::Array inline_accounts, book_accounts;
    for (ConfigNode& account : *accounts.array()) {
        if (account.find("book") == nullptr) {
            inline_accounts.push_back(std::move(account));
            continue;
        }
        auto expanded = expand_book(root, account, sources, problems);
        std::move(expanded.begin(), expanded.end(), std::back_inserter(book_accounts));
    }
    *accounts.array() = std::move(inline_accounts);
    std::move(book_accounts.begin(), book_accounts.end(), std::back_inserter(*accounts.array()));
    root.set("account", std::move(accounts));
}

}  // namespace brink
