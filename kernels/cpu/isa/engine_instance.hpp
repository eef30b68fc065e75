// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/engine.hpp"
#include "models/core/pack.hpp"
#include "models/core/twin.hpp"
#include "models/path/path_group.hpp"

BRINK_BEGIN_ISA

/// Cuts a scratch block into the fields of a workspace.
template<class T>
class ScratchCutter {
    std::byte* next_;
    std::int64_t lanes_;

  public:
    ScratchCutter(std::byte* scratch, int lanes) : next_{scratch}, lanes_{lanes} {}

    template<class U>
    LaneFields<U> cut(std::int64_t num_fields, std::int64_t stride)
    {
        LaneFields<U> fields{reinterpret_cast<U*>(next_), stride};
        std::size_t const bytes = static_cast<std::size_t>(num_fields * stride) * sizeof(U);
        next_ += (bytes + 63) / 64 * 64;
        return fields;
    }

    /// Room for `count` objects, uninitialised.
    template<class U>
    U* make_room(std::int64_t count)
    {
        static_assert(alignof(U) <= 64);
        return cut<U>(count, 1).first;
    }

    Workspace<T> workspace(Program<T> const& program, int padded_assets)
    {
        Workspace<T> w;
        w.record = cut<double>(program.record_fields, lanes_);
        w.mirror = cut<T>(program.mirror_fields, lanes_);
        w.carry = cut<double>(program.carry_fields, lanes_);
        w.price = cut<double>(padded_assets, lanes_);
        w.multiplier = cut<double>(padded_assets + 1, lanes_);
        w.masks = cut<std::uint32_t>(MaskLayout{program}.size(program.accounts.size), 1);
        w.market = cut<T>(program.market_fields, lanes_);
        w.bridge = cut<T>(program.bridge.size == 0 ? 0 : 2 * padded_assets, lanes_);
        return w;
    }

    std::byte* end() const { return next_; }
};

template<class T, int N>
struct EngineInstance {
    using F = Twin<Pack<T>>;
    using Seat = GroupSeat<F, N>;
    static constexpr int lanes = num_lanes<F>;

    static std::size_t scratch_bytes(Program<T> const& program)
    {
        ScratchCutter<T> cutter{nullptr, lanes};
        static_cast<void>(cutter.workspace(program, N));
        static_cast<void>(cutter.template make_room<Seat>(1));
        return static_cast<std::size_t>(cutter.end() - static_cast<std::byte*>(nullptr));
    }

    static void run(EngineCall<T> const& call)
    {
        MarketView<T, N> const market = narrow_market<T, N>(*call.market);
        Workspace<T> const workspace =
            ScratchCutter<T>{call.scratch, lanes}.workspace(*call.program, N);
        PathProgram<F, N> run_pack{*call.program, market, workspace, *call.sink};
        for (std::int64_t i = 0; i < call.num_paths; i += lanes) {
            std::uint64_t const first = call.first_path + static_cast<std::uint64_t>(i);
            run_pack(first, call.offset + i, valid_lanes(call.num_paths - i),
                     trace_of(call, first));
        }
    }

    static void run_group(GroupCall<T> const& call)
    {
        MarketView<T, N> const market = narrow_market<T, N>(*call.market);
        ScratchCutter<T> cutter{call.scratch, lanes};
        Seat* const seats = cutter.template make_room<Seat>(call.num_members);
        LaneFields<T> memory;  // of the market, which is one
        for (int i = 0; i < call.num_members; ++i) {
            MemberCall<T>& member = call.members[i];
            Workspace<T> workspace = cutter.workspace(*member.own.program, N);
            memory = i == 0 ? workspace.market : memory;
            workspace.market = memory;
            new (seats + i) Seat{{*member.own.program, market, workspace, *member.own.sink},
                                 member.followers,
                                 member.num_followers};
            member.num_busy = 0;
        }
        PathGroup<F, N> const run_pack{market, seats, call.num_members, spare_of(call, cutter)};
        std::uint32_t places[lanes];
        for (std::int64_t i = 0; i < call.num_paths; i += lanes) {
            run_pack(paths_of(call, i, places),
                     call.places == nullptr ? call.offset + i : call.offset);
            for (int m = 0; m < call.num_members; ++m)
                if (seats[m].num_followers > 0)
                    list_busy(seats[m].busy, static_cast<std::uint32_t>(i), call.members[m]);
        }
    }

  private:
    static PathTrace* trace_of(EngineCall<T> const& call, std::uint64_t first)
    {
        if (call.trace == nullptr || call.traced_path < first || call.traced_path >= first + lanes)
            return nullptr;
        call.trace->lane = static_cast<std::int32_t>(call.traced_path - first);
        return call.trace;
    }

    /// Records and masks for any follower of the call; the masks are zero.
    static Workspace<T> spare_of(GroupCall<T> const& call, ScratchCutter<T> cutter)
    {
        std::int32_t num_records = 0, num_masks = 0;
        for (int m = 0; m < call.num_members; ++m)
            for (int f = 0; f < call.members[m].num_followers; ++f) {
                Program<T> const& program = *call.members[m].followers[f].program;
                std::int32_t const masks = MaskLayout{program}.size(program.accounts.size);
                num_records =
                    program.record_fields > num_records ? program.record_fields : num_records;
                num_masks = masks > num_masks ? masks : num_masks;
            }
        Workspace<T> spare;
        spare.record = cutter.template cut<double>(num_records, lanes);
        spare.masks = cutter.template cut<std::uint32_t>(num_masks, 1);
        for (std::int32_t i = 0; i < num_masks; ++i)
            *spare.masks.field(i) = 0;
        return spare;
    }

    /// \param places room for those of the pack's lanes
    static PackPaths paths_of(GroupCall<T> const& call, std::int64_t i,
                              std::uint32_t (&places)[lanes])
    {
        std::int64_t const left = call.num_paths - i;
        if (call.places == nullptr)
            return {call.first_path + static_cast<std::uint64_t>(i), valid_lanes(left), nullptr};
        for (int l = 0; l < lanes; ++l)
            places[l] = call.places[l < left ? i + l : i];
        return {call.first_path, valid_lanes(left), places};
    }

    static void list_busy(std::uint32_t bits, std::uint32_t first_place, MemberCall<T>& member)
    {
        for (; bits != 0; bits &= bits - 1)
            member.busy[member.num_busy++] =
                first_place + static_cast<std::uint32_t>(__builtin_ctz(bits));
    }

    static std::uint32_t valid_lanes(std::int64_t left)
    {
        return left >= lanes ? static_cast<std::uint32_t>((std::uint64_t{1} << lanes) - 1)
                             : (1u << left) - 1u;
    }
};

/// Defined once per asset count and instruction set.
template<int N>
Engine<float> engine_float();
template<int N>
Engine<double> engine_double();

BRINK_END_ISA
