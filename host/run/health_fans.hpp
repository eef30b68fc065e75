// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "host/plan/run_shape.hpp"
#include "io/results/statistics_state.hpp"
#include "models/path/outcome.hpp"

namespace brink {

/// Health over time of the first paths of a run: of the book and of each named account. Memory that
/// an executor writes to, path by path.
class HealthFans {
    RunShape shape_;
    std::vector<float> book_;      ///< lowest health of all accounts, shape [fan_times][fan_paths]
    std::vector<float> accounts_;  ///< shape [account_scopes][fan_times][account_fan_paths]
    std::vector<std::uint8_t> invalid_;  ///< shape [most paths of a fan]

  public:
    explicit HealthFans(RunShape const& shape);

    /// Where an executor puts the fans of paths from `first_path` on.
    void attach(OutcomeSink& sink, std::uint64_t first_path);
    void mark_invalid(std::uint64_t path)
    {
        if (path < invalid_.size())
            invalid_[path] = 1;
    }

    /// Health of the scope: shape [fan_times][fan_paths], or account_fan_paths.
    [[nodiscard]] std::span<float const> values(std::size_t scope) const;
    /// Of the paths of the scope's fan.
    [[nodiscard]] std::span<std::uint8_t const> invalid(std::size_t scope) const;

    /// What `save` of these paths has, without the values.
    [[nodiscard]] SavedFans extent(std::uint64_t first_path, std::uint64_t end_path) const;
    /// The values of paths [first_path, end_path), as far as they are in a fan.
    [[nodiscard]] SavedFans save(std::uint64_t first_path, std::uint64_t end_path) const;
    /// \throws std::logic_error where the shapes differ
    void restore(SavedFans const& saved);

  private:
    [[nodiscard]] std::uint64_t fan_paths(std::size_t scope) const
    {
        return scope == 0 ? shape_.fan_paths : shape_.account_fan_paths;
    }
};

}  // namespace brink
