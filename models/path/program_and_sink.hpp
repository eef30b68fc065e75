// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/path/outcome.hpp"
#include "models/path/program.hpp"

namespace brink {

/// A program and where its outcomes go.
template<class T>
struct ProgramAndSink {
    Program<T> const* program;
    OutcomeSink const* sink;
};

}  // namespace brink
