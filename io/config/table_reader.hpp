// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/config/config_node.hpp"
#include "io/config/table_visitor.hpp"

#include <functional>
#include <string>
#include <vector>

namespace brink {

/// Reads the keys of one table into a struct and reports every type mismatch, value out of range,
/// missing required key and, on finish(), every key that nobody asked for.
///
/// `table` and `problems` must outlive the reader; `located` receives the position of each key.
class TableReader final : public TableVisitor {
    ConfigNode const& table_;
    Located& located_;
    Problems& problems_;
    std::vector<std::string> known_;

  public:
    TableReader(ConfigNode const& table, Located& located, Problems& problems);

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
    void finish() override;

    /// Every key that was asked for so far, present or not.
    [[nodiscard]] std::vector<std::string> const& known() const { return known_; }

  protected:
    void word(std::string_view key, std::span<std::string_view const> words, std::size_t& index,
              Need need) override;
    bool present(std::string_view key, bool is_set) override;
    std::unique_ptr<TableVisitor> enter(std::string_view key, bool is_set, Located& out) override;
    std::size_t open_array(std::string_view key, std::size_t size) override;
    std::unique_ptr<TableVisitor> enter_element(std::string_view key, std::size_t index,
                                                Located& out) override;

  private:
    /// The value of `key` or nullptr; reports where it is required and missing.
    ConfigNode const* look_up(std::string_view key, Need need = Need::optional,
                              std::string_view example = {});
};

}  // namespace brink
