// SPDX-License-Identifier: Apache-2.0
#pragma once

/// \file
/// The macros that let one header serve the CPU packs of each instruction set, scalar host code and
/// the device. Nothing below this file depends on who compiles it.

#ifdef __CUDACC__
#define BRINK_HD __host__ __device__
#define BRINK_COLD __noinline__
#define BRINK_APART __noinline__
#else
#define BRINK_HD
#define BRINK_COLD __attribute__((noinline, cold))
#define BRINK_APART __attribute__((noinline))
#endif

/// Function of the hot way: on host and device, always inlined.
#define BRINK_FN BRINK_HD inline __attribute__((always_inline))

/// Function of the event way: on the device never inlined, since copies of it would cost the hot
/// way registers and the compiler minutes; elsewhere the compiler chooses.
#ifdef __CUDACC__
#define BRINK_EVENT __host__ __device__ __noinline__
#else
#define BRINK_EVENT inline
#endif

/// Function of the hot way that few paths need at a time: inlined where packs of paths advance,
/// since some lane often needs it; on the device not.
#ifdef __CUDACC__
#define BRINK_SELDOM __host__ __device__ __noinline__
#else
#define BRINK_SELDOM BRINK_FN
#endif

#define BRINK_PRAGMA_(text) _Pragma(#text)
/// Unroll the next loop, whose trip count n is a small constant.
#if defined(__CUDACC__)
#define BRINK_UNROLL(n) BRINK_PRAGMA_(unroll)
#elif defined(__clang__)
#define BRINK_UNROLL(n) BRINK_PRAGMA_(clang loop unroll(full))
#else
#define BRINK_UNROLL(n) BRINK_PRAGMA_(GCC unroll n)
#endif

/// One inline namespace per instruction set, so that the linker can never take wider code for
/// narrower. The build sets BRINK_ISA (isa_v3, isa_v4) for the translation units it compiles more
/// than once; everything else, the device too, is isa_base. Plain data that crosses from one to the
/// other (views, keys) stays in namespace brink and has no code.
#ifndef BRINK_ISA
#define BRINK_ISA isa_base
#endif
#define BRINK_BEGIN_ISA \
    namespace brink {   \
    inline namespace BRINK_ISA {
#define BRINK_END_ISA \
    }                 \
    }
