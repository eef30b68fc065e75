// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"
#include "io/config/table_visitor.hpp"

#include <string>

namespace brink {

/// Writes the keys of a struct into a tree: every key in the order of config_tables.hpp, defaults
/// included; what is optional and unset is left out.
class TableWriter final : public TableVisitor {
    ConfigNode& table_;

  public:
    /// `table` must be an empty table and outlive the writer.
    explicit TableWriter(ConfigNode& table) : table_{table} {}

    void text(std::string_view key, std::string& out, Need need) override;
    void maybe_text(std::string_view key, std::optional<std::string>& out) override;
    void texts(std::string_view key, std::vector<std::string>& out, Need need) override;
    void number(std::string_view key, double& out, Range range, Need need) override;
    void maybe_number(std::string_view key, std::optional<double>& out, Range range) override;
    void numbers(std::string_view key, std::vector<double>& out, Range range) override;
    void matrix(std::string_view key, std::vector<std::vector<double>>& out) override;
    void count(std::string_view key, std::uint64_t& out, CountRange range) override;
    void flag(std::string_view key, bool& out) override;
    void decimals(std::string_view key, std::vector<std::string>& out) override;
    void decimal(std::string_view key, std::string& out) override;
    void duration(std::string_view key, Seconds& out, Range range, Need need) override;
    void maybe_duration(std::string_view key, std::optional<Seconds>& out, Range range) override;
    void instant(std::string_view key, UnixSeconds& out, Need need) override;
    void maybe_instant(std::string_view key, std::optional<UnixSeconds>& out) override;
    void amounts(std::string_view key, Amounts& out, Range range) override;
    void labels(std::string_view key, std::map<std::string, std::string>& out) override;
    void mixing(std::string_view key, Seconds& out) override;
    void delay(std::string_view key, DelayConfig& out) override;
    void windows(std::string_view key, std::vector<WindowConfig>& out) override;
    void limits(std::vector<LimitConfig>& out) override;
    void settings(std::string_view key, std::vector<Setting>& out) override;
    void sweep_values(std::string_view key, std::vector<SweepValue>& out) override;
    void finish() override {}

  protected:
    void word(std::string_view key, std::span<std::string_view const> words, std::size_t& index,
              Need need) override;
    bool present(std::string_view key, bool is_set) override;
    std::unique_ptr<TableVisitor> enter(std::string_view key, bool is_set, Located& out) override;
    std::size_t open_array(std::string_view key, std::size_t size) override;
    std::unique_ptr<TableVisitor> enter_element(std::string_view key, std::size_t index,
                                                Located& out) override;

  private:
    template<class Value>
    void put(std::string_view key, Value value)
    {
        table_.set(key, ConfigNode{std::move(value), {}});
    }
};

}  // namespace brink
