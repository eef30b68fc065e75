// SPDX-License-Identifier: Apache-2.0
#include "tests/golden/golden_row.hpp"

#include "io/market_data/csv.hpp"
#include "tests/support/file_bytes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <stdexcept>

namespace brink::test {
namespace {

/// Half a unit of the last digit of a number such as 1115, 26316.89 or 1.5e-3.
double half_last_digit(std::string const& text)
{
    std::size_t const exponent_at = text.find_first_of("eE");
    std::string const mantissa = text.substr(0, exponent_at);
    int const exponent =
        exponent_at == std::string::npos ? 0 : std::stoi(text.substr(exponent_at + 1));
    std::size_t const point = mantissa.find('.');
    int const decimals =
        point == std::string::npos ? 0 : static_cast<int>(mantissa.size() - point - 1);
    return 0.5 * std::pow(10.0, exponent - decimals);
}

/// Collects key, number and the number's text from one flat object.
class PublishedSax : public nlohmann::json::json_sax_t {
    std::string key_;

  public:
    std::map<std::string, PublishedNumber> numbers;

    bool null() override { return false; }
    bool boolean(bool value) override
    {
        numbers[key_] = {value ? 1.0 : 0.0, 0.0, true};
        return true;
    }
    bool number_integer(number_integer_t value) override { return add(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(std::to_string(value)); }
    bool number_float(number_float_t, string_t const& text) override { return add(text); }
    bool string(string_t&) override { return false; }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t& name) override
    {
        key_ = name;
        return true;
    }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return false; }
    bool end_array() override { return false; }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const&) override
    {
        return false;
    }

  private:
    bool add(std::string const& text)
    {
        numbers[key_] = {std::stod(text), half_last_digit(text), false};
        return true;
    }
};

constexpr std::array json_columns{"id",      "venue", "rule",   "inputs_json", "expected_json",
                                  "rel_tol", "check", "source", "note"};
constexpr std::array pair_columns{"case_id",  "protocol",  "rule", "inputs",
                                  "expected", "tolerance", "kind", "source"};

template<std::size_t N>
bool has_columns(CsvTable const& table, std::array<char const*, N> const& columns)
{
    return std::all_of(columns.begin(), columns.end(),
                       [&](char const* name) { return table.column_of(name).has_value(); });
}

/// Calls `found(key, value)` for each of `key=value;key=value`; a value may hold equals signs.
template<class Found>
void for_each_pair(std::string const& pairs, Found const& found)
{
    for (std::size_t begin = 0; begin < pairs.size();) {
        std::size_t const end = std::min(pairs.find(';', begin), pairs.size());
        std::string const pair = pairs.substr(begin, end - begin);
        std::size_t const equals = pair.find('=');
        if (equals == std::string::npos)
            throw std::runtime_error{"no key=value: " + pair};
        found(pair.substr(0, equals), pair.substr(equals + 1));
        begin = end + 1;
    }
}

std::optional<double> number_of(std::string const& text)
{
    char* end = nullptr;
    double const value = std::strtod(text.c_str(), &end);
    bool const is_all = !text.empty() && end == text.c_str() + text.size();
    return is_all ? std::optional{value} : std::nullopt;
}

nlohmann::json inputs_of(std::string const& pairs)
{
    nlohmann::json inputs = nlohmann::json::object();
    for_each_pair(pairs, [&](std::string const& key, std::string const& value) {
        if (auto const number = number_of(value))
            inputs[key] = *number;
        else if (value == "true" || value == "false")
            inputs[key] = value == "true";
        else
            inputs[key] = value;
    });
    return inputs;
}

/// "exact", "1e-9", "1e-9 relative", "abs 1e-11 (why)", "floor to 18dp".
void read_tolerance(std::string const& text, GoldenRow& row)
{
    std::string const number = text.starts_with("abs ") ? text.substr(4) : text;
    double const stated = std::strtod(number.c_str(), nullptr);
    (text.find("relative") == std::string::npos ? row.abs_tol : row.rel_tol) = stated;
}

/// Half a unit of the last digit counts where there are decimals: a published whole number is one.
GoldenRow make_pair_row(CsvTable const& table, CsvRow const& cells)
{
    auto const cell = [&](std::string_view name) {
        return cells.cells[table.column_of(name).value()].text;
    };
    GoldenRow row{cell("case_id"), cell("protocol"), cell("rule"),
                  cell("source"),  cell("kind"),     inputs_of(cell("inputs"))};
    row.inputs_text = cell("inputs");
    row.expected = parse_pairs(cell("expected"));
    read_tolerance(cell("tolerance"), row);
    return row;
}

GoldenRow make_row(CsvTable const& table, CsvRow const& cells)
{
    auto const cell = [&](std::string_view name) {
        return cells.cells[table.column_of(name).value()].text;
    };
    GoldenRow row{cell("id"),     cell("venue"), cell("rule"),
                  cell("source"), cell("note"),  nlohmann::json::parse(cell("inputs_json"))};
    row.inputs_text = cell("inputs_json");
    row.expected = parse_published(cell("expected_json"));
    std::string const stated = cell("rel_tol");
    row.rel_tol = stated.empty() ? 0.0 : std::stod(stated);
    return row;
}

}  // namespace

std::map<std::string, PublishedNumber> parse_published(std::string const& json)
{
    PublishedSax sax;
    if (!nlohmann::json::sax_parse(json, &sax))
        throw std::runtime_error{"no flat object of numbers: " + json};
    return sax.numbers;
}

std::map<std::string, PublishedNumber> parse_pairs(std::string const& pairs)
{
    std::map<std::string, PublishedNumber> published;
    for_each_pair(pairs, [&](std::string const& key, std::string const& value) {
        auto const number = number_of(value);
        bool const is_whole = value.find_first_of(".eE") == std::string::npos;
        if (number)
            published[key] = {*number, is_whole ? 0.0 : half_last_digit(value), false};
        else if (value == "true" || value == "false")
            published[key] = {value == "true" ? 1.0 : 0.0, 0.0, true};
        else
            published[key] = {0.0, 0.0, false, value};
    });
    return published;
}

std::vector<GoldenRow> read_golden_csv(std::filesystem::path const& file)
{
    Problems problems;
    CsvTable const table = parse_csv(file_bytes(file), file.string(), problems);
    std::vector<GoldenRow> rows;
    bool const in_pairs = has_columns(table, pair_columns);
    if (!in_pairs && !has_columns(table, json_columns)) {
        GoldenRow foreign;
        foreign.id = "all_rows";
        foreign.source = file.filename().string() + " has other columns";
        return {foreign};
    }
    for (CsvRow const& cells : table.rows)
        rows.push_back(in_pairs ? make_pair_row(table, cells) : make_row(table, cells));
    if (!problems.empty() || rows.empty())
        throw std::runtime_error{file.string() + ": no readable rows"};
    return rows;
}

double tolerance(GoldenRow const& row, PublishedNumber const& published)
{
    double const size = std::abs(published.value);
    return published.is_flag ? 0.0
                             : std::max({row.rel_tol * size, row.abs_tol, published.half_last_digit,
                                         1e-12 * size});
}

}  // namespace brink::test
