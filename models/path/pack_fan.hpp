// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/pack_watch.hpp"

BRINK_BEGIN_ISA

/// Writes the health fans of a pack's paths.
/// \tparam F number type of the hot way; \tparam N assets, padded
template<class F, int N>
class PackFan : public PackWatch<F, N> {
    using Base = PackWatch<F, N>;

  protected:
    using Base::lanes;
    using Base::path_of;
    using Base::paths_;
    using Base::place_of;
    using Base::program_;
    using Base::sink_;

    using Base::Base;

    BRINK_FN bool is_fan_time(FanSink const& fan, std::int32_t k) const
    {
        return fan.values != nullptr && k % program_.fan_stride == 0;
    }

    BRINK_FN void record_account_fan(std::int32_t scope, std::int32_t k, F health) const
    {
        if (scope > 0)
            record_fan(sink_.account_fans,
                       (scope - 1) * program_.fan_times + k / program_.fan_stride, health);
    }

    BRINK_FN void record_fan(FanSink const& fan, std::int32_t fan_row, F health) const
    {
        auto const path = static_cast<std::int64_t>(paths_.first);
        float* const row = fan.values + fan_row * fan.paths;
        bool const all_wanted =
            paths_.valid == (~0u >> (32 - lanes)) && (lanes == 1 || paths_.places == nullptr);
        if constexpr (is_single<F>) {
            if (all_wanted && path + lanes <= fan.paths)
                return store(health, row + path);
        }
        alignas(64) double values[lanes];
        store_as_double(health, values);
        for (int l = 0; l < lanes; ++l)
            if ((paths_.valid >> l & 1u) != 0 && path + place_of(l) < fan.paths)
                row[path + place_of(l)] = static_cast<float>(values[l]);
    }

    BRINK_FN void copy_fan(FanSink const& from, FanSink const& to, std::uint32_t bits,
                           std::int32_t num_rows) const
    {
        if (to.values == nullptr)
            return;
        for (std::int32_t i = 0; i < num_rows; ++i)
            for (int l = 0; l < lanes; ++l) {
                auto const path = static_cast<std::int64_t>(path_of(l));
                if ((bits >> l & 1u) != 0 && path < to.paths)
                    to.values[i * to.paths + path] = from.values[i * from.paths + path];
            }
    }
};

BRINK_END_ISA
