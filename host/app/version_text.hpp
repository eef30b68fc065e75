// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace brink {

/// Version, commit, compiler, instruction set and GPUs of program and machine; no final line break.
[[nodiscard]] std::string version_text();

/// `x86-64-v3`, or why this machine cannot run it.
[[nodiscard]] std::string instruction_set_text();
/// One line per GPU, or why there is none.
[[nodiscard]] std::string cuda_text();

}  // namespace brink
