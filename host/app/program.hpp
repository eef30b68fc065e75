// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace brink {

/// The program `brink`: reads the command line, runs the command, and turns whatever went wrong
/// into a message on stderr and an exit code of docs/exit-codes.md. Throws nothing.
int run_program(int argc, char** argv);

}  // namespace brink
