// SPDX-License-Identifier: Apache-2.0
// Published outcomes of falling-price auctions: their prices, what buyers get and what is left.
#include "models/liquidation/auction.hpp"
#include "tests/golden/golden_rules.hpp"
#include "tests/golden/loan_case.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <limits>
#include <regex>

namespace brink::test {
namespace {

double number_or(Json const& in, char const* key, double fallback)
{
    return in.contains(key) && in.at(key).is_number() ? get(in, key) : fallback;
}

AuctionTerms terms_of(Json const& in)
{
    AuctionTerms terms{};
    terms.start = number_or(in, "buf", 1.0);
    terms.cut = number_or(in, "cut", 0.99);
    terms.interval = number_or(in, "step", number_or(in, "step_s", 1.0));
    terms.tail = number_or(in, "tail", std::numeric_limits<double>::infinity());
    terms.penalty = number_or(in, "chop", 1.0) - 1.0;
    terms.dust = number_or(in, "dust", 0.0);
    terms.room = std::min(number_or(in, "hole", 1e300), number_or(in, "Hole", 1e300));
    return terms;
}

Answers is_unsafe(GoldenRow const& row)
{
    Json const& in = row.inputs;
    Lot const vault{get(in, "ink"), "COIN", get(in, "spot"), 1.0, 0.0};
    LoanCase loan{loan_account({vault}, get(in, "art") * number_or(in, "rate", 1.0), 1.0, {}, 0.0)};
    return {{"unsafe", loan.is_liquidatable() ? 1.0 : 0.0}};
}

/// A number exactly as it was written.
using Exact = boost::multiprecision::cpp_rational;

/// An amount as a chain counts it: whole units of 1e-18, products and quotients rounded down.
class Wad {
    boost::multiprecision::cpp_int units_;

    static boost::multiprecision::cpp_int scale() { return 1'000'000'000'000'000'000; }
    static Wad of(boost::multiprecision::cpp_int const& units)
    {
        Wad wad{0};
        wad.units_ = units;
        return wad;
    }

  public:
    explicit Wad(int whole) : units_{whole * scale()} {}
    explicit Wad(Exact const& value) : units_{numerator(value) * scale() / denominator(value)} {}
    [[nodiscard]] Exact exact() const { return Exact{units_} / scale(); }

    friend Wad operator+(Wad const& a, Wad const& b) { return of(a.units_ + b.units_); }
    friend Wad operator-(Wad const& a, Wad const& b) { return of(a.units_ - b.units_); }
    friend Wad operator*(Wad const& a, Wad const& b) { return of(a.units_ * b.units_ / scale()); }
    friend Wad operator/(Wad const& a, Wad const& b) { return of(a.units_ * scale() / b.units_); }
    friend bool operator<(Wad const& a, Wad const& b) { return a.units_ < b.units_; }
    friend bool operator<=(Wad const& a, Wad const& b) { return a.units_ <= b.units_; }
    friend bool operator>=(Wad const& a, Wad const& b) { return a.units_ >= b.units_; }
};

Exact decimal_of(std::string const& text)
{
    static std::regex const number{R"(([0-9]*)\.?([0-9]*)(?:[eE]([-+]?[0-9]+))?)"};
    std::smatch match;
    if (text.find_first_of("0123456789") == std::string::npos
        || !std::regex_match(text, match, number))
        throw NotCovered{"number " + text};
    std::string const digits = match[1].str() + match[2].str();
    std::size_t const first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    Exact value{boost::multiprecision::cpp_int{digits.substr(first)}};  // no octal
    int power = -static_cast<int>(match[2].length());
    power += match[3].matched ? std::stoi(match[3].str()) : 0;
    for (; power < 0; ++power)
        value /= 10;
    for (; power > 0; --power)
        value *= 10;
    return value;
}

/// A number, or "(5000/1.1+200) minus 1e-18".
Exact exact_of(std::string const& text)
{
    static std::regex const sum{R"(\(([0-9.]+)/([0-9.]+)\+([0-9.]+)\) (minus|plus) ([0-9.eE-]+))"};
    std::smatch match;
    if (!std::regex_match(text, match, sum))
        return decimal_of(text);
    Exact const value = decimal_of(match[1]) / decimal_of(match[2]) + decimal_of(match[3]);
    Exact const change = decimal_of(match[5]);
    return match[4] == "minus" ? Exact{value - change} : Exact{value + change};
}

/// An input of the row in full, which a double is not.
Exact exact_input(GoldenRow const& row, std::string const& key, std::string const& fallback)
{
    std::string const text = ";" + row.inputs_text + ";";
    std::size_t const at = text.find(";" + key + "=");
    if (at == std::string::npos)
        return exact_of(fallback);
    std::size_t const begin = at + key.size() + 2;
    return exact_of(text.substr(begin, text.find(';', begin) - begin));
}

/// What goes to auction of a vault, and what stays, in amounts as on a chain.
Answers start(GoldenRow const& row)
{
    Json const& in = row.inputs;
    Exact const rate = exact_input(row, "rate", "1"), penalty = exact_input(row, "chop", "1") - 1;
    Exact const debt = exact_input(row, "art", "") * rate, ink = exact_input(row, "ink", "");
    Exact const room = std::min(exact_input(row, "hole", "1e60"), exact_input(row, "Hole", "1e60"));
    Exact const auctioned =
        put_up<Wad>(Wad{room}, Wad{penalty}, Wad{exact_input(row, "dust", "0")}, Wad{debt}, Wad{0})
            .exact();
    Exact const share = auctioned / debt, tab = auctioned * (1 + penalty);
    auto const number = [](Exact const& value) { return value.convert_to<double>(); };
    return {{"dart", number(auctioned / rate)},
            {"tab", number(tab)},
            {"tab_gt_hole", tab > room ? 1.0 : 0.0},
            {"lot", number(ink * share)},
            {"top", number_or(in, "price", 0.0) * terms_of(in).start},
            {"keeper_reward",
             auction_reward(number_or(in, "tip", 0.0), number_or(in, "chip", 0.0), number(tab))},
            {"ink_left", number(ink * (1 - share))},
            {"art_left", number((debt - auctioned) / rate)}};
}

Answers take(GoldenRow const& row)
{
    Json const& in = row.inputs;
    double const lot = get(in, "lot"), tab = get(in, "tab");
    AuctionTake const bought =
        auction_take(lot, tab, get(in, "price"), get(in, "amt"), get(in, "chost"));
    double const tab_left = tab - bought.paid, lot_left = lot - bought.coins;
    return {{"got", bought.coins},
            {"paid", bought.paid},
            {"tab_left", tab_left},
            {"lot_left", lot_left},
            {"returned", tab_left <= 0.0 ? lot_left : 0.0},
            {"uncovered", lot_left <= 0.0 ? tab_left : 0.0}};
}

Answers curve_price(GoldenRow const& row, AuctionCurve curve)
{
    Json const& in = row.inputs;
    AuctionTerms terms = terms_of(in);
    terms.curve = curve;
    if (curve == AuctionCurve::linear)
        terms.interval = get(in, "tau");
    return {{"price", get(in, "top") * auction_level(terms, get(in, "t"))}};
}

/// tab=110;lot=40;take1=10@5;take2=rest after 30s
Answers two_takes(GoldenRow const& row)
{
    Json const& in = row.inputs;
    static std::regex const first{R"(([0-9.]+)@([0-9.]+))"}, second{R"(rest after ([0-9.]+)s)"};
    std::smatch a, b;
    std::string const take1 = in.at("take1").get<std::string>();
    std::string const take2 = in.at("take2").get<std::string>();
    if (!std::regex_match(take1, a, first) || !std::regex_match(take2, b, second))
        throw NotCovered{"takes " + take1 + ", " + take2};
    double const top = std::stod(a[2].str());
    double lot = get(in, "lot"), tab = get(in, "tab");
    AuctionTake const one = auction_take(lot, tab, top, std::stod(a[1].str()), 0.0);
    lot -= one.coins;
    tab -= one.paid;
    double const price = top * auction_level(terms_of(in), std::stod(b[1].str()));
    AuctionTake const two = auction_take(lot, tab, price, lot, 0.0);
    return {{"paid1", one.paid},
            {"price2", price},
            {"paid2", two.paid},
            {"got2", two.coins},
            {"returned", lot - two.coins}};
}

Answers reset(GoldenRow const& row)
{
    Json const& in = row.inputs;
    AuctionTerms const terms = terms_of(in);
    return {{"needs_redo", is_auction_over(terms, get(in, "t")) ? 1.0 : 0.0},
            {"new_top", get(in, "new_price") * terms.start}};
}

Answers reward(GoldenRow const& row)
{
    Json const& in = row.inputs;
    return {{"reward", auction_reward(get(in, "tip"), get(in, "chip"), get(in, "tab"))}};
}

/// First stair at or below a discount to the oracle's price.
Answers stairs_to_discount(GoldenRow const& row)
{
    Json const& in = row.inputs;
    AuctionTerms const terms = terms_of(in);
    double const top = get(in, "osm_price") * terms.start;
    double const wanted = get(in, "osm_price") * (1.0 - get(in, "target_discount"));
    int steps = 0;
    while (top * auction_level(terms, steps * terms.interval) > wanted)
        ++steps;
    return {{"steps", double(steps)},
            {"seconds", steps * terms.interval},
            {"price", top * auction_level(terms, steps * terms.interval)}};
}

RuleAdapter on(AuctionCurve curve)
{
    return [curve](GoldenRow const& row) { return curve_price(row, curve); };
}

}  // namespace

std::map<std::string, RuleAdapter> auction_rules()
{
    return {{"Maker Liq 2.0/unsafe test", is_unsafe},
            {"Maker Liq 2.0/bark/kick", start},
            {"Maker Liq 2.0/partial bark, hole and dust", start},
            {"Maker Liq 2.0/hole *", start},
            {"Maker Liq 2.0/take", take},
            {"Maker Liq 2.0/two takes", two_takes},
            {"Maker Liq 2.0/stairstep/exponential price", on(AuctionCurve::stairstep)},
            {"Maker Liq 2.0/linear decrease", on(AuctionCurve::linear)},
            {"Maker Liq 2.0/exponential decrease", on(AuctionCurve::exponential)},
            {"Maker Liq 2.0/tail reset and new top", reset},
            {"Maker Liq 2.0/redo incentive", reward},
            {"Maker Liq 2.0/real parameters: *", stairs_to_discount}};
}

}  // namespace brink::test
