// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/scenario.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

enum class Need { optional, required };

/// Allowed interval of a number; both ends belong to it unless `open_low` or `open_high`.
struct Range {
    double low{-std::numeric_limits<double>::infinity()};
    double high{std::numeric_limits<double>::infinity()};
    bool open_low{false};
    bool open_high{false};
};

inline constexpr Range any_number{};
inline constexpr Range not_negative{0};
inline constexpr Range positive{0, std::numeric_limits<double>::infinity(), true};
inline constexpr Range fraction{0, 1};

struct CountRange {
    std::uint64_t low{0};
    std::uint64_t high{std::numeric_limits<std::int64_t>::max()};
};

/// Words for the values of an enumeration, in its order. Specialised beside the tables.
template<class Enum>
struct Words;

/// One pass over the keys of a table. The same list of keys (config_tables.hpp) is read from TOML
/// by TableReader and written as canonical text by TableWriter, so both always agree.
class TableVisitor {
  public:
    virtual ~TableVisitor() = default;

    virtual void text(std::string_view key, std::string& out, Need need) = 0;
    virtual void maybe_text(std::string_view key, std::optional<std::string>& out) = 0;
    virtual void texts(std::string_view key, std::vector<std::string>& out, Need need) = 0;
    virtual void number(std::string_view key, double& out, Range range, Need need) = 0;
    virtual void maybe_number(std::string_view key, std::optional<double>& out, Range range) = 0;
    virtual void numbers(std::string_view key, std::vector<double>& out, Range range) = 0;
    virtual void matrix(std::string_view key, std::vector<std::vector<double>>& out) = 0;
    virtual void count(std::string_view key, std::uint64_t& out, CountRange range) = 0;
    virtual void flag(std::string_view key, bool& out) = 0;
    /// Decimal fractions kept as written: "0.99" or 0.99.
    virtual void decimals(std::string_view key, std::vector<std::string>& out) = 0;
    virtual void decimal(std::string_view key, std::string& out) = 0;
    virtual void duration(std::string_view key, Seconds& out, Range range, Need need) = 0;
    virtual void maybe_duration(std::string_view key, std::optional<Seconds>& out, Range range) = 0;
    virtual void instant(std::string_view key, UnixSeconds& out, Need need) = 0;
    virtual void maybe_instant(std::string_view key, std::optional<UnixSeconds>& out) = 0;
    /// Table of asset name -> quantity, in the order of the file.
    virtual void amounts(std::string_view key, Amounts& out, Range range) = 0;
    /// Table of free names -> text.
    virtual void labels(std::string_view key, std::map<std::string, std::string>& out) = 0;
    /// `"path"`, `"step"` or a duration.
    virtual void mixing(std::string_view key, Seconds& out) = 0;
    /// A duration, or a table naming a distribution.
    virtual void delay(std::string_view key, DelayConfig& out) = 0;
    virtual void windows(std::string_view key, std::vector<WindowConfig>& out) = 0;
    virtual void limits(std::vector<LimitConfig>& out) = 0;
    /// Table of dotted keys and their values, as `--set` takes them; tables in it that are no value
    /// of a dotted key are steps of keys.
    virtual void settings(std::string_view key, std::vector<Setting>& out) = 0;
    /// Array of values of an axis.
    virtual void sweep_values(std::string_view key, std::vector<SweepValue>& out) = 0;

    template<class Enum>
    void choice(std::string_view key, Enum& out, Need need = Need::optional)
    {
        auto index = static_cast<std::size_t>(out);
        word(key, Words<Enum>::list, index, need);
        out = static_cast<Enum>(index);
    }

    template<class Enum>
    void maybe_choice(std::string_view key, std::optional<Enum>& out)
    {
        if (!present(key, out.has_value()))
            return;
        Enum value = out.value_or(Enum{});
        choice(key, value);
        out = value;
    }

    /// A sub-table that keeps its defaults where absent; `visit_keys(visitor, out)` names its keys.
    template<class T>
    void table(std::string_view key, T& out)
    {
        if (auto const child = enter(key, true, out)) {
            visit_keys(*child, out);
            child->finish();
        }
    }

    template<class T>
    void maybe_table(std::string_view key, std::optional<T>& out)
    {
        T value = out.value_or(T{});
        if (auto const child = enter(key, out.has_value(), value)) {
            visit_keys(*child, value);
            child->finish();
            out = std::move(value);
        }
    }

    /// An array of tables.
    template<class T>
    void tables(std::string_view key, std::vector<T>& out)
    {
        out.resize(open_array(key, out.size()));
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (auto const child = enter_element(key, i, out[i])) {
                visit_keys(*child, out[i]);
                child->finish();
            }
        }
    }

    /// To be called after the last key: reports the keys that no call has named.
    virtual void finish() = 0;

  protected:
    virtual void word(std::string_view key, std::span<std::string_view const> words,
                      std::size_t& index, Need need) = 0;
    /// Whether an optional key takes part: read where written, written where set.
    virtual bool present(std::string_view key, bool is_set) = 0;
    virtual std::unique_ptr<TableVisitor> enter(std::string_view key, bool is_set,
                                                Located& out) = 0;
    virtual std::size_t open_array(std::string_view key, std::size_t size) = 0;
    virtual std::unique_ptr<TableVisitor> enter_element(std::string_view key, std::size_t index,
                                                        Located& out) = 0;
};

}  // namespace brink
