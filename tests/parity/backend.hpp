// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>

#include "kernels/executor.hpp"

namespace brink::test {

/// An executor under test: the parameter of the contract suite.
enum class Backend { cpu, cuda };

inline std::string backend_name(Backend backend)
{
    return backend == Backend::cpu ? "cpu" : "cuda";
}
inline void PrintTo(Backend backend, std::ostream* os)
{
    *os << backend_name(backend);
}

template<class T>
std::unique_ptr<Executor<T>> make_executor(Backend backend, ProgramInput<T> const& input)
{
    return backend == Backend::cpu ? make_cpu_executor(input, 0) : make_cuda_executor(input, {});
}

/// Why a test of the backend cannot run here; empty where it can.
inline std::string missing(Backend backend)
{
    return backend == Backend::cpu || !cuda_devices().empty() ? "" : "no GPU: " + cuda_status();
}

}  // namespace brink::test

/// Skip the running test, visibly, where the backend is not there.
#define BRINK_REQUIRE_BACKEND(backend)                                  \
    if (auto const why = ::brink::test::missing(backend); !why.empty()) \
    GTEST_SKIP() << why
